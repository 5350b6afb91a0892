// SPDX-License-Identifier: Apache-2.0
#include "ledger/zstd/frame.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <zstd.h>

#include "crypto/ensure.h"

namespace fundtrail::ledger::zstd {

using crypto::Bytes;
using crypto::BytesView;

namespace {

constexpr int kLevel = 19;  // contents are of some kilobytes: the best that needs no more memory than is usual
constexpr std::array<std::uint8_t, 4> kMagic = {0x28, 0xb5, 0x2f, 0xfd};

// RFC 8878, section 3.1.1.1.1: frame header descriptor. The upper two bits say how long the size is.
constexpr std::size_t kDescriptorAt = 4;
constexpr std::uint8_t kDescriptorMask = 0x3f;
constexpr std::uint8_t kSingleSegmentWithChecksum = 0x24;

crypto::Error damaged() {
  return {crypto::ErrorKind::badInput, "it is cut off or damaged: copy it again", "内容不完整或已损坏：请重新复制"};
}

}  // namespace

void Compressor::Free::operator()(ZSTD_CCtx_s* context) const noexcept {
  ZSTD_freeCCtx(context);
}

Compressor::Compressor(int level, std::optional<int> windowLog) : context_(ZSTD_createCCtx()) {
  crypto::ensure(context_ != nullptr, "there is memory for a compressor");
  auto const set = [&](ZSTD_cParameter parameter, int value) {
    crypto::ensure(ZSTD_isError(ZSTD_CCtx_setParameter(context_.get(), parameter, value)) == 0,
                   "libzstd takes the parameter");
  };
  set(ZSTD_c_compressionLevel, level);
  set(ZSTD_c_checksumFlag, 1);
  if (windowLog) set(ZSTD_c_windowLog, *windowLog);
}

Bytes Compressor::frame(BytesView content) {
  crypto::ensure(!content.empty(), "a frame has a content");
  Bytes frame(mostFrameBytes(content.size()));
  auto const length = ZSTD_compress2(context_.get(), frame.data(), frame.size(), content.data(), content.size());
  crypto::ensure(ZSTD_isError(length) == 0, "what fits into memory can be compressed");
  frame.resize(length);
  return frame;
}

Bytes frameOf(BytesView content) {
  return Compressor(kLevel).frame(content);
}

std::size_t mostFrameBytes(std::size_t content) {
  return ZSTD_compressBound(content);
}

bool isFrame(BytesView bytes) {
  return bytes.size() >= kMagic.size() && std::ranges::equal(bytes.first(kMagic.size()), kMagic);
}

bool isCheckedSegment(BytesView bytes) {
  return isFrame(bytes) && bytes.size() > kDescriptorAt &&
         (bytes[kDescriptorAt] & kDescriptorMask) == kSingleSegmentWithChecksum;
}

std::optional<std::size_t> frameLength(BytesView bytes) {
  auto const length = ZSTD_findFrameCompressedSize(bytes.data(), bytes.size());
  return ZSTD_isError(length) == 0 ? std::optional(length) : std::nullopt;
}

crypto::Result<Bytes> contentOf(BytesView frame, std::size_t most) {
  if (!isFrame(frame) || frameLength(frame) != frame.size()) return damaged();
  // What is not stated, and errors, are larger than any size.
  auto const size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == 0 || size > most) return damaged();
  Bytes content(static_cast<std::size_t>(size));
  auto const got = ZSTD_decompress(content.data(), content.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0 || got != content.size()) return damaged();
  return content;
}

}  // namespace fundtrail::ledger::zstd

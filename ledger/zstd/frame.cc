// SPDX-License-Identifier: Apache-2.0
#include "ledger/zstd/frame.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <zstd.h>

#include "crypto/ensure.h"

namespace fundtrail::ledger::zstd {

using crypto::Bytes;
using crypto::BytesView;

namespace {

constexpr int kLevel = 19;  // contents are of some kilobytes: the best that needs no more memory than is usual
constexpr std::array<std::uint8_t, 4> kMagic = {0x28, 0xb5, 0x2f, 0xfd};

struct Free {
  void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
};

crypto::Error damaged() {
  return {crypto::ErrorKind::badInput, "it is cut off or damaged: copy it again", "内容不完整或已损坏：请重新复制"};
}

}  // namespace

Bytes frameOf(BytesView content) {
  crypto::ensure(!content.empty(), "a frame has a content");
  std::unique_ptr<ZSTD_CCtx, Free> const context(ZSTD_createCCtx());
  crypto::ensure(context != nullptr, "there is memory for a compressor");
  for (auto const& [parameter, value] :
       {std::pair(ZSTD_c_compressionLevel, kLevel), std::pair(ZSTD_c_checksumFlag, 1)}) {
    crypto::ensure(ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), parameter, value)) == 0,
                   "libzstd takes the parameter");
  }
  Bytes frame(ZSTD_compressBound(content.size()));
  auto const length = ZSTD_compress2(context.get(), frame.data(), frame.size(), content.data(), content.size());
  crypto::ensure(ZSTD_isError(length) == 0, "what fits into memory can be compressed");
  frame.resize(length);
  return frame;
}

bool isFrame(BytesView bytes) {
  return bytes.size() >= kMagic.size() && std::ranges::equal(bytes.first(kMagic.size()), kMagic);
}

crypto::Result<Bytes> contentOf(BytesView frame, std::size_t most) {
  if (!isFrame(frame) || ZSTD_findFrameCompressedSize(frame.data(), frame.size()) != frame.size()) return damaged();
  // What is not stated, and errors, are larger than any size.
  auto const size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == 0 || size > most) return damaged();
  Bytes content(static_cast<std::size_t>(size));
  auto const got = ZSTD_decompress(content.data(), content.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0 || got != content.size()) return damaged();
  return content;
}

}  // namespace fundtrail::ledger::zstd

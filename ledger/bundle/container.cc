// SPDX-License-Identifier: Apache-2.0
#include "ledger/bundle/container.h"

#include <array>

#include <boost/endian/conversion.hpp>

#include "ledger/bundle/format.h"

namespace fundtrail::ledger::bundle {

using crypto::Bytes;
using crypto::BytesView;
using crypto::Result;

namespace {

// In the middle of what zstd offers: what a bundle of the simulated programme comes to stands in docs/PERFORMANCE.md.
constexpr int kLevel = 9;
constexpr int kWindowLog = 23;  // the largest content in one segment
static_assert(std::size_t{1} << kWindowLog == kMaxFrameContent);

// The seek table is a skippable frame. All of it is little-endian.
constexpr std::uint32_t kSkippable = 0x184D2A5E;
constexpr std::uint32_t kSeekable = 0x8F92EAB1;
constexpr std::size_t kTableHeadBytes = 8;
constexpr std::size_t kRowBytes = 8;

void add(Bytes& bytes, std::uint32_t number) {
  std::array<std::uint8_t, sizeof number> little{};
  boost::endian::store_little_u32(little.data(), number);
  bytes.insert(bytes.end(), little.begin(), little.end());
}

std::uint32_t at(BytesView bytes, std::size_t position) {
  return boost::endian::load_little_u32(bytes.data() + position);
}

crypto::Error wrongTable() {
  return damaged("末尾的索引有误", "its seek table is not well-formed");
}

}  // namespace

zstd::Compressor makeCompressor() {
  return zstd::Compressor(kLevel, kWindowLog);
}

std::size_t mostFrameBytes() {
  return zstd::mostFrameBytes(kMaxFrameContent);
}

std::optional<std::size_t> frameLength(BytesView bytes) {
  auto const length = zstd::frameLength(bytes);
  return length && *length <= mostFrameBytes() ? length : std::nullopt;
}

Result<Bytes> contentOf(BytesView frame) {
  auto const wrong = [] { return damaged("压缩帧损坏", "one of its frames is damaged"); };
  if (!zstd::isCheckedSegment(frame)) return wrong();
  auto content = zstd::contentOf(frame, kMaxFrameContent);
  if (!content) return wrong();
  return content;
}

Bytes encodeSeekTable(std::span<FrameSizes const> frames) {
  Bytes table;
  add(table, kSkippable);
  add(table, static_cast<std::uint32_t>(frames.size() * kRowBytes + kFooterBytes));
  for (auto const& [frame, content] : frames) {
    add(table, frame);
    add(table, content);
  }
  add(table, static_cast<std::uint32_t>(frames.size()));
  table.push_back(0);  // no checksums: each frame has its own
  add(table, kSeekable);
  return table;
}

Result<std::uint64_t> seekTableBytes(BytesView footer) {
  if (footer.size() != kFooterBytes || footer[4] != 0 || at(footer, 5) != kSeekable) {
    return damaged("末尾缺失", "its end is missing");
  }
  return kTableHeadBytes + kRowBytes * std::uint64_t{at(footer, 0)} + kFooterBytes;
}

Result<std::vector<FrameSizes>> decodeSeekTable(BytesView table) {
  if (table.size() < kTableHeadBytes + kFooterBytes) return wrongTable();
  auto const bytes = seekTableBytes(table.last(kFooterBytes));
  if (!bytes) return bytes.error();
  if (*bytes != table.size() || at(table, 0) != kSkippable || at(table, 4) != table.size() - kTableHeadBytes) {
    return wrongTable();
  }
  std::vector<FrameSizes> frames;
  frames.reserve((table.size() - kTableHeadBytes - kFooterBytes) / kRowBytes);
  for (auto position = kTableHeadBytes; position < table.size() - kFooterBytes; position += kRowBytes) {
    frames.push_back({at(table, position), at(table, position + 4)});
  }
  return frames;
}

}  // namespace fundtrail::ledger::bundle

// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/chunk.h"

#include <algorithm>
#include <limits>

#include <lz4.h>

#include "crypto/big_endian.h"
#include "crypto/ensure.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::log {

using crypto::bigEndian;
using crypto::Bytes;
using crypto::BytesView;
using crypto::Error;
using crypto::ErrorKind;
using crypto::loadBigEndian;
using crypto::Result;

namespace {

enum class Method : std::uint8_t { stored = 0, lz4 = 1 };

// Body: method, size of the content, the content by that method.
constexpr std::size_t kBodyHeader = 1 + sizeof(std::uint32_t);
// Content: base, count, zero; for each record a row; the records, each followed by zeros up to a multiple of 8.
constexpr std::size_t kContentHeader = 2 * sizeof(std::uint64_t);
constexpr std::size_t kRow = 2 * sizeof(std::uint32_t);  // where the record ends; its link's distance from the base
constexpr std::size_t kMaxContent = kContentHeader + kMaxChunkRecords * kRow + kMaxEventSize;

static_assert(kMaxEventSize % 8 == 0 && kMaxEventSize >= kMaxEntrySize && kMaxEventSize >= kMaxChunkBytes);
static_assert(kMaxContent <= LZ4_MAX_INPUT_SIZE);

constexpr std::size_t padded(std::size_t size) {
  return (size + 7) / 8 * 8;
}

template <std::unsigned_integral T>
std::uint8_t* store(std::uint8_t* at, T value) {
  return std::ranges::copy(bigEndian(value), at).out;
}

Bytes encodeContent(std::uint64_t base, std::span<Record const> records) {
  auto const rows = kContentHeader + records.size() * kRow;
  auto size = rows;
  for (auto const& record : records) {
    size += padded(record.bytes.size());
  }
  Bytes content(size);
  auto* const data = content.data() + rows;
  auto* row = store(content.data(), base);
  row = store(row, static_cast<std::uint32_t>(records.size()));
  row = store(row, std::uint32_t{0});
  std::size_t at = 0;
  for (auto const& [bytes, link] : records) {
    auto const distance = link - base;
    crypto::ensure(link >= base && distance <= std::numeric_limits<std::uint32_t>::max(),
                   "a link is less than 2^32 from its chunk's base");
    std::ranges::copy(bytes, data + at);
    row = store(row, static_cast<std::uint32_t>(at + bytes.size()));
    row = store(row, static_cast<std::uint32_t>(distance));
    at += padded(bytes.size());
  }
  return content;
}

Error malformed(std::uint64_t first) {
  auto const from = std::to_string(first);
  return {ErrorKind::corrupt,
          "the chunk of records from " + from + " on cannot be read: restore the directory from a copy",
          "自第 " + from + " 条起的一组记录无法读取：请用副本恢复账本目录"};
}

}  // namespace

std::size_t chunkLength(std::span<Record const> records) {
  auto const most = std::min(records.size(), kMaxChunkRecords);
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < most; ++i) {
    bytes += padded(records[i].bytes.size());
    if (bytes > kMaxChunkBytes) {
      return std::max<std::size_t>(i, 1);
    }
  }
  return most;
}

Bytes encodeChunk(std::uint64_t base, std::span<Record const> records) {
  crypto::ensure(!records.empty() && records.size() <= kMaxChunkRecords, "a chunk holds 1 to 256 records");
  auto const content = encodeContent(base, records);
  crypto::ensure(content.size() <= kMaxContent, "no record is larger than the contract allows");

  Bytes body(kBodyHeader + content.size());
  auto* const data = store(body.data() + 1, static_cast<std::uint32_t>(content.size()));
  // Given room for one byte less than the content, LZ4 gives up where it gains nothing.
  auto const compressed =
      LZ4_compress_default(reinterpret_cast<char const*>(content.data()), reinterpret_cast<char*>(data),
                           static_cast<int>(content.size()), static_cast<int>(content.size()) - 1);
  if (compressed > 0) {
    body.front() = static_cast<std::uint8_t>(Method::lz4);
    body.resize(kBodyHeader + static_cast<std::size_t>(compressed));
  } else {
    body.front() = static_cast<std::uint8_t>(Method::stored);
    std::ranges::copy(content, data);
  }
  return body;
}

Result<Chunk> Chunk::decode(std::uint64_t first, BytesView body) {
  if (body.size() < kBodyHeader) {
    return malformed(first);
  }
  auto const method = Method{body.front()};
  std::size_t const size = loadBigEndian<std::uint32_t>(body.data() + 1);
  auto const data = body.subspan(kBodyHeader);
  if (size < kContentHeader || size > kMaxContent || size % 8 != 0) {
    return malformed(first);
  }

  Chunk chunk;
  chunk.first_ = first;
  chunk.raw_ = std::make_unique_for_overwrite<std::uint64_t[]>(size / 8);
  auto* const content = reinterpret_cast<char*>(chunk.raw_.get());
  if (method == Method::stored && data.size() == size) {
    std::ranges::copy(data, content);
  } else if (method != Method::lz4 || data.size() > kMaxContent ||
             LZ4_decompress_safe(reinterpret_cast<char const*>(data.data()), content, static_cast<int>(data.size()),
                                 static_cast<int>(size)) != static_cast<int>(size)) {
    return malformed(first);
  }

  chunk.base_ = loadBigEndian<std::uint64_t>(content);
  chunk.count_ = loadBigEndian<std::uint32_t>(content + sizeof chunk.base_);
  if (chunk.count_ == 0 || chunk.count_ > kMaxChunkRecords || size < kContentHeader + chunk.count_ * kRow) {
    return malformed(first);
  }
  auto const room = size - kContentHeader - chunk.count_ * kRow;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < chunk.count_; ++i) {
    std::size_t const end = loadBigEndian<std::uint32_t>(chunk.bytes() + kContentHeader + i * kRow);
    if (end < begin || end > room) {
      return malformed(first);
    }
    begin = padded(end);
  }
  if (begin != room) {
    return malformed(first);
  }
  return chunk;
}

std::uint8_t const* Chunk::bytes() const {
  return reinterpret_cast<std::uint8_t const*>(raw_.get());
}

BytesView Chunk::record(std::uint64_t number) const {
  crypto::ensure(holds(number), "the chunk holds the record");
  auto const* const row = bytes() + kContentHeader + (number - first_) * kRow;
  auto const* const data = bytes() + kContentHeader + count_ * kRow;
  std::size_t const begin = number == first_ ? 0 : padded(loadBigEndian<std::uint32_t>(row - kRow));
  std::size_t const end = loadBigEndian<std::uint32_t>(row);
  return {data + begin, end - begin};
}

std::uint64_t Chunk::link(std::uint64_t number) const {
  crypto::ensure(holds(number), "the chunk holds the record");
  return base_ +
         loadBigEndian<std::uint32_t>(bytes() + kContentHeader + (number - first_) * kRow + sizeof(std::uint32_t));
}

}  // namespace fundtrail::ledger::log

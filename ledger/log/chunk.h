// SPDX-License-Identifier: Apache-2.0
// A chunk: consecutive entries or events of one group, stored as one value (docs/LOG_FORMAT.md, "Chunks"). Several
// records to a value make writing and reading several times faster than one each; 64 KiB is little enough that reading
// a single record stays cheap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "crypto/bytes.h"
#include "crypto/result.h"

namespace fundtrail::ledger::log {

/// A chunk ends before the record that would make it larger than either; a larger record stands alone.
inline constexpr std::size_t kMaxChunkRecords = 256;
inline constexpr std::size_t kMaxChunkBytes = std::size_t{64} << 10U;  // of records with their padding

/// Every record has a link into the other sequence: an event's is the number of its batch, an entry's is the number of
/// the event after its last one.
struct Record {
  crypto::BytesView bytes;
  std::uint64_t link = 0;
};

/// How many of these records, from the first on, make the next chunk: at least 1, if there are any.
std::size_t chunkLength(std::span<Record const> records);

/// A chunk's body. Links are stored as distances from `base`, which is at most the first link, and less than 2^32 below
/// the last: the first event's batch, or the number of the first entry's first event. LZ4 is applied where it gains.
crypto::Bytes encodeChunk(std::uint64_t base, std::span<Record const> records);

/// A chunk taken apart. Immutable: any number of threads may read it. Owns its bytes; movable.
class Chunk {
 public:
  /// Takes what encodeChunk makes; `first` is the number of its first record. Errors: corrupt for anything else,
  /// whatever the bytes.
  static crypto::Result<Chunk> decode(std::uint64_t first, crypto::BytesView body);

  std::uint64_t first() const { return first_; }
  /// The number of the record after the last one.
  std::uint64_t end() const { return first_ + count_; }
  bool holds(std::uint64_t number) const { return number >= first_ && number < end(); }
  /// The record of that number, which the chunk must hold: 8-byte aligned, valid as long as the chunk.
  crypto::BytesView record(std::uint64_t number) const;
  std::uint64_t link(std::uint64_t number) const;
  /// The link of the record before, or the base: of an entry, the number of its first event.
  std::uint64_t linkBefore(std::uint64_t number) const { return number == first_ ? base_ : link(number - 1); }

 private:
  Chunk() = default;
  std::uint8_t const* bytes() const;

  std::unique_ptr<std::uint64_t[]> raw_;  // of this type for its alignment
  std::uint64_t first_ = 0;
  std::uint64_t base_ = 0;
  std::uint32_t count_ = 0;
};

}  // namespace fundtrail::ledger::log

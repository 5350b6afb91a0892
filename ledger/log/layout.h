// SPDX-License-Identifier: Apache-2.0
// Where everything lies in the store, and in which bytes. The normative page is docs/LOG_FORMAT.md; this file and its
// source are the only code that knows (chunk.h: the inside of a chunk). All integers are big-endian.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/result.h"
#include "crypto/tiles.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/used_number.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::log {

inline constexpr std::uint32_t kFormatVersion = 1;

/// The column families. The numbers enter the checksums: never renumber.
enum class Family : std::uint8_t { meta = 0, entries = 1, events = 2, tiles = 3, usedNumbers = 4, idempotencyKeys = 5 };

inline constexpr std::array kFamilies{Family::meta,  Family::entries,     Family::events,
                                      Family::tiles, Family::usedNumbers, Family::idempotencyKeys};

/// The family's name in the store.
std::string_view name(Family family);

/// A key, at most 48 bytes, in the order in which the store sorts.
class Key {
 public:
  static constexpr std::size_t kMaxSize = 48;

  Key(std::initializer_list<crypto::BytesView> parts);

  std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, kMaxSize> bytes_{};
  std::size_t size_ = 0;
};

/// Keys of the family meta; the size stands in usedNumbers and idempotencyKeys as well.
inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kSizeKey = "size";
inline constexpr std::string_view kCheckpointKey = "checkpoint";
/// The file beside the store (docs/LOG_FORMAT.md, CHECKPOINT).
inline constexpr std::string_view kCheckpointFile = "CHECKPOINT";

/// A chunk of entries or events, by the number of its first record.
Key chunkKey(std::uint64_t first);
Key tileKey(crypto::TileId tile);
Key usedNumberKey(domain::UsedNumber const& number);
Key idempotencyKeyKey(domain::KeyId const& author, IdempotencyKey const& key);

/// The inverses. Nothing for what no key function makes.
std::optional<std::uint64_t> parseChunkKey(std::string_view key);
std::optional<crypto::TileId> parseTileKey(std::string_view key);
std::optional<domain::UsedNumber> parseUsedNumberKey(std::string_view key);
std::optional<std::pair<domain::KeyId, IdempotencyKey>> parseIdempotencyKeyKey(std::string_view key);

/// The value that carries the body under that key: a checksum over family, key and body, and the body.
std::string seal(Family family, std::string_view key, crypto::BytesView body);

/// The body, a view into the value. Errors: corrupt unless the value is what seal() made for exactly this place.
crypto::Result<crypto::BytesView> unseal(Family family, std::string_view key, std::string_view value);

/// "the record <family>/<key in hex> <what>: restore the directory from a copy", of kind corrupt.
crypto::Error damaged(Family family, std::string_view key, std::string_view what);

/// Bodies. Errors of decoding: corrupt; decodeFormat also unsupported, for a later version or an unknown hash.
crypto::Bytes encodeFormat(crypto::HashAlgorithm algorithm);
crypto::Result<crypto::HashAlgorithm> decodeFormat(crypto::BytesView body);
crypto::Bytes encodeSize(LogSize size);
crypto::Result<LogSize> decodeSize(crypto::BytesView body);
crypto::Bytes encodeBatchNumber(domain::BatchNumber number);
crypto::Result<domain::BatchNumber> decodeBatchNumber(crypto::BytesView body);

}  // namespace fundtrail::ledger::log

// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/layout.h"

#include <algorithm>

#include <xxhash.h>

#include "crypto/big_endian.h"
#include "crypto/ensure.h"

namespace fundtrail::ledger::log {

using crypto::bigEndian;
using crypto::Bytes;
using crypto::BytesView;
using crypto::concatenate;
using crypto::Error;
using crypto::ErrorKind;
using crypto::loadBigEndian;
using crypto::Result;

namespace {

constexpr std::size_t kChecksumSize = 8;
constexpr std::size_t kTileKeySize = 9;

// The place is the seed: a sound value under another key, or in another family, is noticed too.
std::uint64_t checksum(Family family, std::string_view key, BytesView body) {
  auto const place = XXH3_64bits_withSeed(key.data(), key.size(), static_cast<XXH64_hash_t>(family));
  return XXH3_64bits_withSeed(body.data(), body.size(), place);
}

Error wrongBody(std::string_view what) {
  return {ErrorKind::corrupt, "the stored " + std::string(what) + " cannot be read: restore the directory from a copy",
          "所存数据无法读取：请用副本恢复账本目录"};
}

}  // namespace

std::string_view name(Family family) {
  switch (family) {
    case Family::meta: return "default";  // the family that every RocksDB has
    case Family::entries: return "entries";
    case Family::events: return "events";
    case Family::tiles: return "tiles";
    case Family::usedNumbers: return "used_numbers";
    case Family::idempotencyKeys: return "idempotency_keys";
  }
  crypto::abortOnBug("a family has a name");
}

Key::Key(std::initializer_list<BytesView> parts) {
  for (auto const part : parts) {
    crypto::ensure(size_ + part.size() <= kMaxSize, "a key has at most 48 bytes");
    std::ranges::copy(part, bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += part.size();
  }
}

Key chunkKey(std::uint64_t first) {
  return {bigEndian(first)};
}

Key tileKey(crypto::TileId tile) {
  return {bigEndian(static_cast<std::uint8_t>(tile.level)), bigEndian(tile.index)};
}

Key usedNumberKey(domain::UsedNumber const& number) {
  return {number.bytes};
}

Key idempotencyKeyKey(domain::KeyId const& author, IdempotencyKey const& key) {
  return {author.digest().view(), key};
}

std::optional<std::uint64_t> parseChunkKey(std::string_view key) {
  return key.size() == sizeof(std::uint64_t) ? std::optional(loadBigEndian<std::uint64_t>(key.data())) : std::nullopt;
}

std::optional<crypto::TileId> parseTileKey(std::string_view key) {
  if (key.size() != kTileKeySize) {
    return std::nullopt;
  }
  return crypto::TileId{.level = loadBigEndian<std::uint8_t>(key.data()),
                        .index = loadBigEndian<std::uint64_t>(key.data() + 1)};
}

std::optional<domain::UsedNumber> parseUsedNumberKey(std::string_view key) {
  domain::UsedNumber number;
  if (key.size() != number.bytes.size()) {
    return std::nullopt;
  }
  std::ranges::copy(key, number.bytes.begin());
  return number;
}

std::optional<std::pair<domain::KeyId, IdempotencyKey>> parseIdempotencyKeyKey(std::string_view key) {
  IdempotencyKey own;
  if (key.size() != crypto::Digest::kSize + own.size()) {
    return std::nullopt;
  }
  std::ranges::copy(key.substr(crypto::Digest::kSize), own.begin());
  return std::pair(*domain::KeyId::from(crypto::asBytes(key.substr(0, crypto::Digest::kSize))), own);
}

std::string seal(Family family, std::string_view key, BytesView body) {
  auto const sum = bigEndian(checksum(family, key, body));
  std::string value;
  value.reserve(sum.size() + body.size());
  value.append(crypto::asText(sum)).append(crypto::asText(body));
  return value;
}

Result<BytesView> unseal(Family family, std::string_view key, std::string_view value) {
  if (value.size() < kChecksumSize) {
    return damaged(family, key, "is cut short");
  }
  auto const body = crypto::asBytes(value.substr(kChecksumSize));
  if (loadBigEndian<std::uint64_t>(value.data()) != checksum(family, key, body)) {
    return damaged(family, key, "is not what was written there");
  }
  return body;
}

Error damaged(Family family, std::string_view key, std::string_view what) {
  auto const record = std::string(name(family)) + "/" + crypto::toHex(crypto::asBytes(key));
  return {ErrorKind::corrupt, "the record " + record + " " + std::string(what) + ": restore the directory from a copy",
          "记录 " + record + " 缺失或损坏：请用副本恢复账本目录"};
}

Bytes encodeFormat(crypto::HashAlgorithm algorithm) {
  return concatenate({bigEndian(kFormatVersion), bigEndian(static_cast<std::uint8_t>(algorithm))});
}

Result<crypto::HashAlgorithm> decodeFormat(BytesView body) {
  if (body.size() < sizeof kFormatVersion) {
    return wrongBody("format");
  }
  auto const version = loadBigEndian<std::uint32_t>(body.data());
  if (version != kFormatVersion) {
    auto const theirs = std::to_string(version);
    auto const ours = std::to_string(kFormatVersion);
    return Error{ErrorKind::unsupported,
                 "the log has format " + theirs + ", this program reads " + ours + ": use the program's later version",
                 "日志格式为第 " + theirs + " 版，本程序只读第 " + ours + " 版：请使用更新版本的程序"};
  }
  if (body.size() != sizeof version + 1) {
    return wrongBody("format");
  }
  auto const algorithm = crypto::HashAlgorithm{body.back()};
  if (algorithm != crypto::HashAlgorithm::sha256 && algorithm != crypto::HashAlgorithm::sm3) {
    return Error{ErrorKind::unsupported,
                 "the log uses a hash function that this program does not know: use the program's later version",
                 "日志使用了本程序不认识的哈希算法：请使用更新版本的程序"};
  }
  return algorithm;
}

Bytes encodeSize(LogSize size) {
  return concatenate({bigEndian(size.batches), bigEndian(size.events)});
}

Result<LogSize> decodeSize(BytesView body) {
  if (body.size() != 2 * sizeof(std::uint64_t)) {
    return wrongBody("size");
  }
  return LogSize{.batches = loadBigEndian<std::uint64_t>(body.data()),
                 .events = loadBigEndian<std::uint64_t>(body.data() + sizeof(std::uint64_t))};
}

Bytes encodeBatchNumber(domain::BatchNumber number) {
  return concatenate({bigEndian(number.value())});
}

Result<domain::BatchNumber> decodeBatchNumber(BytesView body) {
  if (body.size() != sizeof(std::uint64_t)) {
    return wrongBody("batch number");
  }
  return domain::BatchNumber(loadBigEndian<std::uint64_t>(body.data()));
}

}  // namespace fundtrail::ledger::log

// SPDX-License-Identifier: Apache-2.0
#include "api/witness/store.h"

#include <cstdarg>
#include <mutex>
#include <utility>

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/options.h>

#include "crypto/big_endian.h"
#include "crypto/bytes.h"
#include "crypto/digest.h"

namespace fundtrail::api::witness {

using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

// docs/LOG_FORMAT.md is the normative page.
constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kFormat = "witness 1";
constexpr std::string_view kNewest = "newest/";
constexpr std::string_view kEvidence = "evidence/";
constexpr std::size_t kMostEvidence = 1'000;  // of one log

rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}

Error storeError(rocksdb::Status const& status, std::filesystem::path const& directory) {
  auto const what = status.ToString();
  auto const where = directory.string();
  if (status.IsCorruption()) {
    return {ErrorKind::corrupt,
            fmt::format("{} is damaged ({}): this witness must not go on with it; begin with a new key", where, what),
            fmt::format("{} 已损坏（{}）：本见证方不得继续使用，请换新密钥重新开始", where, what)};
  }
  if (status.IsIOError() && what.find("lock") != std::string::npos) {
    return {ErrorKind::conflict, where + " is in use by another witness: end that first",
            where + " 正被另一见证程序使用：请先结束它"};
  }
  return {ErrorKind::io, fmt::format("{}: {}: check the disk", where, what),
          fmt::format("{}：{}：请检查磁盘", where, what)};
}

std::string newestKey(std::string const& origin) {
  return std::string(kNewest) + origin;
}

/// By log and size, so that they come back in that order.
std::string evidencePrefix(std::string const& origin) {
  auto const log = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(origin));
  return std::string(kEvidence) + log.hex() + "/";
}

std::string evidenceKey(std::string const& origin, std::uint64_t size) {
  return fmt::format("{}{:020}", evidencePrefix(origin), size);
}

/// time u64 || length of the first note u64 || the first note || the second
std::string encode(Evidence const& evidence) {
  auto const number = [](std::uint64_t value) { return std::string(crypto::asText(crypto::bigEndian(value))); };
  return number(evidence.seenAt) + number(evidence.cosigned.size()) + evidence.cosigned + evidence.submitted;
}

std::optional<Evidence> decode(std::string_view value) {
  constexpr std::size_t kNumber = 8;
  if (value.size() < 2 * kNumber) return std::nullopt;
  auto const first = crypto::loadBigEndian<std::uint64_t>(value.data() + kNumber);
  auto const notes = value.substr(2 * kNumber);
  if (first > notes.size()) return std::nullopt;
  return Evidence{crypto::loadBigEndian<std::uint64_t>(value.data()), std::string(notes.substr(0, first)),
                  std::string(notes.substr(first))};
}

class NoDiary final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(char const* /*format*/, va_list /*arguments*/) override {}
};

rocksdb::Options settings() {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.compression = rocksdb::kNoCompression;
  options.paranoid_checks = true;
  // A crash may cut off the record that was being written: its cosignature never left. Other damage is an error.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.info_log = std::make_shared<NoDiary>();
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

class RocksDbStore final : public Store {
 public:
  RocksDbStore(std::filesystem::path directory, std::unique_ptr<rocksdb::DB> db)
      : directory_(std::move(directory)), db_(std::move(db)) {}

  /// Whether it is a witness's; a new one is made one.
  Result<void> identify(bool mayMake) {
    auto const format = get(std::string(kFormatKey));
    if (!format) return format.error();
    if (*format == kFormat) return {};
    std::unique_ptr<rocksdb::Iterator> const any(db_->NewIterator({}));
    any->SeekToFirst();
    if (*format || any->Valid() || !mayMake) {
      return Error{ErrorKind::corrupt, directory_.string() + " is not the directory of a witness: give another",
                   directory_.string() + " 不是见证方的目录：请指定其他目录"};
    }
    return put(std::string(kFormatKey), kFormat);
  }

  Result<std::optional<std::string>> newest(std::string const& origin) const override { return get(newestKey(origin)); }

  Result<bool> replace(std::string const& origin, std::optional<std::string> const& expected,
                       std::string_view note) override {
    std::lock_guard const lock(mutex_);
    auto const present = get(newestKey(origin));
    if (!present) return present.error();
    if (*present != expected) return false;
    if (auto const stored = put(newestKey(origin), note); !stored) return stored.error();
    return true;
  }

  Result<bool> keep(std::string const& origin, std::uint64_t size, Evidence const& evidence) override {
    std::lock_guard const lock(mutex_);
    auto const key = evidenceKey(origin, size);
    auto const present = get(key);
    if (!present) return present.error();
    if (*present || countOf(evidencePrefix(origin)) >= kMostEvidence) return false;
    if (auto const stored = put(key, encode(evidence)); !stored) return stored.error();
    return true;
  }

  Result<std::vector<Evidence>> evidence() const override {
    std::vector<Evidence> all;
    std::unique_ptr<rocksdb::Iterator> const at(db_->NewIterator({}));
    for (at->Seek(slice(kEvidence)); at->Valid() && at->key().starts_with(slice(kEvidence)); at->Next()) {
      auto piece = decode(at->value().ToStringView());
      if (!piece) return storeError(rocksdb::Status::Corruption("evidence"), directory_);
      all.push_back(*std::move(piece));
    }
    if (!at->status().ok()) return storeError(at->status(), directory_);
    return all;
  }

 private:
  Result<std::optional<std::string>> get(std::string const& key) const {
    std::string value;
    auto const status = db_->Get({}, key, &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return storeError(status, directory_);
    return std::optional(std::move(value));
  }

  Result<void> put(std::string const& key, std::string_view value) {
    rocksdb::WriteOptions durable;
    durable.sync = true;
    auto const status = db_->Put(durable, key, slice(value));
    if (!status.ok()) return storeError(status, directory_);
    return {};
  }

  std::size_t countOf(std::string const& prefix) const {
    std::size_t count = 0;
    std::unique_ptr<rocksdb::Iterator> const at(db_->NewIterator({}));
    for (at->Seek(prefix); at->Valid() && at->key().starts_with(prefix); at->Next()) ++count;
    return count;
  }

  std::filesystem::path directory_;
  std::unique_ptr<rocksdb::DB> db_;
  std::mutex mutex_;  // between reading and writing one key
};

Result<std::unique_ptr<Store>> opened(std::filesystem::path const& directory, rocksdb::Status const& status,
                                      rocksdb::DB* db, bool mayMake) {
  if (!status.ok()) return storeError(status, directory);
  auto store = std::make_unique<RocksDbStore>(directory, std::unique_ptr<rocksdb::DB>(db));
  if (auto const known = store->identify(mayMake); !known) return known.error();
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(std::filesystem::path const& directory) {
  rocksdb::DB* db = nullptr;
  auto const status = rocksdb::DB::Open(settings(), directory.string(), &db);
  return opened(directory, status, db, true);
}

Result<std::unique_ptr<Store>> Store::openReadOnly(std::filesystem::path const& directory) {
  rocksdb::DB* db = nullptr;
  auto options = settings();
  options.create_if_missing = false;
  auto const status = rocksdb::DB::OpenForReadOnly(options, directory.string(), &db);
  return opened(directory, status, db, false);
}

}  // namespace fundtrail::api::witness

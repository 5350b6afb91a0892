// SPDX-License-Identifier: Apache-2.0
// Private to this folder: a RocksDB with the column families of layout.h, and why one could not be opened.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "ledger/log/layout.h"
#include "ledger/log/rocksdb_log.h"

namespace fundtrail::ledger::log {

/// Values go in sealed and come out checked. Reading and writing are safe on several threads at once.
class RocksDbStore {
 public:
  enum class Mode { create, write, read };

  /// Errors: as the functions of RocksDbLog of these names.
  static crypto::Result<std::unique_ptr<RocksDbStore>> open(std::filesystem::path const& directory, Mode mode,
                                                            RocksDbLogOptions const& options);
  ~RocksDbStore();
  RocksDbStore(RocksDbStore const&) = delete;
  RocksDbStore& operator=(RocksDbStore const&) = delete;

  Mode mode() const { return mode_; }
  std::filesystem::path const& directory() const { return directory_; }

  /// The body under that key. Errors: corrupt, io.
  crypto::Result<std::optional<crypto::Bytes>> get(Family family, std::string_view key) const;
  /// The same, where it must be there: corrupt if not.
  crypto::Result<crypto::Bytes> demand(Family family, std::string_view key) const;
  /// Whether the key is there, whatever its value.
  crypto::Result<bool> contains(Family family, std::string_view key) const;

  /// How an iterator will be used: the whole family once, past the cache and with read-ahead, or a few values.
  enum class Access { scan, point };
  std::unique_ptr<rocksdb::Iterator> iterate(Family family, Access access) const;

  /// Adds a sealed value to the batch.
  void put(rocksdb::WriteBatch& batch, Family family, std::string_view key, crypto::BytesView body) const;
  /// Adds a key that says everything by being there.
  void mark(rocksdb::WriteBatch& batch, Family family, std::string_view key) const;

  /// All of the batch, on stable storage. Errors: io, and then whether it is there is open until the next opening.
  crypto::Result<void> write(rocksdb::WriteBatch& batch);

  /// A failed reading of this store as an error. `what` begins the message.
  crypto::Error error(rocksdb::Status const& status, std::string_view what) const;

 private:
  RocksDbStore(std::filesystem::path directory, Mode mode) : directory_(std::move(directory)), mode_(mode) {}
  rocksdb::ColumnFamilyHandle* handle(Family family) const;

  std::filesystem::path directory_;
  Mode mode_;
  std::unique_ptr<rocksdb::DB> db_;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilies.size()> handles_{};
};

}  // namespace fundtrail::ledger::log

// SPDX-License-Identifier: Apache-2.0
// The event log in one directory, on RocksDB. What the bytes mean: docs/LOG_FORMAT.md.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/log/event_log.h"

namespace rocksdb {
class Env;
}

namespace fundtrail::ledger::log {

struct RocksDbLogOptions {
  /// Memory for blocks, indexes and filters that were read. Bytes.
  std::size_t blockCacheBytes = std::size_t{64} << 20U;
  /// Memory for what is not yet in a table file, over all column families. Bytes.
  std::size_t writeBufferBytes = std::size_t{128} << 20U;
  /// What stands for the file system; the real one if null. Not owned, and must outlive the log. For tests of faults.
  rocksdb::Env* env = nullptr;
};

/// One writer at a time, and any number of readers beside it, of any process.
///
/// Each function answers with an error whose one line says what to do. Errors of all three: io; denied without the
/// permission for the directory; badInput where the path is no directory.
class RocksDbLog final : public EventLog {
 public:
  using Opened = crypto::Result<std::unique_ptr<RocksDbLog>>;

  /// A new, empty log. The directory must be absent (its parent must exist) or empty. Errors: conflict where anything
  /// is there already, which is left as it was.
  static Opened create(std::filesystem::path const& directory, crypto::HashAlgorithm algorithm,
                       RocksDbLogOptions const& options = {});

  /// The log, for reading and appending. What a crash left unfinished is settled here: a group is there or it is not.
  /// Errors: conflict while anyone else has it open for writing; notFound where there is no log; corrupt when files are
  /// missing or damaged, or when the stored checkpoint and the tree disagree; unsupported for a later format.
  static Opened openForWriting(std::filesystem::path const& directory, RocksDbLogOptions const& options = {});

  /// The log as it stands at this moment, for reading alone: it never grows, and append() and storeCheckpoint() answer
  /// denied. Changes no file, and works while someone writes. Errors: as openForWriting, without conflict.
  static Opened openReadOnly(std::filesystem::path const& directory, RocksDbLogOptions const& options = {});

  ~RocksDbLog() override;

  [[nodiscard]] LogSize size() const override;
  [[nodiscard]] crypto::HashAlgorithm hashAlgorithm() const override;
  crypto::Result<void> append(std::span<PreparedBatch const> group) override;
  [[nodiscard]] crypto::Digest root() const override;
  [[nodiscard]] crypto::Result<crypto::Bytes> entry(domain::BatchNumber number) const override;
  [[nodiscard]] crypto::Result<std::vector<crypto::Bytes>> entries(domain::BatchNumber from,
                                                                   std::size_t count) const override;
  [[nodiscard]] crypto::Result<crypto::Bytes> event(domain::EventNumber number) const override;
  [[nodiscard]] crypto::Result<domain::BatchNumber> batchOf(domain::EventNumber number) const override;
  [[nodiscard]] std::unique_ptr<Cursor> read(domain::BatchNumber from) const override;
  [[nodiscard]] crypto::Result<bool> used(domain::UsedNumber const& number) const override;
  [[nodiscard]] crypto::Result<std::optional<domain::BatchNumber>> find(domain::KeyId const& author,
                                                                        IdempotencyKey const& key) const override;
  [[nodiscard]] crypto::Result<crypto::Bytes> tile(crypto::TileId id) const override;
  crypto::Result<void> visitUsedNumbers(
      std::function<crypto::Result<void>(domain::UsedNumber const&)> const& visit) const override;
  crypto::Result<void> visitIdempotencyKeys(
      std::function<crypto::Result<void>(domain::KeyId const&, IdempotencyKey const&, domain::BatchNumber)> const&
          visit) const override;
  crypto::Result<void> visitTiles(
      std::function<crypto::Result<void>(crypto::TileId, crypto::BytesView)> const& visit) const override;
  crypto::Result<void> storeCheckpoint(std::string_view note) override;
  [[nodiscard]] crypto::Result<std::optional<std::string>> checkpoint() const override;

 private:
  struct State;
  class Reader;
  explicit RocksDbLog(std::unique_ptr<State> state);
  static Opened open(std::filesystem::path const& directory, bool forWriting, RocksDbLogOptions const& options);

  std::unique_ptr<State> state_;
};

}  // namespace fundtrail::ledger::log

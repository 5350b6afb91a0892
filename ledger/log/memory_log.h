// SPDX-License-Identifier: Apache-2.0
// The event log in memory, for tests: everything the contract says, but nothing survives the object.
#pragma once

#include <memory>

#include "crypto/digest.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::log {

class MemoryLog final : public EventLog {
 public:
  explicit MemoryLog(crypto::HashAlgorithm algorithm);
  ~MemoryLog() override;

  [[nodiscard]] LogSize size() const override;
  [[nodiscard]] crypto::HashAlgorithm hashAlgorithm() const override;
  crypto::Result<void> append(std::span<PreparedBatch const> group) override;
  [[nodiscard]] crypto::Digest root() const override;
  [[nodiscard]] crypto::Result<crypto::Bytes> entry(domain::BatchNumber number) const override;
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

  std::unique_ptr<State> state_;
};

}  // namespace fundtrail::ledger::log

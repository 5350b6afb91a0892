// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

#include "ledger/log/event_log.h"

namespace fundtrail::tests {

/// An event log that hands everything on to another, which outlives it: what a test derives from to watch or to break
/// one call.
class PassingLog : public ledger::log::EventLog {
 public:
  explicit PassingLog(std::shared_ptr<ledger::log::EventLog> inner) : inner_(std::move(inner)) {}

  ledger::log::LogSize size() const override { return inner_->size(); }
  crypto::HashAlgorithm hashAlgorithm() const override { return inner_->hashAlgorithm(); }
  crypto::Result<void> append(std::span<ledger::log::PreparedBatch const> group) override {
    return inner_->append(group);
  }
  crypto::Digest root() const override { return inner_->root(); }
  crypto::Result<crypto::Bytes> entry(ledger::domain::BatchNumber number) const override {
    return inner_->entry(number);
  }
  crypto::Result<std::vector<crypto::Bytes>> entries(ledger::domain::BatchNumber from,
                                                     std::size_t count) const override {
    return inner_->entries(from, count);
  }
  crypto::Result<crypto::Bytes> event(ledger::domain::EventNumber number) const override {
    return inner_->event(number);
  }
  crypto::Result<ledger::domain::BatchNumber> batchOf(ledger::domain::EventNumber number) const override {
    return inner_->batchOf(number);
  }
  std::unique_ptr<ledger::log::Cursor> read(ledger::domain::BatchNumber from) const override {
    return inner_->read(from);
  }
  crypto::Result<bool> used(ledger::domain::UsedNumber const& number) const override { return inner_->used(number); }
  crypto::Result<std::optional<ledger::domain::BatchNumber>> find(
      ledger::domain::KeyId const& author, ledger::log::IdempotencyKey const& key) const override {
    return inner_->find(author, key);
  }
  crypto::Result<crypto::Bytes> tile(crypto::TileId id) const override { return inner_->tile(id); }
  crypto::Result<void> visitUsedNumbers(
      std::function<crypto::Result<void>(ledger::domain::UsedNumber const&)> const& visit) const override {
    return inner_->visitUsedNumbers(visit);
  }
  crypto::Result<void> visitIdempotencyKeys(
      std::function<crypto::Result<void>(ledger::domain::KeyId const&, ledger::log::IdempotencyKey const&,
                                         ledger::domain::BatchNumber)> const& visit) const override {
    return inner_->visitIdempotencyKeys(visit);
  }
  crypto::Result<void> visitTiles(
      std::function<crypto::Result<void>(crypto::TileId, crypto::BytesView)> const& visit) const override {
    return inner_->visitTiles(visit);
  }
  crypto::Result<void> storeCheckpoint(std::string_view note) override { return inner_->storeCheckpoint(note); }
  crypto::Result<std::optional<std::string>> checkpoint() const override { return inner_->checkpoint(); }

 private:
  std::shared_ptr<ledger::log::EventLog> inner_;
};

}  // namespace fundtrail::tests

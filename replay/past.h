// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the past that the rules and the audit's own checks may ask for.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/domain/event_context.h"
#include "ledger/log/event_log.h"
#include "replay/inspect.h"

namespace fundtrail::replay {

/// Reads events again from the log, and believes only bytes that lead to the entries that were read in order: a store
/// could answer a question for one record otherwise than it showed it in passing. Any thread.
class Past {
 public:
  explicit Past(ledger::log::EventLog const& log) : log_(log) {}

  /// The next batch in order: where its events begin, and its leaf.
  void add(std::uint64_t firstEvent, crypto::Digest const& leaf);

  /// An event of a batch that was added. Error: what kept it from being read.
  [[nodiscard]] crypto::Result<ledger::domain::RecordedEvent> event(ledger::domain::EventNumber number) const;
  /// The batch that holds it.
  [[nodiscard]] ledger::domain::BatchNumber batchOf(ledger::domain::EventNumber number) const;

  // Once all batches were added.
  [[nodiscard]] std::uint64_t size() const { return batches_.size(); }
  [[nodiscard]] crypto::Digest const& leaf(std::uint64_t batch) const { return batches_[batch].leaf; }

 private:
  struct Place {
    std::uint64_t firstEvent;
    crypto::Digest leaf;
  };
  struct Read {
    StoredCopy batch;
    Inspection inspection;
  };

  [[nodiscard]] std::uint64_t holding(ledger::domain::EventNumber number) const;
  crypto::Result<Read const*> read(std::uint64_t batch) const;

  ledger::log::EventLog const& log_;
  mutable std::mutex mutex_;
  std::vector<Place> batches_;
  mutable std::optional<Read> last_;  // several questions about one event follow each other
};

/// The past before an event, for whoever must go on without an answer where there is none. One thread.
class PastBefore final : public ledger::domain::History {
 public:
  explicit PastBefore(Past const& past) : past_(past) {}

  /// The event that is being looked at: the past ends before it.
  void present(ledger::domain::EventNumber number) { present_ = number; }

  /// The used-up numbers stand in the state, which forgets none in a replay.
  [[nodiscard]] bool used(ledger::domain::UsedNumber const&) const override { return false; }
  [[nodiscard]] std::optional<ledger::domain::RecordedEvent> event(ledger::domain::EventNumber number) const override;

  /// What kept event() from answering, if anything did.
  [[nodiscard]] std::optional<crypto::Error> const& failure() const { return failure_; }

 private:
  Past const& past_;
  ledger::domain::EventNumber present_{0};
  mutable std::optional<crypto::Error> failure_;
};

}  // namespace fundtrail::replay

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/result.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/state.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::planting {

/// What the rules would have refused.
struct Breach {
  domain::EventNumber event;
  std::string rule;
};

/// An operator who looks away: writes batches into a log as they come, accepted when they were signed, whatever the
/// rules say of them, with the indexes that belong to them. What is refused is written and has no effect on what later
/// events are judged by. Simulated ledgers only: their genesis says what they are.
///
/// The log must be empty, and outlive the recorder. One thread at a time.
class Recorder {
 public:
  /// Writes the genesis. Error: as of the log.
  static crypto::Result<std::unique_ptr<Recorder>> begin(log::EventLog& log, batch::SignedBatch const& genesis,
                                                         domain::Instant foundedAt);

  /// Error: as of the log.
  crypto::Result<void> take(batch::SignedBatch const& signedBatch);
  /// Writes what is left. Whoever holds the log's key signs the checkpoint then. Error: as of the log.
  crypto::Result<void> finish();

  [[nodiscard]] std::vector<Breach> const& breaches() const { return breaches_; }

 private:
  class Past;
  struct Pending;

  Recorder(log::EventLog& log, domain::State state);
  crypto::Result<void> add(batch::SignedBatch const& signedBatch, domain::Instant at);
  std::vector<domain::UsedNumber> judge(batch::SignedBatch const& signedBatch, domain::Instant at);

  log::EventLog& log_;
  domain::State state_;
  std::shared_ptr<Past> past_;
  std::vector<std::shared_ptr<Pending>> pending_;
  std::vector<Breach> breaches_;
};

}  // namespace fundtrail::ledger::planting

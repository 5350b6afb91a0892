// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <boost/unordered/unordered_flat_map.hpp>

#include "crypto/result.h"
#include "ledger/domain/case.h"
#include "ledger/domain/uscc.h"
#include "ledger/history/fold.h"
#include "ledger/log/event_log.h"
#include "ledger/projections/allocation.h"
#include "ledger/projections/as_of.h"
#include "ledger/projections/enterprise.h"
#include "ledger/projections/journal.h"
#include "ledger/projections/provider.h"
#include "ledger/projections/timeline.h"

namespace fundtrail::ledger::projections {

/// What the events say of each organisation, beside the state. Follows the log event by event, before evolve(). A
/// value; one thread.
class Organisations {
 public:
  void apply(domain::Case const& about);

  /// nullptr for one that is not registered. Valid until the next apply().
  [[nodiscard]] AccountHistory const* accountsOf(domain::Uscc const& uscc) const;
  [[nodiscard]] Provider const* provider(domain::Uscc const& uscc) const;

 private:
  boost::unordered_flat_map<domain::Uscc, AccountHistory> accounts_;
  boost::unordered_flat_map<domain::Uscc, Provider> providers_;  // whatever the kind, if it is no enterprise
};

/// The ledger as it stands, kept in memory: goes on as the log does, so that a reader waits for no fold. What it says
/// is what read() and the classes that follow it say at the same position. The log must outlive it. One thread.
class Current {
 public:
  /// Folds the log. Error: as for read().
  [[nodiscard]] static crypto::Result<std::unique_ptr<Current>> open(log::EventLog const& log);

  /// Takes in what is durable by now, up to so many events more; true if that was anything. Error: as for read(); it
  /// then stands where it was or a few events on, and another call goes on.
  [[nodiscard]] crypto::Result<bool> advance(std::uint64_t most);

  /// Valid until the next advance().
  [[nodiscard]] Snapshot const& snapshot() const { return snapshot_; }
  [[nodiscard]] Allocation const& allocation() const { return allocation_; }
  [[nodiscard]] Timelines const& timelines() const { return timelines_; }
  [[nodiscard]] Organisations const& organisations() const { return organisations_; }
  [[nodiscard]] Journal const& journal() const { return journal_; }

 private:
  explicit Current(log::EventLog const& log) : log_(log) {}

  log::EventLog const& log_;
  Snapshot snapshot_;
  Allocation allocation_;
  Timelines timelines_;
  Organisations organisations_;
  Journal journal_;
  std::unique_ptr<history::Tail> tail_;
};

}  // namespace fundtrail::ledger::projections

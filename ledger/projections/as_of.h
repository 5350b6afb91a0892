// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/state.h"
#include "ledger/history/fold.h"
#include "ledger/log/event_log.h"
#include "ledger/projections/particulars.h"
#include "ledger/schema/event.capnp.h"

// As of: what was known at a position of the log, and of that, what had happened by a business date. The one way in
// which projections read the log.
//
// Position N means: after the first N events, numbers 0 to N-1, and before event N. On a date, those of the first N
// events take part whose business date is not later: an event that was recorded late but dated in time counts, and a
// later position may say something else about the same date. Money that was recorded in another order than it was dated
// can then stand at less than nothing: spent on a day on which, by the dates, it had not arrived.

namespace fundtrail::ledger::projections {

struct AsOf {
  std::optional<domain::EventNumber> position;  // nothing: all that is on record
  std::optional<domain::Date> on;               // nothing: whatever its date
  [[nodiscard]] bool takesIn(schema::Event::Reader event) const;
};

/// What figures rest on. Anyone who holds a checkpoint of this size can compare its root, and derive the figures from
/// the log's first `treeSize` batches, of whose events the first `position` count, and of those the ones dated no later
/// than `on`.
struct Basis {
  std::uint64_t position = 0;
  std::uint64_t treeSize = 0;                 // batches, genesis included: as few as hold the first `position` events
  crypto::Digest root;                        // of the tree of that size
  std::optional<domain::Instant> acceptedAt;  // of the last of those events; nothing at position 0
  std::optional<domain::Date> on{};
  friend bool operator==(Basis const&, Basis const&) = default;
};

/// What figures rest on where a fold has come to.
[[nodiscard]] crypto::Result<Basis> basisOf(log::EventLog const& log, history::Tail const& tail,
                                            std::optional<domain::Date> on);

/// The ledger as it stood: for everything that can be read off its records.
///
/// On a date, each record is as the last event that takes part left it. That is exact wherever a record's events are
/// dated in the order in which they were recorded, as rule E4 demands of every chain. Where chains meet in one record
/// (an award and its several payments, a tranche's balances), it may know of an event that is dated later and was
/// recorded earlier: sums are taken from what the events move (Allocation), not from here. Persons, keys and roles are
/// those of the position.
struct Snapshot {
  domain::State state;
  Register particulars;
  Basis basis;
  /// The date asked for; else the day on which the last event was accepted; the calendar's first day in an empty
  /// ledger.
  [[nodiscard]] domain::Date day() const;
};

/// Folds the log and tells the follower of each event that takes part, the observer of the ledger's whole state after
/// it. Error: notFound for a position beyond the log's end; corrupt where what is stored is not what was signed, or not
/// lawful; what reading the log gives.
[[nodiscard]] crypto::Result<Snapshot> read(log::EventLog const& log, AsOf const& asOf,
                                            history::Follower const& follow = {},
                                            history::Observer const& observe = {});

}  // namespace fundtrail::ledger::projections

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "crypto/result.h"
#include "ledger/domain/case.h"
#include "ledger/domain/date.h"
#include "ledger/domain/state.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::history {

/// Gets an event that is lawful, before it is applied. It is valid during the call.
using Follower = std::function<void(domain::Case const& about)>;

/// Gets the state after each event, which knows what the event changed (domain::State::takeOverChanges). It is valid
/// during the call.
using Observer = std::function<void(domain::State const& after)>;

/// The state behind the first events of a log.
struct Folded {
  domain::State state;
  std::uint64_t batches;       // read, the last one perhaps in part; the founding one is the first
  domain::Instant acceptedAt;  // of the last batch read
};

/// Applies the log's first `events` events, in order, and tells follower and observer, if there are any, of each.
/// Signatures are
/// not verified: that is the replay's work. The rules are asked, so that an altered log is refused here rather than met
/// as a bug by evolve(). The state's `numbers` hold all that was used up. Error: notFound for a log that has fewer
/// events, or none at all; corrupt where what is stored is not what was signed, or not lawful; what reading the log
/// gives. The follower may have been told of some events by then.
[[nodiscard]] crypto::Result<Folded> fold(log::EventLog const& log, std::uint64_t events, Follower const& follow = {},
                                          Observer const& observe = {});

}  // namespace fundtrail::ledger::history

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "crypto/result.h"
#include "ledger/domain/case.h"
#include "ledger/domain/date.h"
#include "ledger/domain/event_context.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/state.h"
#include "ledger/log/event_log.h"
#include "ledger/schema/event.capnp.h"

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

/// The same, bit by bit: follows a log that grows. One thread; log and state must outlive it.
class Tail {
 public:
  /// Puts into the state what the log was founded with, and stands before its first event. Error: as for fold().
  [[nodiscard]] static crypto::Result<std::unique_ptr<Tail>> open(log::EventLog const& log, domain::State& state);

  /// Goes on until the log's first `events` events are applied; does nothing where they are. Error: as for fold(); the
  /// state is then the one behind position(), from which another call goes on.
  [[nodiscard]] crypto::Result<void> advance(std::uint64_t events, Follower const& follow = {},
                                             Observer const& observe = {});

  [[nodiscard]] std::uint64_t position() const { return position_; }
  /// Read, the last one perhaps in part; the founding one is the first.
  [[nodiscard]] std::uint64_t batches() const { return batches_; }
  /// Of the last batch read.
  [[nodiscard]] domain::Instant acceptedAt() const { return acceptedAt_; }

 private:
  class Past;
  Tail(log::EventLog const& log, domain::State& state, domain::LedgerId ledger, domain::Instant foundedAt);
  [[nodiscard]] crypto::Result<void> take(log::StoredBatch const& batch, std::uint64_t events, Follower const& follow,
                                          Observer const& observe);
  [[nodiscard]] crypto::Result<void> step(Past& past, domain::EventContext const& context, domain::BatchNumber batch,
                                          schema::Event::Reader event, Follower const& follow, Observer const& observe);

  log::EventLog const& log_;
  domain::State& state_;
  domain::LedgerId ledger_;
  domain::Instant acceptedAt_;
  std::uint64_t position_ = 0;
  std::uint64_t batches_ = 1;
  std::unique_ptr<log::Cursor> cursor_;  // nothing: the last batch was taken in part, or not at all
  bool isWhole_ = true;                  // the last batch was taken to its end
};

}  // namespace fundtrail::ledger::history

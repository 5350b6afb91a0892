// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/domain/event_context.h"
#include "ledger/domain/numbers.h"
#include "ledger/domain/postings.h"
#include "ledger/domain/state.h"
#include "ledger/domain/subject.h"
#include "ledger/schema/event.capnp.h"

namespace fundtrail::ledger::domain {

/// An examined event before the rules: what it is about, the money that it moves and the numbers that it uses up, found
/// once for everybody who looks at it. The rules judge it, evolve() applies it, projections follow it. It holds until
/// the state changes, and no longer than `context` and the event's bytes.
struct Case {
  EventContext const& context;
  schema::Event::Reader event;
  Subject subject;
  Postings postings;
  NumberUses numbers;
};

/// The event has passed examine(). `history` is asked for the event that a reversal or a match names.
[[nodiscard]] Case caseOf(State const& state, History const& history, EventContext const& context,
                          schema::Event::Reader event);

}  // namespace fundtrail::ledger::domain

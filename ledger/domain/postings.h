// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/domain/subject.h"

namespace fundtrail::ledger::domain {

/// The money that an event moves, in order; empty for events that move none. The one place that says what an event
/// means in money: rule F1 judges these postings and evolve() applies them. `context` is the event's own.
[[nodiscard]] Postings postingsOf(EventContext const& context, schema::Event::Reader event, Subject const& subject);

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "api/views/reader.h"
#include "api/views/report.h"
#include "ledger/domain/event_context.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/state.h"
#include "ledger/schema/event.capnp.h"

namespace fundtrail::api::views {

/// One event as it is on record. Its bytes outlive it.
struct ShownEvent {
  ledger::domain::EventContext context;
  ledger::domain::BatchNumber batch;
  ledger::schema::Event::Reader event;
};

/// Prints what an event states, who signed it, when, and its hash; as a table, which is text, or as JSON. `state` knows
/// the author. To a reader who sees no private data, bank accounts and persons are hidden, and with them the salt: who
/// has both the salt and the hash could try out accounts until one fits.
void printEvent(std::ostream& out, Reader const& reader, ledger::domain::State const& state, ShownEvent const& shown,
                Format format);

}  // namespace fundtrail::api::views

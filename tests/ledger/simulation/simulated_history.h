// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>

#include "ledger/simulation/simulation.h"
#include "tests/support/domain_ledger.h"

namespace fundtrail::tests {

/// A ledger of the whole history; the test fails at the first refusal.
DomainLedger replayed(ledger::simulation::Plan const& plan);

/// Calls visit(schema::Event::Reader, domain::EventContext) with every event that is on record.
template <class Visit>
void visitEvents(DomainLedger const& ledger, Visit&& visit) {
  for (auto const& recorded : ledger.events()) {
    schema::Message<schema::Event> const message(recorded.bytes.bytes());
    visit(message.root(), recorded.context);
  }
}

std::map<schema::Event::Which, std::size_t> countsByType(DomainLedger const& ledger);

}  // namespace fundtrail::tests

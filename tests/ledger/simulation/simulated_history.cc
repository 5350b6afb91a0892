// SPDX-License-Identifier: Apache-2.0
#include "tests/ledger/simulation/simulated_history.h"

#include <gtest/gtest.h>

#include "ledger/schema/names.h"

namespace fundtrail::tests {

DomainLedger replayed(ledger::simulation::Plan const& plan) {
  ledger::simulation::Simulation const simulation(plan);
  DomainLedger ledger(simulation.genesis());
  bool lawful = true;
  simulation.run([&](batch::SignedBatch const& batch) {
    if (!lawful) return;
    auto const refused = ledger.submit(batch);
    if (!refused) return;
    lawful = false;
    auto const bytes = batch.events[refused->event.value_or(0)];
    schema::Message<schema::Event> const message(bytes);
    ADD_FAILURE() << "seed " << plan.seed << ", event " << ledger.events().size() << " "
                  << schema::eventTypeName(message.root().which()) << " on " << message.root().getOccurredOn()
                  << " refused by " << refused->rule << ": " << refused->reason.en;
  });
  return ledger;
}

std::map<schema::Event::Which, std::size_t> countsByType(DomainLedger const& ledger) {
  std::map<schema::Event::Which, std::size_t> counts;
  visitEvents(ledger, [&](schema::Event::Reader event, auto const&) { ++counts[event.which()]; });
  return counts;
}

}  // namespace fundtrail::tests

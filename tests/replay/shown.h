// SPDX-License-Identifier: Apache-2.0
// Shows an observer what a replay of a lawful ledger shows it.
#pragma once

#include <map>

#include "ledger/domain/read.h"
#include "replay/observer.h"
#include "tests/support/domain_ledger.h"

namespace fundtrail::replay {

inline void show(tests::DomainLedger const& ledger, Observer& observer) {
  namespace domain = ledger::domain;
  namespace schema = ledger::schema;
  using E = schema::Event::Which;
  std::map<domain::EventRef, std::size_t> positions;
  auto const& events = ledger.events();
  auto const shown = [&](std::size_t at, schema::Event::Reader event) {
    return ShownEvent{events[at].context, domain::BatchNumber(at), "someone", event};
  };
  for (std::size_t i = 0; i < events.size(); ++i) {
    positions.emplace(events[i].context.ref, i);
    schema::Message<schema::Event> const message(events[i].bytes.bytes());
    auto const event = message.root();
    observer.take(shown(i, event));
    if (event.which() != E::CHANGE_CONFIRMED) continue;
    auto const body = event.getChangeConfirmed();
    if (body.getOutcome() != schema::Outcome::PASS) continue;
    schema::Message<schema::Event> const change(events[positions.at(domain::readRef(body.getChange()))].bytes.bytes());
    if (change.root().which() != E::EVENT_REVERSED) continue;
    auto const target = positions.at(domain::readRef(change.root().getEventReversed().getEvent()));
    schema::Message<schema::Event> const original(events[target].bytes.bytes());
    observer.takeBack(shown(target, original.root()), shown(i, event));
  }
}

}  // namespace fundtrail::replay

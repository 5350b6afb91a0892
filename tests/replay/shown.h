// SPDX-License-Identifier: Apache-2.0
// Shows an observer what a replay of a lawful ledger shows it.
#pragma once

#include <algorithm>
#include <cstddef>

#include "ledger/domain/read.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"
#include "replay/observer.h"
#include "tests/support/domain_ledger.h"

namespace fundtrail::replay {

/// The event that has just been taken back by the second person's; nullptr if it takes nothing back.
inline ledger::domain::RecordedEvent const* takenBackBy(tests::DomainLedger const& recordedBy,
                                                        ledger::schema::Event::Reader event) {
  namespace schema = ledger::schema;
  auto const& events = recordedBy.events();
  if (!event.isChangeConfirmed()) return nullptr;
  auto const body = event.getChangeConfirmed();
  if (body.getOutcome() != schema::Outcome::PASS) return nullptr;
  auto const named = [&](capnp::Data::Reader ref) {
    return std::ranges::find(events, ledger::domain::readRef(ref),
                             [](auto const& recorded) { return recorded.context.ref; });
  };
  auto const change = named(body.getChange());
  if (change == events.end()) return nullptr;
  schema::Message<schema::Event> const message(change->bytes.bytes());
  if (!message.root().isEventReversed()) return nullptr;
  auto const original = named(message.root().getEventReversed().getEvent());
  return original == events.end() ? nullptr : &*original;
}

inline void show(tests::DomainLedger const& ledger, Observer& observer) {
  namespace domain = fundtrail::ledger::domain;
  namespace schema = fundtrail::ledger::schema;
  auto const shown = [](domain::RecordedEvent const& recorded, schema::Event::Reader event) {
    return ShownEvent{recorded.context, domain::BatchNumber(recorded.context.number.value()), "someone", event};
  };
  for (auto const& recorded : ledger.events()) {
    schema::Message<schema::Event> const message(recorded.bytes.bytes());
    auto const event = message.root();
    observer.take(shown(recorded, event));
    auto const* const takenBack = takenBackBy(ledger, event);
    if (!takenBack) continue;
    schema::Message<schema::Event> const original(takenBack->bytes.bytes());
    observer.takeBack(shown(*takenBack, original.root()), shown(recorded, event));
  }
}

}  // namespace fundtrail::replay

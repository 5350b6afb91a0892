// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/event.capnp.h"
#include "replay/facts/string_pool.h"

namespace fundtrail::replay::facts {

namespace domain = ledger::domain;
namespace schema = ledger::schema;
using EventType = schema::Event::Which;

/// Where a record comes from. Every record has one: nothing is said that no event says.
struct Source {
  domain::EventNumber event;
  domain::EventRef ref;
  domain::Date occurredOn;                          // by its author
  domain::Instant acceptedAt;                       // by the ledger
  StringId person;                                  // who signed, by the identifier under which the key is enrolled
  std::optional<domain::EventNumber> reversedBy{};  // the confirmation that took it back (红字冲销)

  /// Not taken back. What was taken back stays among the records, so that it can be shown.
  [[nodiscard]] bool holds() const { return !reversedBy; }
};

/// What the second person said of a change that waits for one (ChangeConfirmed).
struct Decision {
  Source source;
  schema::Outcome outcome;  // pass: it takes effect; reject: it never does
};

/// Whether the change that this is said of takes effect.
[[nodiscard]] inline bool isConfirmed(std::optional<Decision> const& decision) {
  return decision && decision->source.holds() && decision->outcome == schema::Outcome::PASS;
}

}  // namespace fundtrail::replay::facts

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <boost/container/small_vector.hpp>

#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/event.capnp.h"

namespace fundtrail::ledger::domain {

/// A natural person who holds keys; two keys of one person are one person.
enum class PersonIndex : std::uint32_t {};

/// One step of a project's, a payment's or a recovery's life: which event, by whom.
struct Step {
  EventNumber event;
  PersonIndex person;
  schema::Event::Which type;
  Date occurredOn;
  std::uint8_t before = 0;  // the stage that it led from, as its record numbers them: where a reversal leads back to
  friend bool operator==(Step const&, Step const&) = default;
};

/// The unreversed steps so far, oldest first. Separation of duties looks at the persons, a reversal at the last step.
using Chain = boost::container::small_vector<Step, 6>;

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "ledger/schema/values.capnp.h"

namespace fundtrail::ledger::simulation {

struct Person {
  schema::Role role;
  std::string_view id;  // Simulation::keyOf() has the key, of generation 0
};

/// One person of every role of the schema, in its order, who holds it when a simulated history ends and signs with a
/// first key: of a city's offices those of Guangzhou. For whoever looks at a simulated ledger through their eyes.
[[nodiscard]] std::span<Person const> oneOfEachRole();

}  // namespace fundtrail::ledger::simulation

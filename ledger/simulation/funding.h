// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// Policies, cities and tranches from the programme's files; what each city receives, its plan, and how it divides the
/// money. Done before the first project begins in April 2024.
void planFunding(World& world);

}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// Clause （五）: each city registers its assessor and its providers, and lists the providers and their products. Done
/// before the first project begins in April 2024.
void planCatalogue(World& world);

}  // namespace fundtrail::ledger::simulation

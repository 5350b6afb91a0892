// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// What ends: each quarter is closed some weeks after its last day; each spring the province evaluates the cities; in
/// 2026 it settles with some of them, who then get what is due or give back what is too much.
void planClosing(World& world);

}  // namespace fundtrail::ledger::simulation

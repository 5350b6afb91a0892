// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// 追回 of money that was paid, some weeks from now: all of it or a part; at once, or in two parts of which the
/// province may waive the second; to be used again, or paid back to the treasury.
void planRecovery(World& world, City& city, Project& project);

}  // namespace fundtrail::ledger::simulation

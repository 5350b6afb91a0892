// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/simulation/world.h"

// Keys and roles: proposed by one security administrator, confirmed by the other on the next working day.

namespace fundtrail::ledger::simulation {

/// Everyone gets a key, then a role. Done on the fourth working day.
void enrolStaff(World& world);

/// A witness is enrolled; a key is replaced, another is lost; a clerk leaves, and another is promoted to a reviewer's
/// desk. In the end those get keys who have watched until then: a county's clerk, an enterprise's, an expert.
void planStaffChanges(World& world);

}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/simulation/world.h"

// Keys and roles: proposed by one security administrator, confirmed by the other on the next working day.

namespace fundtrail::ledger::simulation {

/// Everyone gets a key, then a role. Done on the fourth working day.
void enrolStaff(World& world);

/// Puts down the replacement of an official's key: the new one is confirmed before the old one is revoked, so that work
/// goes on.
void replaceKeyOn(World& world, domain::Date day, OfficialIndex official);

}  // namespace fundtrail::ledger::simulation

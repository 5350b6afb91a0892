// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ledger/simulation/world.h"

// What takes effect only when a second person confirms it.

namespace fundtrail::ledger::simulation {

/// Confirms a change that another person wrote down on an earlier day.
void confirm(World& world, OfficialIndex second, Written const& change);

/// 红字冲销 of an event of an earlier day: written today, confirmed on the next working day.
void reverse(World& world, City const& city, Written const& wrong, std::string_view reason);

/// The enterprise moves to another account: written today, confirmed on the next working day, used from the day after.
void changeAccount(World& world, City const& city, Project& project, OfficialIndex author);

}  // namespace fundtrail::ledger::simulation

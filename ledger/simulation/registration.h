// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// Registers a company with its account. `region` is the city, or the county, that it belongs to.
void registerOrganisation(World& world, OfficialIndex author, Enterprise const& company, schema::OrganisationKind kind,
                          domain::CityCode region);

}  // namespace fundtrail::ledger::simulation

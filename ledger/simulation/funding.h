// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// Money that the province announces after its first tranche.
struct Issue {
  std::string_view number;
  schema::TrancheKind kind;
  schema::GovernmentLevel level = schema::GovernmentLevel::PROVINCE;
  domain::Fen amount;
};
/// Issues it today; the city has it in the second week after.
void issue(World& world, City& city, Issue const& what);

/// Takes back what is still available for reform, held by the city.
void recall(World& world, City& city, std::string_view number, domain::Fen amount);

/// Policies, cities and tranches from the programme's files; what each city receives, its plan, and how it divides the
/// money. Done before the first project begins in April 2024.
void planFunding(World& world);

}  // namespace fundtrail::ledger::simulation

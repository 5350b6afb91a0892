// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/world.h"

#include "ledger/domain/read.h"

namespace fundtrail::ledger::simulation {

domain::Date firstDay() {
  return domain::checked(domain::Date::fromNumber(20240102));
}

domain::Date lastDay() {
  return domain::checked(domain::Date::fromNumber(20260717));
}

World::World(Plan const& plan, Founding const& founding, Desk::Sink const& sink)
    : seed(plan.seed),
      random(plan.seed, "history"),
      numbers(plan.seed),
      staff(plan),
      cities(planCities(plan.enterprises, staff, numbers, random)),
      agenda(firstDay(), lastDay()),
      desk(plan, founding, staff, sink) {}

}  // namespace fundtrail::ledger::simulation

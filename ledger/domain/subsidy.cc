// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/subsidy.h"

#include <algorithm>

#include "ledger/domain/eligible_cost.h"

namespace fundtrail::ledger::domain {

namespace {

std::uint8_t levelThatCounts(Project const& project, bool planned, std::uint8_t stated) {
  if (project.purpose != schema::Purpose::REFORM) return 1;
  return planned ? stated : project.level;
}

}  // namespace

Subsidy subsidyOf(State const& state, Project const& project, std::uint8_t stated, Date day) {
  bool const planned = project.isPaidInAdvance() && !project.award;
  auto const* const city = state.cities.find(project.city);
  auto const* const plan = city ? city->planFor(project.purpose, day) : nullptr;
  Subsidy subsidy{planned, levelThatCounts(project, planned, stated), plan, {}, project.eligible, {}, {}};
  if (planned) subsidy.cost = plannedCost(state, project, plan);
  if (!plan) return subsidy;
  subsidy.cap = plan->capFor(subsidy.level);
  if (subsidy.cost) subsidy.portion = share(*subsidy.cost, plan->rate, Rounding::down);
  if (subsidy.portion && subsidy.cap) subsidy.amount = std::min(*subsidy.portion, *subsidy.cap);
  return subsidy;
}

}  // namespace fundtrail::ledger::domain

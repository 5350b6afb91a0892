// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/eligible_cost.h"

namespace fundtrail::ledger::domain {

namespace {

using C = schema::CostCategory;

constexpr CategorySet kOfTheNotice{C::SOFTWARE,
                                   C::CLOUD_SERVICE,
                                   C::GATEWAY,
                                   C::ROUTER,
                                   C::SENSOR,
                                   C::LARGE_MODEL_APPLIANCE,
                                   C::INDUSTRIAL_CONTROL_SYSTEM,
                                   C::FIREWALL,
                                   C::OTHER_NECESSARY_EQUIPMENT};

}  // namespace

bool isEligible(schema::CostCategory category, schema::Purpose purpose, PurposePlan const* plan) {
  bool const listed = plan && plan->categories.contains(category);
  if (purpose != schema::Purpose::REFORM) return listed;
  bool const narrowed = plan && !plan->categories.isEmpty();
  return kOfTheNotice.contains(category) && (listed || !narrowed);
}

std::optional<Fen> eligibleCost(capnp::List<schema::CostLine>::Reader lines, schema::Purpose purpose,
                                PurposePlan const* plan) {
  std::optional<Fen> total = Fen();
  for (auto const line : lines) {
    if (!isEligible(line.getCategory(), purpose, plan)) continue;
    auto const net = Fen::from(line.getNetFen());
    if (!net) return std::nullopt;
    total = total->plus(*net);
    if (!total) return std::nullopt;
  }
  return total;
}

std::optional<Fen> plannedCost(State const& state, Project const& project, PurposePlan const* plan) {
  std::optional<Fen> total = Fen();
  for (auto const& ref : project.contracts) {
    for (auto const& line : state.contracts.find(ref)->lines) {
      if (!isEligible(line.category, project.purpose, plan)) continue;
      total = total->plus(line.net);
      if (!total) return std::nullopt;
    }
  }
  return total;
}

}  // namespace fundtrail::ledger::domain

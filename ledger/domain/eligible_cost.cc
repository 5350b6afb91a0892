// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/eligible_cost.h"

namespace fundtrail::ledger::domain {

bool isEligible(schema::CostCategory category) {
  using C = schema::CostCategory;
  switch (category) {
    case C::SOFTWARE:
    case C::CLOUD_SERVICE:
    case C::GATEWAY:
    case C::ROUTER:
    case C::SENSOR:
    case C::LARGE_MODEL_APPLIANCE:
    case C::INDUSTRIAL_CONTROL_SYSTEM:
    case C::FIREWALL:
    case C::OTHER_NECESSARY_EQUIPMENT: return true;
    default: return false;
  }
}

std::optional<Fen> eligibleCost(capnp::List<schema::CostLine>::Reader lines) {
  std::optional<Fen> total = Fen();
  for (auto const line : lines) {
    if (!isEligible(line.getCategory())) continue;
    auto const net = Fen::from(line.getNetFen());
    if (!net) return std::nullopt;
    total = total->plus(*net);
    if (!total) return std::nullopt;
  }
  return total;
}

}  // namespace fundtrail::ledger::domain

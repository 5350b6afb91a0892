// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/payable.h"

#include <algorithm>

#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

Fen payable(State const& state, Award const& award, Date day) {
  auto const& project = *state.projects.find(award.project);
  if (award.withdrawn || project.stage == ProjectStage::rejected) return award.requested();
  if (!project.isPaidInAdvance()) return award.amount;
  if (project.stage == ProjectStage::proposed) return std::min(award.amount, project.subsidy);
  return payableInAdvance(state, award, day);
}

Fen payableInAdvance(State const& state, Award const& award, Date day) {
  auto const& project = *state.projects.find(award.project);
  auto const* const city = state.cities.find(award.city);  // none where only some events count (projections, by date)
  auto const* const plan = city ? city->planFor(award.purpose, day) : nullptr;
  if (!plan) return Fen();
  return checked(share(award.amount,
                       project.mode == schema::SupportMode::BEFORE ? plan->beforeShare : plan->duringShare,
                       Rounding::down));
}

}  // namespace fundtrail::ledger::domain

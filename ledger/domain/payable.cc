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
  auto const* const plan = state.cities.find(award.city)->planFor(award.purpose, day);
  if (!plan) return Fen();
  return checked(share(award.amount,
                       project.mode == schema::SupportMode::BEFORE ? plan->beforeShare : plan->duringShare,
                       Rounding::down));
}

}  // namespace fundtrail::ledger::domain

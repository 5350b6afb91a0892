// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/next_step.h"

#include <algorithm>
#include <array>

#include "crypto/ensure.h"
#include "ledger/domain/payable.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;
using S = ProjectStage;

constexpr auto kProjectSteps =
    std::to_array({E::APPLICATION_SUBMITTED, E::APPLICATION_REVIEWED, E::SITE_CHECKED, E::COST_VERIFIED,
                   E::PROJECT_ACCEPTED, E::SUBSIDY_PROPOSED, E::AWARD_APPROVED});
constexpr auto kPaymentSteps = std::to_array(
    {E::PAYMENT_REVIEWED, E::PAYMENT_APPROVED, E::PAYMENT_INSTRUCTED, E::PAYMENT_SETTLED, E::PAYMENT_RETURNED});

/// A reform project is accepted at the level that an assessor found after it (rule P1).
bool lacksItsAssessment(Project const& project) {
  return project.purpose == schema::Purpose::REFORM && project.stage == S::costVerified &&
         !project.assessment(schema::AssessmentStage::AFTER_REFORM);
}

}  // namespace

ProjectStage dueStage(E type, Project const& project) {
  bool const secondRound = project.isPaidInAdvance() && project.award;
  bool const firstRound = project.isPaidInAdvance() && !project.award;
  switch (type) {
    case E::APPLICATION_SUBMITTED: return S::enrolled;
    case E::APPLICATION_REVIEWED: return S::submitted;
    case E::SITE_CHECKED: return secondRound ? S::awarded : S::reviewed;
    case E::COST_VERIFIED: return firstRound ? S::awarded : S::siteChecked;
    case E::PROJECT_ACCEPTED: return S::costVerified;
    case E::SUBSIDY_PROPOSED: return firstRound ? S::siteChecked : S::accepted;
    case E::AWARD_APPROVED: return S::publicityClosed;
    default: crypto::abortOnBug("only steps of a project have a stage that is due");
  }
}

std::optional<PaymentStage> dueStage(E type) {
  switch (type) {
    case E::PAYMENT_REVIEWED: return PaymentStage::requested;
    case E::PAYMENT_APPROVED: return PaymentStage::reviewed;
    case E::PAYMENT_INSTRUCTED: return PaymentStage::approved;
    case E::PAYMENT_SETTLED:
    case E::PAYMENT_RETURNED: return PaymentStage::instructed;
    default: return std::nullopt;
  }
}

NextSteps nextSteps(State const& state, Project const& project, Date day) {
  auto const* const award = project.award ? state.awards.find(*project.award) : nullptr;
  if (award && award->withdrawn) return {};
  NextSteps steps;
  if (lacksItsAssessment(project)) {
    steps.push_back(E::LEVEL_ASSESSED);
  } else {
    std::ranges::copy_if(kProjectSteps, std::back_inserter(steps),
                         [&](E type) { return dueStage(type, project) == project.stage; });
  }
  if (project.stage == S::proposed && !award) steps.push_back(E::PUBLICITY_OPENED);
  if (award && payable(state, *award, day) > award->requested()) {
    steps.push_back(E::PAYMENT_REQUESTED);
  }
  return steps;
}

NextSteps nextSteps(Payment const& payment) {
  NextSteps steps;
  std::ranges::copy_if(kPaymentSteps, std::back_inserter(steps),
                       [&](E type) { return dueStage(type) == payment.stage; });
  return steps;
}

}  // namespace fundtrail::ledger::domain

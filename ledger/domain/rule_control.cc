// SPDX-License-Identifier: Apache-2.0
// X1, X3: what stops everything else.

#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

/// Steps that bring money nearer to a payee. What has left already, comes back or is cancelled is recorded as it is.
bool bringsMoneyNearer(E type) {
  return type == E::AWARD_APPROVED || type == E::PAYMENT_REQUESTED || type == E::PAYMENT_APPROVED ||
         type == E::PAYMENT_INSTRUCTED;
}

/// 禁入: a penalty keeps an organisation out of the programme for a time. Judged on the business date, and on the day
/// of acceptance: a date set back lets nobody in.
Objection isNotBanned(Judgement const& judgement, Uscc const& uscc) {
  auto const* const organisation = judgement.state.organisations.find(uscc);
  for (auto const day : {judgement.occurredOn, judgement.context.acceptedAt.businessDate()}) {
    if (!organisation || !organisation->isBannedOn(day)) continue;
    return Text{fmt::format("{} 在 {} 处于禁入期", uscc.text(), day.text()),
                fmt::format("{} is banned on {}", uscc.text(), day.text())};
  }
  return std::nullopt;
}

/// 第三方运作机构: what an assessor found whose fraud is confirmed counts for nothing.
Objection assessorIsClean(Judgement const& judgement, Uscc const& uscc) {
  auto const* const assessor = judgement.state.organisations.find(uscc);
  if (!assessor || assessor->confirmedFrauds == 0) return std::nullopt;
  return Text{fmt::format("评测机构 {} 有已查实、未结案的骗补问题", uscc.text()),
              fmt::format("a finding of fraud against the assessor {} is confirmed and not closed", uscc.text())};
}

}  // namespace

Objection nothingGoesToFraud(Judgement const& judgement) {
  auto const* const project = judgement.subject.project;
  if (judgement.event.isLevelAssessed()) {
    auto const assessor = readUscc(judgement.event.getLevelAssessed().getAssessor());
    if (auto objection = isNotBanned(judgement, assessor)) return objection;
    return assessorIsClean(judgement, assessor);
  }
  if (judgement.event.isProjectAccepted() && project &&
      judgement.event.getProjectAccepted().getOutcome() == schema::Outcome::PASS) {
    auto const* const assessment = project->assessment(schema::AssessmentStage::AFTER_REFORM);
    return assessment ? assessorIsClean(judgement, assessment->assessor) : std::nullopt;
  }
  if (judgement.event.isProjectEnrolled()) {
    return isNotBanned(judgement, readUscc(judgement.event.getProjectEnrolled().getEnterprise()));
  }
  if (!bringsMoneyNearer(judgement.event.which()) || !project) return std::nullopt;
  auto const* const enterprise = judgement.state.organisations.find(project->enterprise);
  if (project->confirmedFrauds == 0 && (!enterprise || enterprise->confirmedFrauds == 0)) return std::nullopt;
  return Text{fmt::format("企业 {} 或其项目有已查实、未结案的骗补问题", project->enterprise.text()),
              fmt::format("a finding of fraud against {} or its project is confirmed and not closed",
                          project->enterprise.text())};
}

Objection periodIsOpen(Judgement const& judgement) {
  auto const* const closed = judgement.state.closedPeriod(judgement.subject.region, judgement.occurredOn);
  if (!closed) return std::nullopt;
  return Text{fmt::format("业务日期 {} 在已结账期间 {} 至 {} 内", judgement.occurredOn.text(), closed->from.text(),
                          closed->to.text()),
              fmt::format("dated {}, inside the closed period {} to {}", judgement.occurredOn.text(),
                          closed->from.text(), closed->to.text())};
}

}  // namespace fundtrail::ledger::domain

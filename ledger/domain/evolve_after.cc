// SPDX-License-Identifier: Apache-2.0
// Findings and what becomes of them.

#include <algorithm>

#include "ledger/domain/evolution.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

void Evolution::raiseFinding(schema::FindingRaised::Reader body) {
  Finding finding{subject_.region, subject_.projectRef, {}, body.getFraud(), occurredOn()};
  for (auto const subject : body.getSubjects()) {
    auto const uscc = readUscc(subject.getUscc());
    if (std::ranges::find(finding.subjects, uscc) == finding.subjects.end()) finding.subjects.push_back(uscc);
  }
  state_.findings.insert(context_.ref, std::move(finding));
}

void Evolution::verifyRectification(schema::RectificationVerified::Reader body) {
  auto& finding = state_.findings.edit(*subject_.findingRef);
  if (body.getConclusion() == schema::Conclusion::CONFIRMED) {
    finding.stage = FindingStage::confirmed;
    countFraud(finding, Sign::plus);
    countProven(finding, Sign::plus);
  } else {
    if (finding.stage == FindingStage::confirmed) {
      countFraud(finding, Sign::minus);
      if (body.getConclusion() == schema::Conclusion::DISMISSED) countProven(finding, Sign::minus);
    }
    if (body.getConclusion() == schema::Conclusion::DISMISSED) {
      for (auto const& subject : finding.subjects) {
        std::erase_if(state_.organisations.edit(subject).bans,
                      [&](Ban const& ban) { return ban.finding == *subject_.findingRef; });
      }
    }
    finding.stage = FindingStage::closed;
  }
}

void Evolution::countProven(Finding const& finding, Sign sign) {
  if (!finding.isFraud() || !finding.project) return;
  auto& frauds = state_.projects.edit(*finding.project).provenFrauds;
  frauds = sign == Sign::plus ? frauds + 1 : frauds - 1;
}

void Evolution::countFraud(Finding const& finding, Sign sign) {
  if (!finding.isFraud()) return;
  auto const count = [sign](std::uint32_t& frauds) { frauds = sign == Sign::plus ? frauds + 1 : frauds - 1; };
  for (auto const& subject : finding.subjects) count(state_.organisations.edit(subject).confirmedFrauds);
  if (finding.project) count(state_.projects.edit(*finding.project).confirmedFrauds);
}

}  // namespace fundtrail::ledger::domain

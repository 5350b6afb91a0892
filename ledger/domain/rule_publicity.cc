// SPDX-License-Identifier: Apache-2.0
// A3: publicity runs its working days, and no objection is left open.

#include <fmt/format.h>

#include "ledger/domain/calendar.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"

namespace fundtrail::ledger::domain {

namespace {

Objection runsItsWorkingDays(Judgement const& judgement) {
  auto const body = judgement.event.getPublicityOpened();
  if (!judgement.subject.city) return std::nullopt;
  auto const opens = readDate(body.getOpensOn());
  auto const closes = readDate(body.getClosesOn());
  if (opens < judgement.occurredOn) {
    return Text{
        fmt::format("公示自 {} 起，早于业务日期 {}", opens.text(), judgement.occurredOn.text()),
        fmt::format("published from {}, before the business date {}", opens.text(), judgement.occurredOn.text())};
  }
  auto const needed = judgement.subject.city->publicityWorkingDays(judgement.occurredOn);
  if (needed == 0) {
    return Text{"该市实施方案未规定公示工作日数，请先备案", "the city's plan does not say how long publicity runs"};
  }
  auto const days = workingDaysBetween(opens, closes);
  if (!days) {
    return Text{fmt::format("尚无 {} 至 {} 的节假日安排", opens.text(), closes.text()),
                fmt::format("the holidays between {} and {} are not known yet", opens.text(), closes.text())};
  }
  if (*days >= needed) return std::nullopt;
  return Text{
      fmt::format("{} 至 {} 共 {} 个工作日，方案规定不少于 {} 个", opens.text(), closes.text(), *days, needed),
      fmt::format("{} to {} has {} working days, the plan asks for {}", opens.text(), closes.text(), *days, needed)};
}

}  // namespace

Objection publicityRanAndNobodyObjects(Judgement const& judgement) {
  if (judgement.event.isPublicityOpened()) return runsItsWorkingDays(judgement);
  if (!judgement.event.isAwardApproved() || !judgement.subject.project) return std::nullopt;
  auto const open = judgement.subject.project->openObjections;
  if (open == 0) return std::nullopt;
  return Text{fmt::format("该项目有 {} 件异议未办结", open),
              fmt::format("{} objections to the project are not resolved", open)};
}

}  // namespace fundtrail::ledger::domain

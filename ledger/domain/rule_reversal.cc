// SPDX-License-Identifier: Apache-2.0
// X2: a reversal (红字冲销) takes back exactly one event, which nothing later rests on.

#include <algorithm>

#include <fmt/format.h>

#include "ledger/domain/authority.h"
#include "ledger/domain/payable.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"
#include "ledger/schema/names.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

Reason isReversed() {
  return {{"该事件已经冲销", "it is reversed already"}, Text{"不必再次冲销", "There is nothing left to reverse"}};
}

Text byALaterEvent() {
  return {"请以后续事件更正", "Correct it by a later event"};
}

/// What was done last stands in the way.
Reason follows(Step const& step) {
  auto const zh = schema::eventTypeTitle(step.type, schema::Language::zh);
  auto const en = schema::eventTypeName(step.type);
  if (!reversingRoles(step.type)) {
    return {{fmt::format("其后已有“{}”（事件 {}），不能再冲销", zh, step.event.text()),
             fmt::format("{} (event {}) follows it, and is never reversed", en, step.event.text())},
            byALaterEvent()};
  }
  return Text{fmt::format("其后已有“{}”（事件 {}）", zh, step.event.text()),
              fmt::format("{} (event {}) follows it", en, step.event.text())};
}

Objection isLastStep(Chain const& chain, EventNumber number) {
  if (std::ranges::find(chain, number, &Step::event) == chain.end()) return isReversed();
  if (chain.back().event == number) return std::nullopt;
  return follows(chain.back());
}

Text isWithdrawn() {
  return {"奖补已经撤销，请先冲销撤销", "the award is withdrawn: reverse the withdrawal first"};
}

Objection awardIsUntouched(Subject const& subject, EventNumber number) {
  if (auto objection = isLastStep(subject.project->steps, number)) return objection;
  auto const requested = subject.award->requested();
  if (requested.isZero()) return std::nullopt;
  return Text{fmt::format("已申请拨付 {} 元，请先冲销支付，再取消申请", formatYuan(requested)),
              fmt::format("{} yuan of it are requested or paid: reverse the payment, then cancel the request",
                          formatYuan(requested))};
}

/// A second proposal sets free what may not be paid in advance.
Objection proposalIsUnpaid(Judgement const& judgement) {
  auto const& subject = judgement.subject;
  if (auto objection = isLastStep(subject.project->steps, subject.reversed->context.number)) return objection;
  auto const* const award = subject.project->award ? judgement.state.awards.find(*subject.project->award) : nullptr;
  if (!award) return std::nullopt;
  auto const inAdvance = payableInAdvance(judgement.state, *award, judgement.occurredOn);
  if (award->requested() <= inAdvance) return std::nullopt;
  return Text{fmt::format("已申请拨付 {} 元，没有该测算只能拨付 {} 元，请先取消或冲销多出的拨付",
                          formatYuan(award->requested()), formatYuan(inAdvance)),
              fmt::format("{} yuan are requested or paid, without it only {} yuan may be: cancel or reverse the rest "
                          "first",
                          formatYuan(award->requested()), formatYuan(inAdvance))};
}

/// Money that was ordered or received back cannot cease to have been paid.
Objection paidMoneyIsFree(Subject const& subject) {
  auto const& award = *subject.award;
  if (award.withdrawn) return isWithdrawn();  // the rest was set free because this part was paid
  bool enough = award.paid() - award.recovered() - award.recoveryOrdered >= subject.payment->amount;
  for (auto const& draw : subject.payment->draws) {
    auto const* const paid = award.find(draw.tranche, draw.county);
    enough = enough && paid && paid->paid - paid->recovered >= draw.amount;
  }
  if (enough) return std::nullopt;
  auto const claimed = award.recovered() + award.recoveryOrdered;
  return Text{
      fmt::format("已支付 {} 元，其中已责令追回 {} 元，请先冲销追回", formatYuan(award.paid()), formatYuan(claimed)),
      fmt::format("{} of the {} yuan paid are ordered or received back: reverse the recovery first",
                  formatYuan(claimed), formatYuan(award.paid()))};
}

Objection publicityIsUntouched(Judgement const& judgement, EventNumber number, bool isOpening) {
  auto const& publicity = *judgement.subject.publicity;
  if (isOpening ? publicity.withdrawn : publicity.closedBy != number) return isReversed();
  bool isObjectedTo = false;
  judgement.state.objections.visit([&](EventRef const&, PublicityObjection const& objection) {
    isObjectedTo = isObjectedTo || (objection.open && objection.publicity == *judgement.subject.publicityRef);
  });
  if (isOpening && isObjectedTo) {
    return Reason({"对该公示的异议尚未办结", "an objection to the publicity is open"},
                  Text{"请先办结异议", "Resolve the objection first"});
  }
  for (auto const& ref : publicity.projects) {
    auto const& project = *judgement.state.projects.find(ref);
    // A project that an objection took out of the list before it closed has no part in the closing.
    if (std::ranges::find(project.steps, number, &Step::event) == project.steps.end()) continue;
    if (auto objection = isLastStep(project.steps, number)) return objection;
  }
  return std::nullopt;
}

/// A payment that was cancelled is requested again, and the award must still have room for it.
Objection paymentMayRiseAgain(Judgement const& judgement, EventNumber number) {
  auto const& payment = *judgement.subject.payment;
  auto const& award = *judgement.subject.award;
  if (auto objection = isLastStep(payment.steps, number)) return objection;
  if (payment.stage != PaymentStage::cancelled) return std::nullopt;
  if (award.withdrawn) return isWithdrawn();
  auto const noRoom = [](Fen rest, Fen amount) {
    return Text{fmt::format("奖补目前可付余额 {} 元，恢复该申请需 {} 元", formatYuan(rest), formatYuan(amount)),
                fmt::format("{} yuan of the award are payable now, the request would take {} yuan again",
                            formatYuan(rest), formatYuan(amount))};
  };
  auto const rest = payable(judgement.state, award, judgement.occurredOn) - award.requested();
  if (rest < payment.amount) return noRoom(rest, payment.amount);
  for (auto const& draw : payment.draws) {
    auto const* const reserved = award.find(draw.tranche, draw.county);
    auto const free = reserved ? reserved->amount - reserved->requested : Fen();
    if (free < draw.amount) return noRoom(free, draw.amount);
  }
  return std::nullopt;
}

/// A statement is taken back as long as nothing was built on it.
Objection statementIsUntouched(Judgement const& judgement) {
  auto const& statement = *judgement.subject.statement;
  auto const& imported = judgement.state.accountBooks.find(statement.account)->statements;
  if (std::ranges::find(imported, *judgement.subject.statementRef) == imported.end()) return isReversed();
  if (imported.back() != *judgement.subject.statementRef) {
    auto const last = judgement.state.statements.find(imported.back())->event.text();
    return Text{fmt::format("该账户其后又导入了对账单（事件 {}），请先冲销", last),
                fmt::format("a later statement of the account (event {}) follows it: reverse that first", last)};
  }
  auto const settled = std::ranges::find_if_not(statement.lines, &StatementLine::isOpen);
  if (settled == statement.lines.end()) return std::nullopt;
  return Text{fmt::format("第 {} 行（从 0 起）已由事件 {} 匹配或说明，请先冲销", settled - statement.lines.begin(),
                          settled->settledBy->text()),
              fmt::format("line {} (counted from 0) is matched or explained by event {}: reverse that first",
                          settled - statement.lines.begin(), settled->settledBy->text())};
}

Objection lineIsStillSettledBy(Subject const& subject, std::uint32_t line, EventNumber number) {
  auto const& lines = subject.statement->lines;
  if (line < lines.size() && lines[line].settledBy == number) return std::nullopt;
  return isReversed();
}

Objection isUnmatched(Judgement const& judgement, EventNumber number) {
  auto const* const matched = judgement.state.matched.find(number);
  if (!matched || !*matched) return std::nullopt;
  return Reason({"该事件已与对账单匹配", "a statement's line stands for it"},
                Text{"请先冲销匹配", "Reverse the match first"});
}

/// Money that was issued in settlement rests on it.
Objection settlementIsUnused(Judgement const& judgement, EventNumber number) {
  auto const& settlement = judgement.subject.city->settlement;
  if (!settlement || settlement->event != number) return isReversed();
  auto const city = readRegion(
      schema::Message<schema::Event>(judgement.subject.reversed->bytes.bytes()).root().getFinalSettlement().getCity());
  Fen issued;
  judgement.state.tranches.visit([&](EventRef const&, Tranche const& tranche) {
    if (tranche.city == city && tranche.kind == schema::TrancheKind::FINAL_SETTLEMENT) issued += tranche.issued;
  });
  if (issued.isZero()) return std::nullopt;
  return Reason({fmt::format("已下达清算资金 {} 元", formatYuan(issued)),
                 fmt::format("{} yuan were issued in settlement", formatYuan(issued))},
                Text{"请先将清算资金调减为零", "Lower the tranches of the settlement to nothing first"});
}

Objection canBeTakenBack(Judgement const& judgement) {
  auto const& subject = judgement.subject;
  if (!subject.reversed || !subject.missing.empty()) return std::nullopt;  // rule E3
  schema::Message<schema::Event> const target(subject.reversed->bytes.bytes());
  auto const type = target.root().which();
  auto const number = subject.reversed->context.number;
  if (auto objection = isUnmatched(judgement, number)) return objection;
  switch (type) {
    case E::TRANCHE_RECEIVED:
    case E::TRANCHE_SPLIT:
    case E::TRANCHE_ADJUSTED:
    case E::TRANCHE_RECALLED: {
      auto const& moves = subject.tranche->moves;
      if (std::ranges::find(moves, number) == moves.end()) return isReversed();
      return std::nullopt;
    }
    case E::FINAL_SETTLEMENT: return settlementIsUnused(judgement, number);
    case E::CONTRACT_FILED:
      if (subject.contract->withdrawn) return isReversed();
      if (!subject.contract->enrolled) return std::nullopt;
      return Text{"合同已属于一个项目，请先冲销项目入库",
                  "a project rests on the contract: reverse its enrolment first"};
    case E::PROJECT_ENROLLED:
    case E::APPLICATION_SUBMITTED:
    case E::APPLICATION_REVIEWED:
    case E::LEVEL_ASSESSED:
    case E::SITE_CHECKED:
    case E::COST_VERIFIED:
    case E::PROJECT_ACCEPTED:
    case E::AWARD_WITHDRAWN: return isLastStep(subject.project->steps, number);
    case E::SUBSIDY_PROPOSED: return proposalIsUnpaid(judgement);
    case E::PUBLICITY_OPENED:
    case E::PUBLICITY_CLOSED: return publicityIsUntouched(judgement, number, type == E::PUBLICITY_OPENED);
    case E::AWARD_APPROVED: return awardIsUntouched(subject, number);
    case E::PAYMENT_REVIEWED:
    case E::PAYMENT_CANCELLED: return paymentMayRiseAgain(judgement, number);
    case E::PAYMENT_SETTLED:
      if (auto objection = isLastStep(subject.payment->steps, number)) return objection;
      return paidMoneyIsFree(subject);
    case E::PAYMENT_APPROVED:
    case E::PAYMENT_INSTRUCTED:
    case E::PAYMENT_RETURNED: return isLastStep(subject.payment->steps, number);
    case E::RECOVERY_ORDERED:
    case E::RECOVERY_RECEIVED: return isLastStep(subject.recovery->steps, number);
    case E::STATEMENT_IMPORTED: return statementIsUntouched(judgement);
    case E::LINE_MATCHED: return lineIsStillSettledBy(subject, target.root().getLineMatched().getLine(), number);
    case E::LINE_EXPLAINED: return lineIsStillSettledBy(subject, target.root().getLineExplained().getLine(), number);
    default:  // those without reversing roles (authority.h)
      return Reason({fmt::format("“{}”不能冲销", schema::eventTypeTitle(type, schema::Language::zh)),
                     fmt::format("{} is never reversed", schema::eventTypeName(type))},
                    byALaterEvent());
  }
}

}  // namespace

Objection reversalIsPossible(Judgement const& judgement) {
  if (judgement.event.isEventReversed()) return canBeTakenBack(judgement);
  // The second person's confirmation is what takes effect, and the world may have moved on since the first signed.
  if (judgement.event.isChangeConfirmed() &&
      judgement.event.getChangeConfirmed().getOutcome() == schema::Outcome::PASS) {
    return canBeTakenBack(judgement);
  }
  return std::nullopt;
}

}  // namespace fundtrail::ledger::domain

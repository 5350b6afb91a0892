// SPDX-License-Identifier: Apache-2.0
// X2: a reversal (红字冲销) takes back exactly one event, which nothing later rests on.

#include <algorithm>

#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"
#include "ledger/schema/names.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

Text restsOn() {
  return {"其后的事件依赖被冲销事件，或该事件已被冲销", "later events rest on it, or it has been reversed already"};
}

Objection isLastStep(Chain const* chain, EventNumber number) {
  if (chain && !chain->empty() && chain->back().event == number) return std::nullopt;
  return restsOn();
}

Objection awardIsUntouched(Subject const& subject, EventNumber number) {
  auto const* const award = subject.award;
  if (!award || award->withdrawn || !award->requested().isZero()) return restsOn();
  return isLastStep(&subject.project->steps, number);
}

/// Money that was ordered or received back cannot cease to have been paid.
Objection paidMoneyIsFree(Subject const& subject) {
  auto const& award = *subject.award;
  if (award.withdrawn) return restsOn();  // the rest was set free because this part was paid
  if (award.paid() - award.recovered() - award.recoveryOrdered < subject.payment->amount) return restsOn();
  for (auto const& draw : subject.payment->draws) {
    auto const* const paid = award.find(draw.tranche, draw.county);
    if (!paid || paid->paid - paid->recovered < draw.amount) return restsOn();
  }
  return std::nullopt;
}

Objection publicityIsUntouched(Judgement const& judgement, EventNumber number) {
  auto const& publicity = *judgement.subject.publicity;
  if (publicity.withdrawn) return restsOn();
  bool touched = false;
  bool found = false;
  for (auto const& ref : publicity.projects) {
    auto const& project = *judgement.state.projects.find(ref);
    if (project.openObjections > 0) return restsOn();
    bool const isLast = !project.steps.empty() && project.steps.back().event == number;
    found = found || isLast;
    touched = touched || !isLast;
  }
  return found && !touched ? std::nullopt : Objection(restsOn());
}

/// A payment that was cancelled is requested again, and the award must still have room for it.
Objection paymentMayRiseAgain(Subject const& subject, EventNumber number) {
  if (auto objection = isLastStep(&subject.payment->steps, number)) return objection;
  if (subject.payment->stage != PaymentStage::cancelled) return std::nullopt;
  if (subject.award->withdrawn) return restsOn();
  for (auto const& draw : subject.payment->draws) {
    auto const* const reserved = subject.award->find(draw.tranche, draw.county);
    if (!reserved || reserved->amount - reserved->requested < draw.amount) return restsOn();
  }
  return std::nullopt;
}

/// A line, or a whole statement, is taken back as long as nothing was built on it.
Objection statementIsUntouched(Judgement const& judgement) {
  auto const& statement = *judgement.subject.statement;
  auto const& book = *judgement.state.accountBooks.find(statement.account);
  bool const isLast = !book.statements.empty() && book.statements.back() == *judgement.subject.statementRef;
  if (isLast && std::ranges::all_of(statement.lines, &StatementLine::isOpen)) return std::nullopt;
  return restsOn();
}

Objection isUnmatched(Judgement const& judgement, EventNumber number) {
  auto const* const matched = judgement.state.matched.find(number);
  if (!matched || !*matched) return std::nullopt;
  return Text{"该事件已与对账单匹配，请先冲销匹配", "a statement's line stands for it: reverse the match first"};
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
      if (std::ranges::find(moves, number) == moves.end()) return restsOn();
      return std::nullopt;
    }
    case E::CONTRACT_FILED:
      if (subject.contract->enrolled || subject.contract->withdrawn) return restsOn();
      return std::nullopt;
    case E::PROJECT_ENROLLED:
    case E::APPLICATION_SUBMITTED:
    case E::APPLICATION_REVIEWED:
    case E::LEVEL_ASSESSED:
    case E::SITE_CHECKED:
    case E::COST_VERIFIED:
    case E::PROJECT_ACCEPTED:
    case E::SUBSIDY_PROPOSED: return isLastStep(&subject.project->steps, number);
    case E::PUBLICITY_OPENED:
    case E::PUBLICITY_CLOSED: return publicityIsUntouched(judgement, number);
    case E::AWARD_APPROVED: return awardIsUntouched(subject, number);
    case E::AWARD_WITHDRAWN: return isLastStep(&subject.project->steps, number);
    case E::PAYMENT_REVIEWED:
    case E::PAYMENT_CANCELLED: return paymentMayRiseAgain(subject, number);
    case E::PAYMENT_SETTLED:
      if (auto objection = isLastStep(&subject.payment->steps, number)) return objection;
      return paidMoneyIsFree(subject);
    case E::PAYMENT_APPROVED:
    case E::PAYMENT_INSTRUCTED:
    case E::PAYMENT_RETURNED: return isLastStep(&subject.payment->steps, number);
    case E::RECOVERY_ORDERED:
    case E::RECOVERY_RECEIVED: return isLastStep(&subject.recovery->steps, number);
    case E::STATEMENT_IMPORTED: return statementIsUntouched(judgement);
    case E::LINE_MATCHED: {
      auto const* const matched =
          subject.matched ? judgement.state.matched.find(subject.matched->context.number) : nullptr;
      if (!matched || !*matched) return restsOn();
      return std::nullopt;
    }
    case E::LINE_EXPLAINED: {
      auto const& lines = subject.statement->lines;
      auto const index = target.root().getLineExplained().getLine();
      return index < lines.size() && lines[index].explained ? std::nullopt : Objection(restsOn());
    }
    default:
      return Text{fmt::format("“{}”不能冲销，请以后续事件更正", schema::eventTypeTitle(type, schema::Language::zh)),
                  fmt::format("{} is corrected by a later event, not reversed", schema::eventTypeName(type))};
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

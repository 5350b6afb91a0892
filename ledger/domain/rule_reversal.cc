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

Objection canBeTakenBack(Subject const& subject) {
  if (!subject.reversed) return std::nullopt;  // rule E3
  schema::Message<schema::Event> const target(subject.reversed->bytes.bytes());
  auto const type = target.root().which();
  auto const number = subject.reversed->context.number;
  switch (type) {
    case E::TRANCHE_RECEIVED:
    case E::TRANCHE_SPLIT:
    case E::TRANCHE_ADJUSTED:
    case E::TRANCHE_RECALLED: {
      auto const& moves = subject.tranche->moves;
      if (std::ranges::find(moves, number) == moves.end()) return restsOn();
      return std::nullopt;
    }
    case E::AWARD_APPROVED: return awardIsUntouched(subject, number);
    case E::PAYMENT_SETTLED:
      if (auto objection = isLastStep(&subject.payment->steps, number)) return objection;
      return paidMoneyIsFree(subject);
    case E::PAYMENT_APPROVED:
    case E::PAYMENT_INSTRUCTED:
    case E::PAYMENT_RETURNED: return isLastStep(&subject.payment->steps, number);
    case E::RECOVERY_ORDERED:
    case E::RECOVERY_RECEIVED: return isLastStep(&subject.recovery->steps, number);
    default:
      return Text{fmt::format("“{}”不能冲销，请以后续事件更正", schema::eventTypeTitle(type, schema::Language::zh)),
                  fmt::format("{} is corrected by a later event, not reversed", schema::eventTypeName(type))};
  }
}

}  // namespace

Objection reversalIsPossible(Judgement const& judgement) {
  if (judgement.event.isEventReversed()) return canBeTakenBack(judgement.subject);
  // The second person's confirmation is what takes effect, and the world may have moved on since the first signed.
  if (judgement.event.isChangeConfirmed() &&
      judgement.event.getChangeConfirmed().getOutcome() == schema::Outcome::PASS) {
    return canBeTakenBack(judgement.subject);
  }
  return std::nullopt;
}

}  // namespace fundtrail::ledger::domain

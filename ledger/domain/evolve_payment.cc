// SPDX-License-Identifier: Apache-2.0
// From the award to the payee, and back.

#include "ledger/domain/evolution.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

void Evolution::requestPayment(schema::PaymentRequested::Reader body) {
  Payment payment{*subject_.awardRef, subject_.region, readAccount(body.getAccount()), readFen(body.getAmountFen())};
  for (auto const draw : body.getDraws()) {
    payment.draws.push_back({readRef(draw.getTranche()), draw.getCounty(), readFen(draw.getAmountFen())});
  }
  payment.steps.push_back(step(payment.stage));
  changeAward(payment.draws, &AwardDraw::requested, Sign::plus);
  award().payments.push_back(context_.ref);
  state_.payments.insert(context_.ref, std::move(payment));
}

void Evolution::changeAward(Draws const& draws, Fen AwardDraw::*part, Sign sign) {
  auto& record = award();
  for (auto const& draw : draws) {
    auto& amount = record.edit(draw.tranche, draw.county).*part;
    amount = sign == Sign::plus ? amount + draw.amount : amount - draw.amount;
  }
}

void Evolution::advancePayment(PaymentStage next) {
  auto& record = payment();
  record.steps.push_back(step(record.stage));
  record.stage = next;
  if (next == PaymentStage::settled) changeAward(record.draws, &AwardDraw::paid, Sign::plus);
  if (next == PaymentStage::cancelled) changeAward(record.draws, &AwardDraw::requested, Sign::minus);
}

void Evolution::orderRecovery(schema::RecoveryOrdered::Reader body) {
  auto const amount = readFen(body.getAmountFen());
  award().recoveryOrdered += amount;
  Recovery recovery{*subject_.awardRef, subject_.region, amount};
  recovery.steps.push_back(step(std::uint8_t{0}));
  state_.recoveries.insert(context_.ref, std::move(recovery));
}

void Evolution::receiveRecovery(schema::RecoveryReceived::Reader body, Sign sign) {
  auto const amount = readFen(body.getAmountFen());
  auto& record = recovery();
  auto& awarded = award();
  auto const change = [sign](Fen& part, Fen by) { part = sign == Sign::plus ? part + by : part - by; };
  change(record.received, amount);
  change(awarded.recoveryOrdered, -amount);
  for (auto const draw : body.getDraws()) {
    change(awarded.edit(readRef(draw.getTranche()), draw.getCounty()).recovered, readFen(draw.getAmountFen()));
  }
  if (sign == Sign::plus) record.steps.push_back(step(std::uint8_t{0}));
}

void Evolution::waiveRecovery(schema::RecoveryWaived::Reader body) {
  auto const amount = readFen(body.getAmountFen());
  recovery().waived += amount;
  auto waived = step(std::uint8_t{0});
  waived.type = schema::Event::Which::RECOVERY_WAIVED;  // it is the confirmation that takes effect
  recovery().steps.push_back(waived);
  award().recoveryOrdered -= amount;
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#include "ledger/planting/amounts.h"

#include <algorithm>

#include "ledger/domain/read.h"

namespace fundtrail::ledger::planting {

using domain::Fen;

Fen subsidyOn(Field const& field, Story const& story, Fen eligible) {
  auto const body = field.draft.event(story.proposed).getSubsidyProposed();
  auto const rate = domain::checked(domain::BasisPoints::from(body.getRateBp()));
  auto const share = domain::checked(domain::share(eligible, rate, domain::Rounding::down));
  return std::min(share, domain::readFen(body.getCapFen()));
}

domain::Fen subsidyOf(Field const& field, Story const& story) {
  return domain::readFen(field.draft.event(story.proposed).getSubsidyProposed().getSubsidyFen());
}

void setSubsidy(Field& field, Story const& story, Fen eligible, Fen subsidy) {
  auto& draft = field.draft;
  auto const more = subsidy - subsidyOf(field, story);
  auto const amount = subsidy.count();
  draft.edit(story.proposed, [eligible, amount](schema::Event::Builder event) {
    auto body = event.getSubsidyProposed();
    body.setEligibleFen(eligible.count());
    body.setSubsidyFen(amount);
  });
  draft.edit(story.publicity, [enrolled = draft.refOf(story.enrolled), amount, more](schema::Event::Builder event) {
    auto body = event.getPublicityOpened();
    for (auto entry : body.getEntries()) {
      if (domain::readRef(entry.asReader().getProject()) == enrolled) entry.setAmountFen(amount);
    }
    body.setTotalFen(body.getTotalFen() + more.count());
  });
  draft.edit(story.award, [amount](schema::Event::Builder event) {
    auto body = event.getAwardApproved();
    body.setAmountFen(amount);
    body.getDraws()[0].setAmountFen(amount);
  });
  auto const& payment = story.payment;
  draft.edit(payment.requested, [amount](schema::Event::Builder event) {
    auto body = event.getPaymentRequested();
    body.setAmountFen(amount);
    body.getDraws()[0].setAmountFen(amount);
  });
  draft.edit(*payment.approved,
             [amount](schema::Event::Builder event) { event.getPaymentApproved().setAmountFen(amount); });
  draft.edit(*payment.instructed,
             [amount](schema::Event::Builder event) { event.getPaymentInstructed().setAmountFen(amount); });
  draft.edit(*payment.settled,
             [amount](schema::Event::Builder event) { event.getPaymentSettled().setAmountFen(amount); });
  field.changeLine(
      field.cityOf(story), *payment.line, [amount](schema::StatementLine::Builder line) { line.setDebitFen(amount); },
      -more);
}

std::string enterpriseName(Field const& field, Story const& story) {
  return std::string(domain::textOf(field.draft.event(story.registered).getOrganisationRegistered().getName()));
}

}  // namespace fundtrail::ledger::planting

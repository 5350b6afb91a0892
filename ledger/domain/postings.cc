// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/postings.h"

#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

constexpr Pocket kUndivided{};

Posting move(EventRef const& tranche, Pocket const& pocket, Stage from, Stage to, Fen amount) {
  return {tranche, Place{pocket, from}, Place{pocket, to}, amount};
}

Postings moveDraws(Draws const& draws, schema::Purpose purpose, Stage from, Stage to) {
  Postings postings;
  for (auto const& draw : draws) postings.push_back(move(draw.tranche, {purpose, draw.county}, from, to, draw.amount));
  return postings;
}

Postings adjusted(schema::TrancheAdjusted::Reader body) {
  auto const change = readFen(body.getChangeFen());
  Place const issued{kUndivided, Stage::issued};
  if (change.isPositive()) return {{readRef(body.getTranche()), std::nullopt, issued, change}};
  return {{readRef(body.getTranche()), issued, std::nullopt, -change}};
}

Postings split(schema::TrancheSplit::Reader body) {
  return {{readRef(body.getTranche()), Place{{body.getFromPurpose(), body.getFromCounty()}, Stage::available},
           Place{{body.getPurpose(), body.getCounty()}, Stage::available}, readFen(body.getAmountFen())}};
}

Postings awarded(schema::AwardApproved::Reader body, Project const& project) {
  Postings postings;
  for (auto const draw : body.getDraws()) {
    postings.push_back(move(readRef(draw.getTranche()), {project.purpose, draw.getCounty()}, Stage::available,
                            Stage::reserved, readFen(draw.getAmountFen())));
  }
  return postings;
}

Postings withdrawn(Award const& award) {
  Postings postings;
  for (auto const& draw : award.draws) {
    auto const rest = draw.amount - draw.requested;
    if (rest.isZero()) continue;
    postings.push_back(move(draw.tranche, {award.purpose, draw.county}, Stage::reserved, Stage::available, rest));
  }
  return postings;
}

Postings recovered(schema::RecoveryReceived::Reader body, Award const& award) {
  auto const goesTo =
      body.getDisposition() == schema::Disposition::TREASURY ? Stage::returnedToTreasury : Stage::available;
  Postings postings;
  for (auto const draw : body.getDraws()) {
    auto const tranche = readRef(draw.getTranche());
    auto const amount = readFen(draw.getAmountFen());
    Pocket const pocket{award.purpose, draw.getCounty()};
    postings.push_back(move(tranche, pocket, Stage::paid, Stage::recovered, amount));
    postings.push_back(move(tranche, pocket, Stage::recovered, goesTo, amount));
  }
  return postings;
}

Postings reversedBy(PendingChange const& pending, Subject const& subject) {
  schema::Message<schema::Event> const request(pending.event.bytes());
  if (request.root().which() != E::EVENT_REVERSED || !subject.reversed) return {};
  schema::Message<schema::Event> const target(subject.reversed->bytes.bytes());
  auto const original = postingsOf(subject.reversed->context, target.root(), subject);
  Postings postings;
  for (auto posting = original.rbegin(); posting != original.rend(); ++posting) postings.push_back(inverse(*posting));
  return postings;
}

}  // namespace

Postings postingsOf(EventContext const& context, schema::Event::Reader event, Subject const& subject) {
  switch (event.which()) {
    case E::TRANCHE_ISSUED:
      return {{context.ref, std::nullopt, Place{kUndivided, Stage::issued},
               readFen(event.getTrancheIssued().getAmountFen())}};
    case E::TRANCHE_RECEIVED: {
      auto const body = event.getTrancheReceived();
      return {
          move(readRef(body.getTranche()), kUndivided, Stage::issued, Stage::available, readFen(body.getAmountFen()))};
    }
    case E::TRANCHE_SPLIT: return split(event.getTrancheSplit());
    case E::TRANCHE_ADJUSTED: return adjusted(event.getTrancheAdjusted());
    case E::TRANCHE_RECALLED: {
      auto const body = event.getTrancheRecalled();
      return {move(readRef(body.getTranche()), {body.getPurpose(), body.getCounty()}, Stage::available, Stage::recalled,
                   readFen(body.getAmountFen()))};
    }
    case E::AWARD_APPROVED:
      if (!subject.project) return {};
      return awarded(event.getAwardApproved(), *subject.project);
    case E::AWARD_WITHDRAWN:
      if (!subject.award) return {};
      return withdrawn(*subject.award);
    case E::PAYMENT_INSTRUCTED:
      if (!subject.payment) return {};
      return moveDraws(subject.payment->draws, subject.award->purpose, Stage::reserved, Stage::inFlight);
    case E::PAYMENT_SETTLED:
      if (!subject.payment) return {};
      return moveDraws(subject.payment->draws, subject.award->purpose, Stage::inFlight, Stage::paid);
    case E::PAYMENT_RETURNED:
      if (!subject.payment) return {};
      return moveDraws(subject.payment->draws, subject.award->purpose, Stage::inFlight, Stage::reserved);
    case E::RECOVERY_RECEIVED:
      if (!subject.award) return {};
      return recovered(event.getRecoveryReceived(), *subject.award);
    case E::CHANGE_CONFIRMED:
      if (!subject.pending || event.getChangeConfirmed().getOutcome() != schema::Outcome::PASS) return {};
      return reversedBy(*subject.pending, subject);
    default: return {};
  }
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/journal.h"

#include <span>

#include "ledger/domain/read.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::projections {

namespace {

using E = schema::Event::Which;

schema::Outcome outcomeIn(schema::Event::Reader event) {
  switch (event.which()) {
    case E::APPLICATION_REVIEWED: return event.getApplicationReviewed().getOutcome();
    case E::SITE_CHECKED: return event.getSiteChecked().getOutcome();
    case E::PROJECT_ACCEPTED: return event.getProjectAccepted().getOutcome();
    case E::PAYMENT_REVIEWED: return event.getPaymentReviewed().getOutcome();
    case E::CHANGE_CONFIRMED: return event.getChangeConfirmed().getOutcome();
    default: return schema::Outcome::NOT_STATED;
  }
}

std::optional<std::int64_t> fenIn(schema::Event::Reader event) {
  switch (event.which()) {
    case E::TRANCHE_ISSUED: return event.getTrancheIssued().getAmountFen();
    case E::TRANCHE_RECEIVED: return event.getTrancheReceived().getAmountFen();
    case E::TRANCHE_SPLIT: return event.getTrancheSplit().getAmountFen();
    case E::TRANCHE_ADJUSTED: return event.getTrancheAdjusted().getChangeFen();
    case E::TRANCHE_RECALLED: return event.getTrancheRecalled().getAmountFen();
    case E::CONTRACT_FILED: return event.getContractFiled().getTotalFen();
    case E::APPLICATION_SUBMITTED: return event.getApplicationSubmitted().getRequestedFen();
    case E::COST_VERIFIED: return event.getCostVerified().getEligibleFen();
    case E::SUBSIDY_PROPOSED: return event.getSubsidyProposed().getSubsidyFen();
    case E::AWARD_APPROVED: return event.getAwardApproved().getAmountFen();
    case E::PAYMENT_REQUESTED: return event.getPaymentRequested().getAmountFen();
    case E::PAYMENT_APPROVED: return event.getPaymentApproved().getAmountFen();
    case E::PAYMENT_INSTRUCTED: return event.getPaymentInstructed().getAmountFen();
    case E::PAYMENT_SETTLED: return event.getPaymentSettled().getAmountFen();
    case E::PAYMENT_RETURNED: return event.getPaymentReturned().getAmountFen();
    case E::FINDING_RAISED: return event.getFindingRaised().getAmountFen();
    case E::RECOVERY_ORDERED: return event.getRecoveryOrdered().getAmountFen();
    case E::RECOVERY_RECEIVED: return event.getRecoveryReceived().getAmountFen();
    case E::RECOVERY_WAIVED: return event.getRecoveryWaived().getAmountFen();
    case E::PENALTY_IMPOSED: return event.getPenaltyImposed().getFineFen();
    default: return std::nullopt;
  }
}

/// What a withdrawal sets free, which its event does not state; nothing where nothing is left.
std::optional<domain::Fen> sumOf(std::span<domain::Posting const> postings) {
  domain::Fen sum;
  for (auto const& posting : postings) sum += posting.amount;
  return sum.isZero() ? std::nullopt : std::optional(sum);
}

}  // namespace

std::optional<domain::Fen> amountIn(schema::Event::Reader event) {
  auto const fen = fenIn(event);
  return fen && *fen != 0 ? std::optional(domain::readFen(*fen)) : std::nullopt;
}

JournalEntry journalEntryOf(domain::Case const& about) {
  auto const& [context, event, subject, postings, numbers] = about;
  JournalEntry entry{context,        event.which(),    domain::readDate(event.getOccurredOn()),
                     subject.region, outcomeIn(event), amountIn(event)};
  if (event.isAwardWithdrawn()) entry.amount = sumOf(postings);
  auto const decides = [&entry](schema::Words const& bytes) {
    schema::Message<schema::Event> const message(bytes.bytes());
    entry.decides = message.root().which();
    entry.amount = amountIn(message.root());
  };
  if (subject.pending) decides(subject.pending->event);
  if (subject.reversed) decides(subject.reversed->bytes);
  if (subject.matched) decides(subject.matched->bytes);
  return entry;
}

void Journal::apply(domain::Case const& about) {
  auto const entry = journalEntryOf(about);
  lines_.push_back(
      {entry.context.number, entry.amount, entry.occurredOn, entry.region, entry.type, entry.decides, entry.outcome});
}

}  // namespace fundtrail::ledger::projections

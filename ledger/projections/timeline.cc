// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/timeline.h"

#include <utility>

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

TimelineEntry entryOf(domain::Case const& about) {
  auto const& [context, event, subject, postings, numbers] = about;
  TimelineEntry entry{context,           event.which(),   domain::readDate(event.getOccurredOn()),
                      outcomeIn(event),  amountIn(event), {},
                      subject.paymentRef};
  auto const decides = [&entry](schema::Words const& bytes) {
    schema::Message<schema::Event> const message(bytes.bytes());
    entry.decides = message.root().which();
    entry.amount = amountIn(message.root());
  };
  if (subject.pending) decides(subject.pending->event);
  if (subject.reversed) decides(subject.reversed->bytes);
  if (subject.matched) decides(subject.matched->bytes);
  if (event.isPaymentRequested()) entry.payment = context.ref;
  return entry;
}

}  // namespace

std::optional<domain::Fen> amountIn(schema::Event::Reader event) {
  auto const fen = fenIn(event);
  return fen && *fen != 0 ? std::optional(domain::readFen(*fen)) : std::nullopt;
}

void Timelines::apply(domain::Case const& about) {
  auto const& [context, event, subject, postings, numbers] = about;
  touched_.clear();
  paymentBefore_ = subject.payment ? std::optional(subject.payment->stage) : std::nullopt;
  auto entry = entryOf(about);
  switch (event.which()) {
    case E::CONTRACT_FILED: contracts_[context.ref].push_back(std::move(entry)); return;
    case E::PROJECT_ENROLLED: {
      auto& entries = projects_[context.ref];
      for (auto const contract : event.getProjectEnrolled().getContracts()) {
        auto const filed = contracts_.find(domain::readRef(contract.getEvent()));
        if (filed != contracts_.end()) entries.insert(entries.end(), filed->second.begin(), filed->second.end());
      }
      entries.push_back(std::move(entry));
      touched_.push_back({context.ref, std::nullopt});
      return;
    }
    case E::PUBLICITY_OPENED:
      for (auto const listed : event.getPublicityOpened().getEntries()) {
        auto const ref = domain::readRef(listed.getProject());
        auto& each = projects_[ref].emplace_back(entry);
        each.amount = domain::readFen(listed.getAmountFen());
        touched_.push_back({ref, domain::ProjectStage::proposed});
      }
      return;
    default: break;
  }
  if (subject.project) {
    projects_[*subject.projectRef].push_back(std::move(entry));
    touched_.push_back({*subject.projectRef, subject.project->stage});
  } else if (subject.publicity) {
    for (auto const& ref : subject.publicity->projects) {
      projects_[ref].push_back(entry);
      touched_.push_back({ref, std::nullopt});
    }
  } else if (subject.contractRef) {
    contracts_[*subject.contractRef].push_back(std::move(entry));
  }
}

void Timelines::observe(domain::State const& after) {
  for (auto const& [ref, before] : touched_) {
    auto const* const project = after.projects.find(ref);
    auto& entry = projects_[ref].back();
    if (project && project->stage != before) entry.stage = project->stage;
    auto const* const payment = entry.payment ? after.payments.find(*entry.payment) : nullptr;
    if (payment && payment->stage != paymentBefore_) entry.paymentStage = payment->stage;
  }
  touched_.clear();
}

std::span<TimelineEntry const> Timelines::of(domain::EventRef const& project) const {
  auto const at = projects_.find(project);
  if (at == projects_.end()) return {};
  return at->second;
}

}  // namespace fundtrail::ledger::projections

// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/timeline.h"

#include <utility>

#include "ledger/domain/read.h"

namespace fundtrail::ledger::projections {

namespace {

using E = schema::Event::Which;

TimelineEntry entryOf(domain::Case const& about) {
  TimelineEntry entry{journalEntryOf(about), about.subject.paymentRef};
  if (about.event.isPaymentRequested()) entry.payment = about.context.ref;
  return entry;
}

}  // namespace

void Timelines::apply(domain::Case const& about) {
  auto const& [context, event, subject, postings, numbers] = about;
  touched_.clear();
  paymentBefore_ = subject.payment ? std::optional(subject.payment->stage) : std::nullopt;
  auto const entry = entryOf(about);
  switch (event.which()) {
    case E::CONTRACT_FILED: contracts_[context.ref].push_back(entry); return;
    case E::PROJECT_ENROLLED: {
      auto& entries = projects_[context.ref];
      for (auto const contract : event.getProjectEnrolled().getContracts()) {
        auto const filed = contracts_.find(domain::readRef(contract.getEvent()));
        if (filed != contracts_.end()) entries.insert(entries.end(), filed->second.begin(), filed->second.end());
      }
      entries.push_back(entry);
      touched_.push_back({context.ref, std::nullopt});
      return;
    }
    case E::PUBLICITY_OPENED:
      for (auto const listed : event.getPublicityOpened().getEntries()) {
        auto const ref = domain::readRef(listed.getProject());
        auto& each = projects_[ref].emplace_back(entry);
        each.event.amount = domain::readFen(listed.getAmountFen());
        touched_.push_back({ref, domain::ProjectStage::proposed});
      }
      return;
    default: break;
  }
  if (subject.project) {
    projects_[*subject.projectRef].push_back(entry);
    touched_.push_back({*subject.projectRef, subject.project->stage});
  } else if (subject.publicity) {
    for (auto const& ref : subject.publicity->projects) {
      projects_[ref].push_back(entry);
      touched_.push_back({ref, std::nullopt});
    }
  } else if (subject.contractRef) {
    contracts_[*subject.contractRef].push_back(entry);
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

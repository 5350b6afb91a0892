// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/enterprise.h"

#include <algorithm>
#include <utility>

#include "ledger/domain/read.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::projections {

namespace {

using domain::EventRef;
using domain::Fen;

/// Collects what belongs to one enterprise.
class Collector {
 public:
  Collector(Snapshot const& snapshot, Enterprise enterprise)
      : state_(snapshot.state), particulars_(snapshot.particulars), found_(std::move(enterprise)) {}

  Enterprise run() && {
    contracts();
    projects();
    payments();
    recoveries();
    awards();
    findings();
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool isBeneficiary(EventRef const& award) const {
    auto const* const record = state_.awards.find(award);
    return record && record->beneficiary == found_.uscc;
  }

  void contracts() {
    state_.contracts.visit([&](EventRef const& ref, domain::Contract const& contract) {
      auto const* const record = particulars_.find(ref);
      if (contract.enterprise != found_.uscc || !record) return;
      Fen net;
      for (auto const& line : contract.lines) net += line.net;
      found_.contracts.push_back(
          {record->event, record->name, contract.signedOn, contract.mode, net, contract.enrolled, contract.withdrawn});
    });
  }

  void projects() {
    state_.projects.visit([&](EventRef const& ref, domain::Project const& project) {
      auto const* const record = particulars_.find(ref);
      if (project.enterprise != found_.uscc || !record) return;
      auto const since = project.steps.empty() ? record->occurredOn : project.steps.back().occurredOn;
      found_.projects.push_back({record->event, record->name, project.purpose, project.mode, project.stage, since,
                                 project.eligible, project.subsidy});
    });
  }

  void payments() {
    for (auto& payment : paymentsOf(state_)) {
      if (payment.enterprise == found_.uscc) found_.payments.push_back(std::move(payment));
    }
  }

  void recoveries() {
    state_.recoveries.visit([&](EventRef const& ref, domain::Recovery const& recovery) {
      auto const* const record = particulars_.find(ref);
      if (!isBeneficiary(recovery.award) || !record) return;
      found_.recoveries.push_back(
          {record->event, record->name, recovery.ordered, recovery.received, recovery.waived, record->due});
    });
  }

  void awards() {
    state_.awards.visit([&](EventRef const& ref, domain::Award const& award) {
      auto const* const record = particulars_.find(ref);
      if (award.beneficiary != found_.uscc || !record) return;
      found_.awards.push_back({record->event, record->name, awardStatusOf(state_, ref)});
    });
  }

  void findings() {
    state_.findings.visit([&](EventRef const& ref, domain::Finding const& finding) {
      auto const* const record = particulars_.find(ref);
      auto const* const project = finding.project ? state_.projects.find(*finding.project) : nullptr;
      bool const concerns = std::ranges::find(finding.subjects, found_.uscc) != finding.subjects.end() ||
                            (project && project->enterprise == found_.uscc);
      if (!concerns || !record) return;
      found_.findings.push_back({record->event, record->name, finding.fraud, finding.stage, record->due});
    });
  }

  domain::State const& state_;
  Register const& particulars_;
  Enterprise found_;
};

}  // namespace

void AccountHistory::apply(domain::Case const& about) {
  auto const& event = about.event;
  auto const& subject = about.subject;
  auto const occurredOn = domain::readDate(event.getOccurredOn());
  auto const add = [&](schema::BankAccount::Reader account, std::optional<domain::AccountNumber> replaces,
                       AccountStatus status) {
    entries_.push_back({about.context.number, occurredOn, domain::readAccount(account.getNumber()),
                        std::string(domain::textOf(account.getName())), replaces, status});
  };
  if (event.isOrganisationRegistered()) {
    auto const body = event.getOrganisationRegistered();
    if (domain::readUscc(body.getUscc()) != owner_) return;
    for (auto const account : body.getAccounts()) add(account, std::nullopt, AccountStatus::registered);
  } else if (event.isBankAccountChanged()) {
    auto const body = event.getBankAccountChanged();
    if (domain::readUscc(body.getUscc()) != owner_) return;
    add(body.getAccount(), domain::AccountNumber::parse(domain::textOf(body.getReplaces())), AccountStatus::proposed);
  } else if (event.isChangeConfirmed() && subject.pending) {
    auto const at = std::ranges::find(entries_, subject.pending->context.number, &AccountEntry::event);
    if (at == entries_.end()) return;
    at->status = event.getChangeConfirmed().getOutcome() == schema::Outcome::PASS ? AccountStatus::confirmed
                                                                                  : AccountStatus::rejected;
    at->decidedOn = occurredOn;
  }
}

std::optional<Enterprise> enterpriseOf(Snapshot const& snapshot, domain::Uscc const& uscc,
                                       AccountHistory const& history) {
  auto const* const organisation = snapshot.state.organisations.find(uscc);
  if (!organisation) return std::nullopt;
  return Collector(snapshot, Enterprise{uscc,
                                        std::string(snapshot.particulars.organisationName(uscc)),
                                        *organisation,
                                        history.entries(),
                                        {},
                                        {},
                                        {},
                                        {},
                                        {},
                                        {}})
      .run();
}

std::string_view stageZh(domain::FindingStage stage) {
  switch (stage) {
    case domain::FindingStage::raised: return "已提出";
    case domain::FindingStage::confirmed: return "已查实";
    case domain::FindingStage::closed: return "已办结";
  }
  return "";
}

std::string_view stageEn(domain::FindingStage stage) {
  switch (stage) {
    case domain::FindingStage::raised: return "raised";
    case domain::FindingStage::confirmed: return "confirmed";
    case domain::FindingStage::closed: return "closed";
  }
  return "";
}

}  // namespace fundtrail::ledger::projections

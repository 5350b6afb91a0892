// SPDX-License-Identifier: Apache-2.0
#include "replay/trace/follow.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "crypto/ensure.h"
#include "replay/trace/selection.h"

namespace fundtrail::replay::trace {

using domain::Fen;
using E = schema::Event::Which;
using facts::Facts;
using facts::Row;
using facts::StringId;

namespace {

/// Where the money of an award goes, in the order in which it goes there.
constexpr std::array kOfAwards = {Account::reserved, Account::inFlight, Account::paid, Account::returnedToTreasury};
constexpr std::array kOfTranches = {Account::issued, Account::available, Account::recalled};

class Follower {
 public:
  Follower(Gathering const& gathering, Selection selection)
      : gathering_(gathering), facts_(gathering.facts()), selection_(std::move(selection)) {}

  Trail run() {
    trail_.subject = selection_.subject;
    trail_.events = gathering_.events();
    readBank();
    for (auto const row : selection_.awards) award(facts_.awards[row]);
    for (auto const row : selection_.payments) payment(facts_.payments[row]);
    tranches();
    recoveries();
    for (auto const row : selection_.projects) project(facts_.projects[row]);
    for (auto const row : selection_.contracts) contract(facts_.contracts[row]);
    return std::move(trail_);
  }

 private:
  // ---- steps

  [[nodiscard]] std::string text(StringId id) const { return std::string(facts_.strings[id]); }
  [[nodiscard]] std::string nameOf(domain::Uscc const& uscc) const { return std::string(facts_.nameOf(uscc)); }

  void step(Steps& steps, facts::Source const& source, E type, std::optional<Fen> amount = std::nullopt,
            StringId reference = {}) const {
    auto const person = facts_.strings[source.person];
    steps.push_back({source.event, source.ref, type, source.occurredOn, source.acceptedAt,
                     gathering_.batchOf(source.event), std::string(person),
                     std::string(gathering_.organisationOf(person)), amount, text(reference), source.reversedBy});
  }

  static Steps sorted(Steps steps) {
    std::ranges::stable_sort(steps, {}, &Step::event);
    return steps;
  }

  // ---- where money comes from

  void add(std::vector<Source>& sources, facts::Draw const& draw) const {
    auto const& tranche = facts_.tranches[draw.tranche];
    sources.push_back({tranche.source.event, text(tranche.number), draw.county, draw.amount});
  }
  [[nodiscard]] std::vector<Source> sourcesOf(std::vector<facts::Draw> const& draws) const {
    std::vector<Source> sources;
    for (auto const& draw : draws) add(sources, draw);
    return sources;
  }

  // ---- what the bank says

  /// Lines of statements by the event that they are matched with.
  void readBank() {
    for (auto const& statement : facts_.statements) {
      if (!statement.source.holds()) continue;
      for (std::size_t i = 0; i < statement.lines.size(); ++i) {
        auto const& line = statement.lines[i];
        for (auto const& match : line.matches) {
          if (!match.source.holds()) continue;
          bank_[match.event].push_back({statement.source.event, i, line.valueDate, line.credit - line.debit,
                                        text(line.bankReference), match.event, match.source.event});
        }
      }
    }
  }

  void addBankLines(std::vector<BankLine>& lines, Steps const& steps) const {
    for (auto const& step : steps) {
      auto const at = bank_.find(step.event);
      if (at != bank_.end()) lines.insert(lines.end(), at->second.begin(), at->second.end());
    }
  }

  // ---- records

  void award(facts::Award const& award) {
    auto const& project = facts_.projects[award.project];
    AwardTrail one{award.source.ref,
                   award.source.event,
                   project.source.event,
                   text(award.number),
                   award.beneficiary,
                   nameOf(award.beneficiary),
                   award.amount,
                   sourcesOf(award.draws),
                   {},
                   {}};
    auto const at = gathering_.balances().awards().find(award.source.ref);
    if (at != gathering_.balances().awards().end()) {
      for (auto const& [ref, balances] : at->second) {
        auto const& tranche = trancheNamed(ref);
        one.shares.push_back({tranche.source.event, text(tranche.number), balances.in(Account::reserved),
                              balances.in(Account::inFlight), balances.in(Account::paid),
                              balances.in(Account::returnedToTreasury)});
      }
      std::ranges::sort(one.shares, {}, &AwardShare::tranche);
    }
    step(one.steps, award.source, E::AWARD_APPROVED, award.amount, award.number);
    for (auto const& withdrawal : award.withdrawals) step(one.steps, withdrawal.source, E::AWARD_WITHDRAWN);
    one.steps = sorted(std::move(one.steps));
    trail_.awards.push_back(std::move(one));
  }

  [[nodiscard]] facts::Tranche const& trancheNamed(domain::EventRef const& ref) const {
    auto const row = facts_.find<facts::Tranche>(ref);
    crypto::ensure(row.has_value(), "the books and the facts know the same tranches");
    return facts_.tranches[*row];
  }

  template <class Records>
  static std::optional<domain::EventNumber> lastOf(Records const& records) {
    std::optional<domain::EventNumber> last;
    for (auto const& record : records) {
      if (record.source.holds()) last = record.source.event;
    }
    return last;
  }

  static PaymentState stateOf(facts::Payment const& payment) {
    if (!payment.source.holds()) return PaymentState::reversed;
    if (payment.settlement() != nullptr) return PaymentState::paid;
    if (lastOf(payment.cancellations)) return PaymentState::cancelled;
    auto const instructed = lastOf(payment.instructions);
    auto const returned = lastOf(payment.returns);
    if (instructed && (!returned || *returned < *instructed)) return PaymentState::inFlight;
    return lastOf(payment.approvals) ? PaymentState::approved : PaymentState::requested;
  }

  void payment(facts::Payment const& payment) {
    PaymentTrail one{payment.source.ref,
                     payment.source.event,
                     facts_.awards[payment.award].source.event,
                     payment.payee,
                     text(payment.payeeName),
                     text(payment.account),
                     payment.amount,
                     stateOf(payment),
                     sourcesOf(payment.draws),
                     {},
                     {}};
    auto& steps = one.steps;
    step(steps, payment.source, E::PAYMENT_REQUESTED, payment.amount);
    for (auto const& it : payment.reviews) step(steps, it.source, E::PAYMENT_REVIEWED);
    for (auto const& it : payment.approvals) step(steps, it.source, E::PAYMENT_APPROVED, it.amount);
    for (auto const& it : payment.instructions) {
      step(steps, it.source, E::PAYMENT_INSTRUCTED, it.amount, it.voucher);
    }
    for (auto const& it : payment.settlements) {
      step(steps, it.source, E::PAYMENT_SETTLED, it.amount, it.bankReference);
    }
    for (auto const& it : payment.returns) step(steps, it.source, E::PAYMENT_RETURNED, it.amount, it.bankReference);
    for (auto const& it : payment.cancellations) step(steps, it.source, E::PAYMENT_CANCELLED);
    steps = sorted(std::move(steps));
    addBankLines(one.bankLines, steps);
    trail_.payments.push_back(std::move(one));
  }

  void recoveries() {
    std::set<Row<facts::Recovery>> rows;
    for (auto const row : selection_.awards) {
      auto const& award = facts_.awards[row];
      rows.insert(award.recoveries.begin(), award.recoveries.end());
    }
    for (auto const row : rows) recovery(facts_.recoveries[row]);
  }

  void recovery(facts::Recovery const& recovery) {
    RecoveryTrail one{recovery.source.ref,
                      recovery.source.event,
                      facts_.awards[recovery.award].source.event,
                      recovery.amount,
                      {},
                      {},
                      {},
                      {},
                      {}};
    step(one.steps, recovery.source, E::RECOVERY_ORDERED, recovery.amount);
    for (auto const& receipt : recovery.receipts) {
      step(one.steps, receipt.source, E::RECOVERY_RECEIVED, receipt.amount, receipt.bankReference);
      if (!receipt.source.holds()) continue;
      one.received += receipt.amount;
      for (auto const& draw : receipt.draws) add(one.returnsTo, draw);
    }
    for (auto const row : recovery.waivers) {
      auto const& waiver = facts_.waivers[row];
      step(one.steps, waiver.source, E::RECOVERY_WAIVED, waiver.amount);
      if (waiver.source.holds() && isConfirmed(waiver.decision)) one.waived += waiver.amount;
    }
    one.steps = sorted(std::move(one.steps));
    addBankLines(one.bankLines, one.steps);
    trail_.recoveries.push_back(std::move(one));
  }

  // ---- tranches

  void tranches() {
    auto rows = selection_.tranches;
    for (auto const row : selection_.awards) {
      for (auto const& draw : facts_.awards[row].draws) rows.insert(draw.tranche);
    }
    for (auto const row : rows) tranche(facts_.tranches[row], selection_.tranches.contains(row));
  }

  void tranche(facts::Tranche const& tranche, bool whole) {
    time::Balances total;
    std::vector<PurposeShare> pockets;
    auto const at = gathering_.balances().tranches().find(tranche.source.ref);
    if (at != gathering_.balances().tranches().end()) {
      for (auto const& [pocket, balances] : at->second) {
        total += balances;
        if (whole && !balances.held().isZero()) pockets.push_back({pocket, balances});
      }
    }
    auto ends = endsOf(tranche, whole);
    if (whole) addTheRest(ends, total);
    trail_.tranches.push_back({tranche.source.ref, tranche.source.event, text(tranche.number), tranche.city,
                               tranche.level, tranche.kind, tranche.year, total.in(Account::outside), whole,
                               std::move(ends), std::move(pockets), stepsOf(tranche)});
  }

  /// By account and enterprise: of the awards that draw on the tranche, those of the trail.
  [[nodiscard]] std::vector<End> endsOf(facts::Tranche const& tranche, bool whole) const {
    std::map<std::pair<Account, domain::Uscc>, Fen> sums;
    for (auto const& award : facts_.awards) {
      if (!whole && !selection_.awards.contains(facts_.awards.rowOf(award))) continue;
      auto const at = gathering_.balances().awards().find(award.source.ref);
      if (at == gathering_.balances().awards().end()) continue;
      auto const share = at->second.find(tranche.source.ref);
      if (share == at->second.end()) continue;
      for (auto const account : kOfAwards) sums[{account, award.beneficiary}] += share->second.in(account);
    }
    std::vector<End> ends;
    for (auto const& [end, amount] : sums) {
      auto const& [account, enterprise] = end;
      if (!amount.isZero()) ends.push_back({account, enterprise, nameOf(enterprise), amount});
    }
    return ends;
  }

  /// What stands with no award; with it the ends are all that was issued.
  static void addTheRest(std::vector<End>& ends, time::Balances const& total) {
    Fen sum;
    for (auto const& end : ends) sum += end.amount;
    for (auto const account : kOfTranches) {
      if (!total.in(account).isZero()) ends.push_back({account, {}, {}, total.in(account)});
      sum += total.in(account);
    }
    crypto::ensure(sum == total.in(Account::outside), "the ends of a tranche add up to what was issued");
  }

  [[nodiscard]] Steps stepsOf(facts::Tranche const& tranche) const {
    Steps steps;
    step(steps, tranche.source, E::TRANCHE_ISSUED, tranche.amount, tranche.number);
    for (auto const& it : tranche.receipts) step(steps, it.source, E::TRANCHE_RECEIVED, it.amount, it.bankReference);
    for (auto const& it : tranche.splits) step(steps, it.source, E::TRANCHE_SPLIT, it.amount);
    for (auto const& it : tranche.adjustments) step(steps, it.source, E::TRANCHE_ADJUSTED, it.change, it.number);
    for (auto const& it : tranche.recalls) step(steps, it.source, E::TRANCHE_RECALLED, it.amount, it.number);
    return sorted(std::move(steps));
  }

  // ---- what was paid for

  void project(facts::Project const& project) {
    ProjectTrail one{project.source.ref,
                     project.source.event,
                     text(project.title),
                     project.city,
                     project.enterprise,
                     nameOf(project.enterprise),
                     project.purpose,
                     project.mode,
                     std::nullopt,
                     {},
                     {},
                     {},
                     {}};
    for (auto const row : project.contracts) one.contracts.push_back(facts_.contracts[row].source.event);
    facts::VerifiedCost const* holds = nullptr;
    for (auto const& cost : project.costs) {
      if (cost.source.holds()) holds = &cost;
    }
    if (holds) addCost(one, *holds);
    auto& steps = one.steps;
    step(steps, project.source, E::PROJECT_ENROLLED);
    for (auto const& it : project.assessments) step(steps, it.source, E::LEVEL_ASSESSED);
    for (auto const& it : project.applications) step(steps, it.source, E::APPLICATION_SUBMITTED, it.requested);
    for (auto const& it : project.reviews) step(steps, it.source, E::APPLICATION_REVIEWED);
    for (auto const& it : project.siteChecks) step(steps, it.source, E::SITE_CHECKED);
    for (auto const& it : project.costs) step(steps, it.source, E::COST_VERIFIED, it.eligible);
    for (auto const& it : project.acceptances) step(steps, it.source, E::PROJECT_ACCEPTED);
    for (auto const& it : project.proposals) step(steps, it.source, E::SUBSIDY_PROPOSED, it.subsidy);
    for (auto const row : project.publicities) {
      auto const& publicity = facts_.publicities[row];
      step(steps, publicity.source, E::PUBLICITY_OPENED, std::nullopt, publicity.title);
      for (auto const& it : publicity.closings) step(steps, it.source, E::PUBLICITY_CLOSED);
    }
    steps = sorted(std::move(steps));
    trail_.projects.push_back(std::move(one));
  }

  void addCost(ProjectTrail& one, facts::VerifiedCost const& cost) const {
    one.cost = cost.source.event;
    one.eligible = cost.eligible;
    for (std::size_t i = 0; i < cost.lines.size(); ++i) {
      auto const& line = cost.lines[i];
      std::optional<domain::EventNumber> contract;
      if (line.contract < one.contracts.size()) contract = one.contracts[line.contract];
      one.costs.push_back({i, line.category, line.invoice ? std::string(line.invoice->text()) : text(line.receipt),
                           line.invoicedOn, line.seller, line.seller ? nameOf(*line.seller) : std::string(), line.net,
                           line.tax, contract, line.contractLine});
    }
  }

  void contract(facts::Contract const& contract) {
    ContractTrail one{contract.source.ref,
                      contract.source.event,
                      text(contract.number),
                      contract.signedOn,
                      {},
                      contract.lines.size(),
                      contract.total,
                      {}};
    for (auto const& provider : contract.providers) one.providers.emplace_back(provider, nameOf(provider));
    step(one.steps, contract.source, E::CONTRACT_FILED, contract.total, contract.number);
    trail_.contracts.push_back(std::move(one));
  }

  Gathering const& gathering_;
  Facts const& facts_;
  Selection selection_;
  std::map<domain::EventNumber, std::vector<BankLine>> bank_;
  Trail trail_;
};

}  // namespace

crypto::Result<Trail> follow(Gathering const& gathering, Subject::Kind kind, std::string_view text) {
  auto const select = [&] {
    switch (kind) {
      case Subject::Kind::tranche: return selectTranche(gathering.facts(), text);
      case Subject::Kind::payment: return selectPayment(gathering.facts(), text);
      case Subject::Kind::enterprise: return selectEnterprise(gathering.facts(), text);
      case Subject::Kind::invoice: return selectInvoice(gathering.facts(), text);
    }
    crypto::abortOnBug("a trace is asked for one of four things");
  };
  auto selection = select();
  if (!selection) return selection.error();
  return Follower(gathering, *std::move(selection)).run();
}

}  // namespace fundtrail::replay::trace

// SPDX-License-Identifier: Apache-2.0
#include "replay/time/standing.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/projections/allocation.h"

namespace fundtrail::replay::time {

using domain::Fen;
using domain::Text;
using E = schema::Event::Which;

namespace {

constexpr std::array<std::pair<Account, domain::Stage>, 7> kStageOf = {{
    {Account::issued, domain::Stage::issued},
    {Account::available, domain::Stage::available},
    {Account::reserved, domain::Stage::reserved},
    {Account::inFlight, domain::Stage::inFlight},
    {Account::paid, domain::Stage::paid},
    {Account::returnedToTreasury, domain::Stage::returnedToTreasury},
    {Account::recalled, domain::Stage::recalled},
}};

/// What the events say, in the order of the log: the money by the audit's books, the rest by counting.
class Readings {
 public:
  explicit Readings(projections::AsOf const& asOf) : asOf_(asOf) {}

  void take(domain::Case const& about) {
    if (wrong_) return;
    bool const counts = asOf_.takesIn(about.event);
    book(about, counts);
    if (wrong_ || !counts) return;
    ++events_[about.event.which()];
    if (about.event.which() == E::AWARD_APPROVED) {
      awards_.emplace_back(about.context.ref, domain::readRef(about.event.getAwardApproved().getProject()));
    }
    if (about.event.which() == E::CHANGE_CONFIRMED) confirm(about);
    allocation_.apply(about);
  }

  [[nodiscard]] Disagreement const& wrong() const { return wrong_; }
  [[nodiscard]] BalanceReading const& balances() const { return balances_; }
  [[nodiscard]] projections::Allocation const& allocation() const { return allocation_; }
  [[nodiscard]] std::vector<std::pair<domain::EventRef, domain::EventRef>> const& awards() const { return awards_; }

  void moveInto(LedgerStanding& standing) {
    standing.events = std::move(events_);
    standing.reversals = std::move(reversals_);
  }

 private:
  /// Books everything, and counts the lines of what counts.
  void book(domain::Case const& about, bool counts) {
    wrong_ = books_.book(about.context, about.event);
    if (wrong_) return;
    if (counts) balances_.add(books_.lastBooked());
    auto const& reversed = about.subject.reversed;
    if (!about.event.isChangeConfirmed() || !reversed) return;
    if (about.event.getChangeConfirmed().getOutcome() != schema::Outcome::PASS) return;
    schema::Message<schema::Event> const original(reversed->bytes.bytes());
    wrong_ = books_.takeBack(reversed->context, original.root());
    if (!wrong_ && counts) balances_.add(books_.lastBooked());
  }

  void confirm(domain::Case const& about) {
    auto const& reversed = about.subject.reversed;
    if (!reversed || about.event.getChangeConfirmed().getOutcome() != schema::Outcome::PASS) return;
    schema::Message<schema::Event> const original(reversed->bytes.bytes());
    reversals_.push_back({reversed->context.number, original.root().which(), about.context.number,
                          domain::readDate(about.event.getOccurredOn())});
  }

  projections::AsOf asOf_;
  Books books_;
  Disagreement wrong_;
  BalanceReading balances_;
  projections::Allocation allocation_;
  std::map<E, std::size_t> events_;
  std::vector<Reversal> reversals_;
  std::vector<std::pair<domain::EventRef, domain::EventRef>> awards_;  // with their projects
};

Text differs(std::string const& number, Fen ours, Fen theirs, domain::Stage stage) {
  return {fmt::format("资金批次 {} 的环节“{}”：审计账簿 {} 元，账本投影 {} 元", number, stageName(stage),
                      formatYuan(ours), formatYuan(theirs)),
          fmt::format("tranche {}, {}: {} yuan by the audit's books, {} yuan by the ledger's projection", number,
                      stageName(stage), formatYuan(ours), formatYuan(theirs))};
}

/// Compares pocket by pocket, in both directions.
std::optional<Text> compare(BalanceReading const& ours, projections::Allocation const& theirs) {
  std::size_t tranches = 0;
  for (auto const& city : theirs.cities()) {
    for (auto const& tranche : city.tranches) {
      ++tranches;
      auto const at = ours.tranches().find(tranche.ref);
      BalanceReading::Pockets left = at == ours.tranches().end() ? BalanceReading::Pockets() : at->second;
      for (auto const& [pocket, amounts] : tranche.pockets) {
        auto const mine = std::exchange(left[{pocket.purpose, pocket.county}], {});
        for (auto const& [account, stage] : kStageOf) {
          if (mine.in(account) != amounts.in(stage)) {
            return differs(tranche.number, mine.in(account), amounts.in(stage), stage);
          }
        }
      }
      for (auto const& [pocket, mine] : left) {
        for (auto const& [account, stage] : kStageOf) {
          if (!mine.in(account).isZero()) return differs(tranche.number, mine.in(account), Fen(), stage);
        }
      }
    }
  }
  if (tranches == ours.tranches().size()) return std::nullopt;
  return Text{
      fmt::format("审计账簿有 {} 个资金批次，账本投影有 {} 个", ours.tranches().size(), tranches),
      fmt::format("the audit's books know {} tranches, the ledger's projection {}", ours.tranches().size(), tranches)};
}

CityStanding& cityOf(LedgerStanding& standing, domain::CityCode code) {
  return standing.cities.try_emplace(code, CityStanding{code}).first->second;
}

std::string nameOf(projections::Snapshot const& snapshot, domain::EventRef const& ref) {
  auto const* const particulars = snapshot.particulars.find(ref);
  return particulars ? particulars->name : std::string();
}

domain::EventNumber eventOf(projections::Snapshot const& snapshot, domain::EventRef const& ref) {
  auto const* const particulars = snapshot.particulars.find(ref);
  crypto::ensure(particulars != nullptr, "a record that takes part has its particulars");
  return particulars->event;
}

void addTranches(LedgerStanding& standing, projections::Snapshot const& snapshot, BalanceReading const& balances) {
  snapshot.state.tranches.visit([&](domain::EventRef const& ref, domain::Tranche const& tranche) {
    TrancheStanding one{ref,           eventOf(snapshot, ref), nameOf(snapshot, ref), tranche.city,
                        tranche.level, tranche.kind,           tranche.year,          {}};
    if (auto const at = balances.tranches().find(ref); at != balances.tranches().end()) {
      std::ranges::copy_if(at->second, std::inserter(one.pockets, one.pockets.end()),
                           [](auto const& pocket) { return pocket.second != Balances(); });
    }
    cityOf(standing, tranche.city).tranches.push_back(std::move(one));
  });
}

void addProjects(LedgerStanding& standing, projections::Snapshot const& snapshot, Readings const& readings) {
  boost::unordered_flat_map<domain::EventRef, Balances> money;
  for (auto const& [award, project] : readings.awards()) money[project] += readings.balances().ofAward(award);
  snapshot.state.projects.visit([&](domain::EventRef const& ref, domain::Project const& project) {
    ++cityOf(standing, project.city).projects[project.stage];
    auto const* const award = project.award ? snapshot.state.awards.find(*project.award) : nullptr;
    auto const at = money.find(ref);
    standing.projects.push_back({ref, eventOf(snapshot, ref), nameOf(snapshot, ref), project.city, project.enterprise,
                                 std::string(snapshot.particulars.organisationName(project.enterprise)), project.stage,
                                 project.eligible, award ? award->amount : Fen(),
                                 at == money.end() ? Balances() : at->second});
  });
}

void addTheRest(LedgerStanding& standing, domain::State const& state) {
  state.payments.visit([&](domain::EventRef const&, domain::Payment const& payment) {
    auto& [count, amount] = cityOf(standing, payment.city).payments[payment.stage];
    ++count;
    amount += payment.amount;
  });
  state.recoveries.visit([&](domain::EventRef const&, domain::Recovery const& recovery) {
    auto& tally = cityOf(standing, recovery.city).recoveries;
    ++tally.count;
    if (recovery.open().isPositive()) ++tally.open;
    tally.ordered += recovery.ordered;
    tally.received += recovery.received;
    tally.waived += recovery.waived;
  });
  state.findings.visit([&](domain::EventRef const&, domain::Finding const& finding) {
    auto& city = cityOf(standing, finding.region);
    if (finding.stage != domain::FindingStage::closed) ++city.openFindings;
  });
}

}  // namespace

Balances TrancheStanding::total() const {
  Balances sum;
  for (auto const& [pocket, balances] : pockets) sum += balances;
  return sum;
}

Balances CityStanding::total() const {
  Balances sum;
  for (auto const& tranche : tranches) sum += tranche.total();
  return sum;
}

std::map<BooksPocket, Balances> CityStanding::pockets() const {
  std::map<BooksPocket, Balances> sums;
  for (auto const& tranche : tranches) {
    for (auto const& [pocket, balances] : tranche.pockets) sums[pocket] += balances;
  }
  return sums;
}

crypto::Result<LedgerStanding> standingAt(ledger::log::EventLog const& log, projections::AsOf const& asOf) {
  Readings readings(asOf);
  auto const follow = [&](domain::Case const& about) { readings.take(about); };
  auto snapshot = projections::read(log, {asOf.position, std::nullopt}, follow);
  if (snapshot && asOf.on) snapshot = projections::read(log, asOf);
  if (!snapshot) return snapshot.error();
  if (readings.wrong()) {
    return crypto::Error{crypto::ErrorKind::corrupt, readings.wrong()->en, readings.wrong()->zh};
  }
  LedgerStanding standing{snapshot->basis};
  snapshot->state.cities.visit([&](domain::CityCode city, domain::City const&) { cityOf(standing, city); });
  addTranches(standing, *snapshot, readings.balances());
  addProjects(standing, *snapshot, readings);
  addTheRest(standing, snapshot->state);
  standing.disagreement = compare(readings.balances(), readings.allocation());
  readings.moveInto(standing);
  return standing;
}

}  // namespace fundtrail::replay::time

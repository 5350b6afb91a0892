// SPDX-License-Identifier: Apache-2.0
// What the records say of a simulated history, beside what its events and the audit's books say.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "replay/facts/collector.h"
#include "replay/verify.h"
#include "tests/replay/history.h"

namespace fundtrail::replay::facts {
namespace {

using domain::CityCode;
using domain::Fen;

log::EventLog const& theLog() {
  static auto const log = logOf(History::shared().batches.size());
  return *log;
}

Facts const& theFacts() {
  static auto const facts = collect(theLog(), theLog().size().events).value();
  return facts;
}

/// How many events of each type the history holds.
std::map<EventType, std::size_t> typesInHistory() {
  std::map<EventType, std::size_t> types;
  for (auto const& recorded : History::shared().batches) {
    for (auto const bytes : recorded.batch.events.views()) {
      ++types[schema::Message<schema::Event>(bytes).root().which()];
    }
  }
  return types;
}

template <class Record, class Step>
std::size_t count(Records<Record> const& records, std::vector<Step> Record::*steps) {
  std::size_t sum = 0;
  for (auto const& record : records) sum += (record.*steps).size();
  return sum;
}

TEST(Facts, HoldARecordForEveryEvent) {
  auto const& facts = theFacts();
  auto types = typesInHistory();
  EXPECT_EQ(facts.events, theLog().size().events);

  EXPECT_EQ(facts.policies.size(), types[EventType::POLICY_PUBLISHED]);
  EXPECT_EQ(facts.tranches.size(), types[EventType::TRANCHE_ISSUED]);
  EXPECT_EQ(count(facts.tranches, &Tranche::receipts), types[EventType::TRANCHE_RECEIVED]);
  EXPECT_EQ(count(facts.tranches, &Tranche::splits), types[EventType::TRANCHE_SPLIT]);
  EXPECT_EQ(count(facts.tranches, &Tranche::recalls), types[EventType::TRANCHE_RECALLED]);
  EXPECT_EQ(facts.organisations.size(), types[EventType::ORGANISATION_REGISTERED]);
  EXPECT_EQ(facts.contracts.size(), types[EventType::CONTRACT_FILED]);
  EXPECT_EQ(facts.projects.size(), types[EventType::PROJECT_ENROLLED]);
  EXPECT_EQ(count(facts.projects, &Project::siteChecks), types[EventType::SITE_CHECKED]);
  EXPECT_EQ(count(facts.projects, &Project::costs), types[EventType::COST_VERIFIED]);
  EXPECT_EQ(facts.awards.size(), types[EventType::AWARD_APPROVED]);
  EXPECT_EQ(facts.payments.size(), types[EventType::PAYMENT_REQUESTED]);
  EXPECT_EQ(count(facts.payments, &Payment::approvals), types[EventType::PAYMENT_APPROVED]);
  EXPECT_EQ(count(facts.payments, &Payment::settlements), types[EventType::PAYMENT_SETTLED]);
  EXPECT_EQ(count(facts.payments, &Payment::returns), types[EventType::PAYMENT_RETURNED]);
  EXPECT_EQ(count(facts.recoveries, &Recovery::receipts), types[EventType::RECOVERY_RECEIVED]);
  EXPECT_EQ(facts.statements.size(), types[EventType::STATEMENT_IMPORTED]);
  EXPECT_EQ(facts.keys.size(), types[EventType::KEY_ENROLLED]);
  EXPECT_EQ(facts.reversals.size(), types[EventType::EVENT_REVERSED]);
  EXPECT_GT(facts.payments.size(), 0U);
}

/// Money of a city, from the records.
struct Sums {
  Fen issued;
  Fen recalled;
  Fen paid;
  Fen returnedToTreasury;
};

std::map<CityCode, Sums> sumsOf(Facts const& facts) {
  std::map<CityCode, Sums> cities;
  for (auto const& tranche : facts.tranches) {
    if (!tranche.source.holds()) continue;
    auto& sums = cities[tranche.city];
    sums.issued += tranche.amount;
    for (auto const& adjustment : tranche.adjustments) {
      if (adjustment.source.holds()) sums.issued += adjustment.change;
    }
    for (auto const& recall : tranche.recalls) {
      if (recall.source.holds()) sums.recalled += recall.amount;
    }
  }
  for (auto const& payment : facts.payments) {
    if (auto const* const settled = payment.settlement()) {
      cities[facts.projects[facts.awards[payment.award].project].city].paid += settled->amount;
    }
  }
  for (auto const& recovery : facts.recoveries) {
    auto& sums = cities[facts.projects[facts.awards[recovery.award].project].city];
    for (auto const& receipt : recovery.receipts) {
      if (!receipt.source.holds()) continue;
      sums.paid -= receipt.amount;
      if (receipt.disposition == schema::Disposition::TREASURY) sums.returnedToTreasury += receipt.amount;
    }
  }
  return cities;
}

TEST(Facts, AddUpToTheAuditsBooks) {
  auto const report = replayOf(theLog());
  auto const cities = sumsOf(theFacts());
  ASSERT_EQ(report.cities.size(), cities.size());
  Fen paidInAll;
  for (auto const& totals : report.cities) {
    auto const& sums = cities.at(totals.city);
    EXPECT_EQ(sums.issued, totals.at(replay::Account::outside)) << totals.city.text();
    EXPECT_EQ(sums.recalled, totals.at(replay::Account::recalled)) << totals.city.text();
    EXPECT_EQ(sums.paid, totals.at(replay::Account::paid)) << totals.city.text();
    EXPECT_EQ(sums.returnedToTreasury, totals.at(replay::Account::returnedToTreasury)) << totals.city.text();
    paidInAll += sums.paid;
  }
  EXPECT_TRUE(paidInAll.isPositive());
}

TEST(Facts, LeadFromAPaymentBackToItsContract) {
  auto const& facts = theFacts();
  auto const paid = std::ranges::find_if(facts.payments, [](Payment const& payment) { return payment.settlement(); });
  ASSERT_NE(paid, facts.payments.end());
  auto const& award = facts.awards[paid->award];
  auto const& project = facts.projects[award.project];
  EXPECT_EQ(award.beneficiary, project.enterprise);
  EXPECT_EQ(paid->payee, project.enterprise);
  EXPECT_FALSE(facts.nameOf(project.enterprise).empty());
  ASSERT_FALSE(project.awards.empty());
  EXPECT_EQ(facts.awards.rowOf(award), project.awards.back());
  for (auto const contract : project.contracts) {
    EXPECT_EQ(facts.contracts[contract].enterprise, project.enterprise);
    EXPECT_EQ(facts.contracts[contract].enrolledWith.front(), award.project);
  }
  EXPECT_EQ(facts.find<Payment>(paid->source.ref), facts.payments.rowOf(*paid));
  EXPECT_FALSE(facts.find<Award>(paid->source.ref));
}

TEST(Facts, MarkWhatWasTakenBack) {
  auto const& facts = theFacts();
  std::size_t reversed = 0;
  for (auto const& reversal : facts.reversals) {
    auto const& decision = reversal.decision;
    if (!decision || decision->outcome != schema::Outcome::PASS) continue;
    ++reversed;
    auto const number = decision->source.event;
    std::size_t marked = 0;
    auto const look = [&](Source const& source) {
      if (source.event != reversal.original) return;
      EXPECT_EQ(source.reversedBy, number);
      ++marked;
    };
    for (auto const& contract : facts.contracts) look(contract.source);
    for (auto const& award : facts.awards) look(award.source);
    for (auto const& project : facts.projects) {
      for (auto const& cost : project.costs) look(cost.source);
      for (auto const& check : project.siteChecks) look(check.source);
    }
    for (auto const& payment : facts.payments) {
      look(payment.source);
      for (auto const& settled : payment.settlements) look(settled.source);
    }
    for (auto const& tranche : facts.tranches) {
      for (auto const& receipt : tranche.receipts) look(receipt.source);
      for (auto const& split : tranche.splits) look(split.source);
    }
    EXPECT_LE(marked, 1U);
  }
  EXPECT_GT(reversed, 0U);
}

TEST(Facts, NameWhoSigned) {
  auto const& facts = theFacts();
  for (auto const& payment : facts.payments) {
    ASSERT_FALSE(payment.source.person.empty());
    for (auto const& approval : payment.approvals) EXPECT_NE(approval.source.person, payment.source.person);
  }
}

}  // namespace
}  // namespace fundtrail::replay::facts

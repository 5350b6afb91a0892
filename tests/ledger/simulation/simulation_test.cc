// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/simulation.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ledger/domain/calendar.h"
#include "ledger/domain/read.h"
#include "ledger/programme/programme.h"
#include "ledger/schema/names.h"
#include "ledger/simulation/people.h"
#include "tests/ledger/simulation/simulated_history.h"

namespace fundtrail::ledger::simulation {
namespace {

using E = schema::Event::Which;
using tests::countsByType;
using tests::DomainLedger;
using tests::replayed;
using tests::visitEvents;

std::vector<batch::SignedBatch> batchesOf(Plan const& plan) {
  std::vector<batch::SignedBatch> batches;
  Simulation(plan).run([&](batch::SignedBatch batch) { batches.push_back(std::move(batch)); });
  return batches;
}

TEST(Simulation, EverySeedGivesALawfulHistoryOfTheSameEventsTogetherOrAlone) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    auto const together = replayed({.seed = seed, .enterprises = 120});
    auto const alone = replayed({.seed = seed, .enterprises = 120, .alone = true});
    EXPECT_GT(together.events().size(), 2000U);
    ASSERT_EQ(together.events().size(), alone.events().size());
    for (std::size_t i = 0; i < alone.events().size(); ++i) {
      // A conclusion is drawn about a log, and the two logs are not the same.
      if (schema::Message<schema::Event>(alone.events()[i].bytes.bytes()).root().isAuditConcluded()) continue;
      ASSERT_EQ(together.events()[i].context.ref, alone.events()[i].context.ref) << i;
    }
  }
}

TEST(Simulation, AloneEveryEventIsABatchOfItsOwn) {
  auto const batches = batchesOf({.seed = 3, .enterprises = 20, .alone = true});
  for (auto const& one : batches) ASSERT_EQ(one.events.size(), 1U);
  EXPECT_GT(batches.size(), batchesOf({.seed = 3, .enterprises = 20}).size());
}

TEST(Simulation, TheSamePlanGivesTheSameBytes) {
  Plan const plan{.seed = 7, .enterprises = 40};
  EXPECT_EQ(Simulation(plan).genesis(), Simulation(plan).genesis());
  EXPECT_EQ(batchesOf(plan), batchesOf(plan));
  EXPECT_NE(batchesOf(plan), batchesOf({.seed = 8, .enterprises = 40}));
}

TEST(Simulation, RunningTwiceGivesTheSameBytes) {
  Simulation const simulation({.seed = 7, .enterprises = 20});
  std::vector<batch::SignedBatch> first;
  std::vector<batch::SignedBatch> second;
  simulation.run([&](batch::SignedBatch batch) { first.push_back(std::move(batch)); });
  simulation.run([&](batch::SignedBatch batch) { second.push_back(std::move(batch)); });
  EXPECT_EQ(first, second);
}

TEST(Simulation, NoEnterprisesIsAHistoryToo) {
  auto const counts = countsByType(replayed({.seed = 1, .enterprises = 0}));
  EXPECT_EQ(counts.count(E::PROJECT_ENROLLED), 0U);
  EXPECT_GE(counts.at(E::TRANCHE_ISSUED), 14U);
}

TEST(Simulation, TheEnterprisesAreSharedOutInProportionToTheMinimumCounts) {
  std::map<std::uint32_t, std::size_t> enrolled;
  auto const ledger = replayed({.seed = 2, .enterprises = 400});
  visitEvents(ledger, [&](schema::Event::Reader event, auto const&) {
    if (!event.isProjectEnrolled()) return;
    auto const body = event.getProjectEnrolled();
    if (body.getPurpose() == schema::Purpose::REFORM) ++enrolled[body.getCity()];
  });
  for (auto const& city : programme::pilotCities()) {
    EXPECT_EQ(enrolled[city.code.number()], city.minEnterprises / 10) << city.code.number();
  }
}

TEST(Simulation, ThePublishedListsAppearWithTheirCountsAndTotals) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    auto const ledger = replayed({.seed = seed, .enterprises = 400});
    for (auto const& published : programme::publishedBatches()) {
      std::size_t found = 0;
      visitEvents(ledger, [&](schema::Event::Reader event, domain::EventContext const& context) {
        if (!event.isPublicityOpened()) return;
        auto const body = event.getPublicityOpened();
        if (domain::textOf(body.getTitle()) != published.title) return;
        ++found;
        EXPECT_EQ(body.getCity(), published.city.number());
        EXPECT_EQ(body.getOpensOn(), published.publishedOn.number());
        EXPECT_EQ(body.getEntries().size(), published.projects);
        EXPECT_EQ(domain::readFen(body.getTotalFen()), published.total);
        EXPECT_TRUE(ledger.state().publicities.find(context.ref)->closedBy);
      });
      EXPECT_EQ(found, 1U) << published.title;
    }
  }
}

TEST(Simulation, WhatIsPrepaidIsTheRealFirstTranche) {
  auto const ledger = replayed({.seed = 4, .enterprises = 100});
  domain::Fen issued;
  std::map<std::uint32_t, domain::Fen> byCity;
  ledger.state().tranches.visit([&](auto const&, domain::Tranche const& tranche) {
    if (tranche.kind != schema::TrancheKind::PREPAYMENT) return;
    issued += tranche.issued;
    byCity[tranche.city.number()] += tranche.issued;
  });
  EXPECT_EQ(domain::formatYuan(issued), "744,000,000.00");
  for (auto const& city : programme::pilotCities()) {
    EXPECT_EQ(byCity[city.code.number()], city.firstTranche) << city.code.number();
  }
}

TEST(Simulation, PlatformMoneyIsAtMostAFifthOfACitysTranche) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    auto const ledger = replayed({.seed = seed, .enterprises = 14});
    ledger.state().tranches.visit([&](auto const&, domain::Tranche const& tranche) {
      for (auto const& pocket : tranche.pockets) {
        if (pocket.pocket.purpose != schema::Purpose::PLATFORM) continue;
        auto const held = pocket.stages[static_cast<std::size_t>(domain::Stage::available)];
        EXPECT_TRUE(held.isPositive());
        EXPECT_LE(held.count() * 5, tranche.issued.count());
      }
    });
  }
}

TEST(Simulation, ThingsGoWrongAndArePutRight) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    auto const ledger = replayed({.seed = seed, .enterprises = 120});
    auto const counts = countsByType(ledger);
    for (auto const type :
         {E::PAYMENT_SETTLED, E::PAYMENT_RETURNED, E::PAYMENT_CANCELLED, E::RECOVERY_ORDERED, E::RECOVERY_RECEIVED,
          E::EVENT_REVERSED, E::BANK_ACCOUNT_CHANGED, E::KEY_REVOKED, E::CHANGE_CONFIRMED}) {
      EXPECT_TRUE(counts.contains(type)) << "seed " << seed << " " << schema::eventTypeName(type);
    }
    std::size_t undecided = 0;
    ledger.state().pending.visit(
        [&](auto const&, domain::PendingChange const& change) { undecided += !change.decided; });
    EXPECT_EQ(undecided, 0U);
    EXPECT_GT(counts.at(E::PAYMENT_SETTLED) * 2, counts.at(E::AWARD_APPROVED));
  }
}

TEST(Simulation, EveryoneSignsInOfficeHoursAndNeverBackInTime) {
  auto last = Simulation({.seed = 5, .enterprises = 60}).foundedAt();
  for (auto const& signedBatch : batchesOf({.seed = 5, .enterprises = 60, .alone = true})) {
    schema::Message<schema::Statement> const message(signedBatch.statement.bytes());
    auto const at = domain::checked(domain::Instant::fromMilliseconds(message.root().getAuthoredAt()));
    ASSERT_GE(at, last);
    last = at;
    auto const clock = at.text().substr(11, 5);
    EXPECT_TRUE("09:00" <= clock && clock < "17:30") << at.text();
    EXPECT_EQ(domain::isWorkingDay(at.businessDate()), true) << at.text();
  }
  EXPECT_EQ(last.businessDate().number() / 10'000, 2026U);
}

TEST(Simulation, EveryEventIsSignedByAKeyOfItsPerson) {
  Simulation const simulation({.seed = 6, .enterprises = 10});
  DomainLedger ledger(simulation.genesis());
  simulation.run([&](batch::SignedBatch const& batch) { ASSERT_FALSE(ledger.submit(batch)); });
  std::size_t replaced = 0;
  ledger.state().keys.visit([&](domain::KeyId const& id, domain::AuthorKey const& key) {
    auto const& person = ledger.state().person(key.person).id;
    auto const keyId = [&](unsigned generation) {
      return domain::KeyId(simulation.keyOf(person, generation).publicKey().fingerprint(ledger.hashAlgorithm()));
    };
    EXPECT_TRUE(id == keyId(0) || id == keyId(1)) << person;
    replaced += key.revoked;
  });
  EXPECT_EQ(replaced, 2U);  // one in time, one lost
  EXPECT_EQ(simulation.founders().size(), 4U);
}

TEST(Simulation, OneOfEachRoleHoldsItInTheEndAndSignsWithAFirstKey) {
  Simulation const simulation({.seed = 5, .enterprises = 40});
  auto const history = replayed({.seed = 5, .enterprises = 40});
  auto const& state = history.state();
  auto const today = history.events().back().context.acceptedAt.businessDate();
  EXPECT_EQ(oneOfEachRole().size(), capnp::Schema::from<schema::Role>().getEnumerants().size() - 1) << "all but one";
  for (auto const& person : oneOfEachRole()) {
    auto const key = simulation.keyOf(person.id).publicKey().fingerprint(simulation.hashAlgorithm());
    auto const* const known = state.keys.find(domain::KeyId(key));
    ASSERT_TRUE(known) << person.id;
    EXPECT_FALSE(known->revoked) << person.id;
    auto const& grants = state.person(known->person).grants;
    EXPECT_TRUE(std::ranges::any_of(grants, [&](domain::Grant const& grant) {
      return grant.role == person.role && grant.holdsOn(today);
    })) << person.id;
  }
}

}  // namespace
}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/allocation.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <set>

#include <capnp/message.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/merkle.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/read.h"
#include "ledger/history/fold.h"
#include "ledger/log/memory_log.h"
#include "tests/support/simulated_log.h"

namespace fundtrail::ledger::projections {
namespace {

using domain::Fen;
using domain::Stage;

using tests::kSimulated;
using tests::simulatedLog;
using tests::write;

/// Folds the whole simulated log, looking at the projection after every event.
history::Folded follow(std::function<void(Allocation const&)> const& look) {
  Allocation allocation;
  auto folded = history::fold(simulatedLog(), simulatedLog().size().events, [&](domain::Case const& about) {
    allocation.apply(about);
    look(allocation);
  });
  EXPECT_TRUE(folded) << folded.error().message;
  return *std::move(folded);
}

TEST(Allocation, EveryTrancheAddsUpToWhatWasIssuedAfterEveryEvent) {
  std::uint64_t looked = 0;
  follow([&](Allocation const& allocation) {
    for (auto const& city : allocation.cities()) {
      for (auto const& tranche : city.tranches) {
        auto const total = tranche.total();
        ASSERT_EQ(total.held(), total.issued) << tranche.number << " at " << allocation.position();
        ASSERT_EQ(total.received, total.held() - total.in(Stage::issued)) << "what arrived is no longer awaited";
        ASSERT_EQ(total.in(Stage::recovered), Fen()) << "recovered money is passed on within its event";
        for (auto const& pocket : tranche.pockets) {
          for (auto const amount : pocket.amounts.stages) ASSERT_FALSE(amount.isNegative());
        }
        ++looked;
      }
    }
  });
  EXPECT_GT(looked, 10'000U);
}

TEST(Allocation, AgreesWithTheStateOfTheRules) {
  Allocation last;
  auto const state = follow([&](Allocation const& allocation) {
                       if (allocation.position() == simulatedLog().size().events) last = allocation;
                     }).state;
  ASSERT_EQ(last.cities().size(), state.cities.size());
  for (auto const& city : last.cities()) {
    std::size_t enrolled = 0;
    std::set<domain::Uscc> paid;
    state.projects.visit([&](auto const&, auto const& project) { enrolled += project.city == city.city; });
    state.payments.visit([&](auto const&, auto const& payment) {
      if (payment.city != city.city || payment.stage != domain::PaymentStage::settled) return;
      paid.insert(state.awards.find(payment.award)->beneficiary);
    });
    EXPECT_EQ(city.projectsEnrolled, enrolled);
    EXPECT_EQ(city.enterprisesPaid(), paid.size());
    for (auto const& tranche : city.tranches) {
      auto const* const known = state.tranches.find(tranche.ref);
      ASSERT_NE(known, nullptr);
      EXPECT_EQ(tranche.total().issued, known->issued);
      for (auto const& [pocket, amounts] : tranche.pockets) {
        for (std::size_t i = 0; i < domain::kStages; ++i) {
          EXPECT_EQ(amounts.stages[i], known->balance({pocket, static_cast<Stage>(i)}));
        }
      }
    }
  }
}

TEST(Allocation, TellsOfMoneyThatCameBack) {
  auto const whole = project(simulatedLog(), {});
  ASSERT_TRUE(whole) << whole.error().message;
  auto const total = whole->allocation.total();
  EXPECT_TRUE(total.in(Stage::paid).isPositive());
  EXPECT_TRUE(total.recovered.isPositive());
  EXPECT_LE(total.in(Stage::returnedToTreasury), total.recovered);
}

/// An event that states no more than the projection looks at.
schema::Words event(std::function<void(schema::Event::Builder)> const& fill) {
  capnp::MallocMessageBuilder message;
  fill(message.initRoot<schema::Event>());
  return schema::canonical<schema::Event>(message.getRoot<schema::Event>());
}

/// A projection that is fed event by event, without rules.
struct Fed {
  Allocation allocation;

  domain::EventContext next() const {
    crypto::Digest name;
    name.bytes[0] = static_cast<std::uint8_t>(allocation.position());
    return {domain::EventNumber(allocation.position()), domain::EventRef(name), domain::KeyId(name),
            domain::Instant::startOf(domain::Date::first())};
  }
  domain::RecordedEvent apply(schema::Words bytes, domain::Subject subject = {}, domain::Postings const& moved = {}) {
    subject.region = *domain::CityCode::fromNumber(441900);
    auto const context = next();
    schema::Message<schema::Event> const message(bytes.bytes());
    allocation.apply({context, message.root(), std::move(subject), moved, {}});
    return {context, std::move(bytes)};
  }
  void reverse(domain::RecordedEvent const& what, domain::Subject subject = {}, domain::Postings const& moved = {}) {
    subject.reversed = what;
    apply(event([](auto made) { made.initChangeConfirmed().setOutcome(schema::Outcome::PASS); }), subject, moved);
  }
  CityAllocation const& city() const { return allocation.cities().front(); }
};

TEST(Allocation, TakesReversalsOutOfItsFlowsAndCounts) {
  Fed fed;
  fed.apply(event([](auto made) { made.initCityDesignated().setCity(441900); }));
  domain::Posting const issue{fed.next().ref, std::nullopt, domain::Place{{}, Stage::issued}, Fen::literal(100)};
  fed.apply(event([](auto made) { made.initTrancheIssued(); }), {}, {issue});
  domain::Posting const receipt{issue.tranche, issue.to, domain::Place{{}, Stage::available}, Fen::literal(70)};
  auto const received = fed.apply(event([](auto made) { made.initTrancheReceived(); }), {}, {receipt});
  domain::Subject payee;
  payee.enterprise = domain::Uscc::parse("91440101327598294H");
  ASSERT_TRUE(payee.enterprise);
  auto const settled = fed.apply(event([](auto made) { made.initPaymentSettled(); }), payee);
  ASSERT_EQ(fed.city().total().received, Fen::literal(70));
  ASSERT_EQ(fed.city().enterprisesPaid(), 1U);

  fed.reverse(settled, payee);
  EXPECT_EQ(fed.city().enterprisesPaid(), 0U);
  fed.reverse(received, {}, {domain::inverse(receipt)});
  EXPECT_EQ(fed.city().total().received, Fen());
  EXPECT_EQ(fed.city().total().in(Stage::issued), Fen::literal(100));
}

TEST(Allocation, MoneyMayBeSpentBeforeItArrivedWhereADateLeavesTheReceiptOut) {
  Fed fed;
  fed.apply(event([](auto made) { made.initCityDesignated().setCity(441900); }));
  domain::Posting const issue{fed.next().ref, std::nullopt, domain::Place{{}, Stage::issued}, Fen::literal(100)};
  fed.apply(event([](auto made) { made.initTrancheIssued(); }), {}, {issue});
  domain::Pocket const reform{schema::Purpose::REFORM, 0};
  domain::Posting const split{issue.tranche, domain::Place{{}, Stage::available},
                              domain::Place{reform, Stage::available}, Fen::literal(30)};
  fed.apply(event([](auto made) { made.initTrancheSplit(); }), {}, {split});
  auto const total = fed.city().total();
  EXPECT_EQ(fed.city().tranches.front().pockets.front().amounts.in(Stage::available), -Fen::literal(30));
  EXPECT_EQ(total.held(), total.issued) << "the tranche adds up all the same";
}

TEST(Project, GivesAtEachPositionWhatTheEventsBeforeItMake) {
  constexpr std::uint64_t kStride = 83;  // falls into the middle of batches as well as between them
  std::size_t looked = 0;
  follow([&](Allocation const& stepwise) {
    if (stepwise.position() % kStride != 0) return;
    auto const projected = project(simulatedLog(), {domain::EventNumber(stepwise.position()), std::nullopt});
    ASSERT_TRUE(projected) << projected.error().message;
    EXPECT_EQ(projected->basis.position, stepwise.position());
    EXPECT_TRUE(projected->allocation == stepwise) << stepwise.position();
    ++looked;
  });
  EXPECT_GT(looked, 10U);
}

TEST(Project, RestsOnTheFewestBatchesThatHoldItsEvents) {
  auto const& log = simulatedLog();
  for (std::uint64_t const position : {std::uint64_t{1}, log.size().events / 2, log.size().events}) {
    auto const projected = project(log, {domain::EventNumber(position), std::nullopt});
    ASSERT_TRUE(projected) << projected.error().message;
    auto const batch = log.batchOf(domain::EventNumber(position - 1));
    ASSERT_TRUE(batch);
    EXPECT_EQ(projected->basis.treeSize, batch->value() + 1);

    crypto::TreeHasher hasher(log.hashAlgorithm());
    std::vector<crypto::Digest> leaves;
    for (std::uint64_t i = 0; i < projected->basis.treeSize; ++i) {
      leaves.push_back(hasher.leaf(*log.entry(domain::BatchNumber(i))));
    }
    EXPECT_EQ(projected->basis.root, crypto::rootOf(log.hashAlgorithm(), leaves));
  }
  EXPECT_EQ(project(log, {})->basis.root, log.root());
}

TEST(Project, AtPositionZeroRestsOnTheGenesisAlone) {
  auto const projected = project(simulatedLog(), {domain::EventNumber(0), std::nullopt});
  ASSERT_TRUE(projected) << projected.error().message;
  EXPECT_TRUE(projected->allocation.cities().empty());
  EXPECT_EQ(projected->basis.treeSize, 1U);
  EXPECT_FALSE(projected->basis.acceptedAt);
}

TEST(Project, RefusesAPositionBeyondTheEnd) {
  auto const projected = project(simulatedLog(), {domain::EventNumber(simulatedLog().size().events + 1), std::nullopt});
  ASSERT_FALSE(projected);
  EXPECT_EQ(projected.error().kind, crypto::ErrorKind::notFound);
}

TEST(Project, RefusesALogWithoutALedger) {
  log::MemoryLog const empty(crypto::HashAlgorithm::sha256);
  auto const projected = project(empty, {});
  ASSERT_FALSE(projected);
  EXPECT_EQ(projected.error().kind, crypto::ErrorKind::notFound);
}

/// The founding batch and the first batches of the simulation, the last of them to be doctored.
std::vector<batch::SignedBatch> firstBatches(std::size_t count) {
  simulation::Simulation const simulation(kSimulated);
  std::vector<batch::SignedBatch> batches{simulation.genesis()};
  simulation.run([&](batch::SignedBatch batch) {
    if (batches.size() < count) batches.push_back(std::move(batch));
  });
  return batches;
}

void expectCorrupt(log::EventLog const& log, std::string_view why) {
  auto const projected = project(log, {});
  ASSERT_FALSE(projected);
  EXPECT_EQ(projected.error().kind, crypto::ErrorKind::corrupt);
  EXPECT_THAT(projected.error().message, testing::HasSubstr(std::string(why)));
}

TEST(Project, RefusesEventsThatWereNotSigned) {
  auto const batches = firstBatches(3);
  log::MemoryLog log(crypto::HashAlgorithm::sha256);
  write(log, batches[0]);
  auto events = batches[1].events.views();
  auto const others = batches[2].events.views();
  events.front() = others.front();
  write(log, batches[1], events);
  expectCorrupt(log, "not those that the statement was signed for");
}

TEST(Project, RefusesEventsThatAreUnlawful) {
  auto const batches = firstBatches(2);
  log::MemoryLog log(crypto::HashAlgorithm::sha256);
  write(log, batches[0]);
  write(log, batches[1]);
  write(log, batches[1]);  // the same again: signed as before, but nobody may do it twice
  expectCorrupt(log, "breaks rule");
}

}  // namespace
}  // namespace fundtrail::ledger::projections

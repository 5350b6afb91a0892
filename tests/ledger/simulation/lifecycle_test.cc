// SPDX-License-Identifier: Apache-2.0
// What a simulated history is made of: every type of event, every purpose, every way to go wrong, in proportion.

#include <map>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "crypto/merkle.h"
#include "ledger/domain/read.h"
#include "ledger/schema/names.h"
#include "tests/ledger/simulation/simulated_history.h"

namespace fundtrail::ledger::simulation {
namespace {

using E = schema::Event::Which;
using domain::EventNumber;
using domain::EventRef;
using domain::Fen;
using tests::countsByType;
using tests::DomainLedger;
using tests::replayed;
using tests::visitEvents;

/// Of the size that the province is shown with; made once.
DomainLedger const& province() {
  static auto const ledger = replayed({.seed = 1, .enterprises = 400});
  return ledger;
}

TEST(Lifecycle, EveryTypeOfEventOccurs) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    auto const counts = countsByType(seed == 1 ? province() : replayed({.seed = seed, .enterprises = 400}));
    for (auto const type : schema::eventTypes()) {
      if (type == E::SUBJECT_ERASED) continue;  // not judged yet
      EXPECT_TRUE(counts.contains(type)) << "seed " << seed << " " << schema::eventTypeName(type);
    }
  }
}

TEST(Lifecycle, WhatGoesWrongIsTheException) {
  auto const counts = countsByType(province());
  auto const percent = [&](E part, E whole) {
    return 100 * static_cast<double>(counts.at(part)) / static_cast<double>(counts.at(whole));
  };
  EXPECT_NEAR(percent(E::PAYMENT_RETURNED, E::PAYMENT_INSTRUCTED), 2, 1);
  EXPECT_NEAR(percent(E::OBJECTION_RAISED, E::AWARD_APPROVED), 2.5, 1.5);
  EXPECT_NEAR(percent(E::RECOVERY_ORDERED, E::PAYMENT_SETTLED), 1.5, 1);
  EXPECT_NEAR(percent(E::FINDING_RAISED, E::AWARD_APPROVED), 2.5, 1.5);
  EXPECT_NEAR(percent(E::COMPLAINT_FILED, E::AWARD_APPROVED), 4, 2);
  EXPECT_NEAR(percent(E::LOOK_BACK_DONE, E::AWARD_APPROVED), 14, 5);
  EXPECT_GT(percent(E::PAYMENT_SETTLED, E::AWARD_APPROVED), 80);
  EXPECT_LT(counts.at(E::EVENT_REVERSED) * 100, province().events().size());
}

TEST(Lifecycle, MoneyOfEveryPurposeIsPaid) {
  std::map<schema::Purpose, Fen> paid;
  province().state().awards.visit(
      [&](EventRef const&, domain::Award const& award) { paid[award.purpose] += award.paid(); });
  for (auto purpose = schema::Purpose::REFORM; purpose <= schema::Purpose::ADMINISTRATION;
       purpose = static_cast<schema::Purpose>(static_cast<unsigned>(purpose) + 1)) {
    EXPECT_TRUE(paid[purpose].isPositive()) << schema::enumerantName(purpose);
  }
  EXPECT_GT(paid[schema::Purpose::REFORM].count(), paid[schema::Purpose::PLATFORM].count() * 4);
}

TEST(Lifecycle, WhatIsPaidInAdvanceIsPaidInInstalmentsAndComputedAgain) {
  auto const& state = province().state();
  std::map<EventRef, unsigned> settled;
  state.payments.visit([&](EventRef const&, domain::Payment const& payment) {
    settled[payment.award] += payment.stage == domain::PaymentStage::settled;
  });
  std::set<schema::SupportMode> modes;
  unsigned less = 0;
  state.awards.visit([&](EventRef const& ref, domain::Award const& award) {
    auto const& project = *state.projects.find(award.project);
    if (!project.isPaidInAdvance() || settled[ref] < 2) return;
    modes.insert(project.mode);
    EXPECT_TRUE(project.acceptedOn);
    EXPECT_EQ(award.paid(), project.subsidy);
    less += award.paid() < award.amount;
  });
  EXPECT_EQ(modes.size(), 2U);
  EXPECT_GT(less, 0U);
}

TEST(Lifecycle, SomeAwardsDrawOnMoneyOfTwoLevels) {
  auto const& state = province().state();
  std::size_t mixed = 0;
  state.awards.visit([&](EventRef const&, domain::Award const& award) {
    std::set<schema::GovernmentLevel> levels;
    for (auto const& draw : award.draws) levels.insert(state.tranches.find(draw.tranche)->level);
    mixed += levels.size() == 2;
  });
  EXPECT_GT(mixed, 20U);
}

TEST(Lifecycle, RecoveriesEndWholeInPartsOrWaived) {
  std::size_t inParts = 0;
  std::size_t waived = 0;
  province().state().recoveries.visit([&](EventRef const&, domain::Recovery const& recovery) {
    inParts += recovery.steps.size() > 2;
    waived += recovery.waived.isPositive();
  });
  EXPECT_GT(inParts, waived);
  EXPECT_GT(waived, 0U);
}

TEST(Lifecycle, EventsOfManyTypesAreReversed) {
  std::set<E> types;
  visitEvents(province(), [&](schema::Event::Reader event, auto const&) {
    if (!event.isEventReversed()) return;
    auto const wrong = province().event(EventNumber(event.getEventReversed().getNumber()));
    types.insert(schema::Message<schema::Event>(wrong->bytes.bytes()).root().which());
  });
  for (auto const type :
       {E::TRANCHE_SPLIT, E::CONTRACT_FILED, E::COST_VERIFIED, E::AWARD_APPROVED, E::PAYMENT_INSTRUCTED,
        E::PAYMENT_SETTLED, E::RECOVERY_RECEIVED, E::LINE_MATCHED, E::LINE_EXPLAINED}) {
    EXPECT_TRUE(types.contains(type)) << schema::eventTypeName(type);
  }
}

TEST(Lifecycle, ObjectionsAreResolvedBothWays) {
  std::set<bool> upheld;
  visitEvents(province(), [&](schema::Event::Reader event, auto const&) {
    if (event.isObjectionResolved()) upheld.insert(event.getObjectionResolved().getUpheld());
  });
  EXPECT_EQ(upheld.size(), 2U);
}

TEST(Lifecycle, ProvidersAreDelistedForEachOfTheFourCauses) {
  std::multiset<schema::DelistingCause> causes;
  visitEvents(province(), [&](schema::Event::Reader event, auto const&) {
    if (event.isProviderDelisted()) causes.insert(event.getProviderDelisted().getCause());
  });
  EXPECT_EQ(causes.size(), 4U);
  EXPECT_EQ((std::set<schema::DelistingCause>(causes.begin(), causes.end()).size()), 4U);
}

TEST(Lifecycle, FraudStopsThePaymentUntilItIsClosed) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    auto const& ledger = seed == 1 ? province() : replayed({.seed = seed, .enterprises = 400});
    std::vector<EventRef> frauds;
    ledger.state().findings.visit([&](EventRef const& ref, domain::Finding const& finding) {
      if (finding.isFraud()) frauds.push_back(ref);
    });
    ASSERT_EQ(frauds.size(), 1U) << seed;
    auto const& finding = *ledger.state().findings.find(frauds.front());
    EXPECT_EQ(finding.stage, domain::FindingStage::closed);
    std::uint32_t closedOn = 0;
    std::vector<std::uint32_t> requestedOn;
    visitEvents(ledger, [&](schema::Event::Reader event, auto const&) {
      if (event.isRectificationVerified() &&
          domain::readRef(event.getRectificationVerified().getFinding()) == frauds.front()) {
        closedOn = event.getOccurredOn();
      }
      if (!event.isPaymentRequested()) return;
      auto const* const award = ledger.state().awards.find(domain::readRef(event.getPaymentRequested().getAward()));
      if (award->project == finding.project) requestedOn.push_back(event.getOccurredOn());
    });
    ASSERT_FALSE(requestedOn.empty()) << seed;
    EXPECT_GE(requestedOn.front(), closedOn) << seed;
  }
}

TEST(Lifecycle, EveryLineOfEveryStatementIsMatchedOrExplained) {
  std::size_t matched = 0;
  std::size_t explained = 0;
  province().state().statements.visit([&](EventRef const&, domain::Statement const& statement) {
    for (auto const& line : statement.lines) {
      matched += line.matched.has_value();
      explained += !line.isOpen() && !line.matched;
      EXPECT_FALSE(line.isOpen()) << statement.city.number() << " " << line.valueDate.text();
    }
  });
  EXPECT_GT(matched, explained * 2);
}

TEST(Lifecycle, EveryMoveOfMoneyStandsInAStatement) {
  constexpr std::uint32_t kNotYetImported = 20260601;
  std::set<std::uint64_t> reversed;
  visitEvents(province(), [&](schema::Event::Reader event, auto const&) {
    if (event.isEventReversed()) reversed.insert(event.getEventReversed().getNumber());
  });
  visitEvents(province(), [&](schema::Event::Reader event, domain::EventContext const& context) {
    bool const moves = event.isTrancheReceived() || event.isPaymentSettled() || event.isPaymentReturned() ||
                       event.isRecoveryReceived();
    if (!moves || event.getOccurredOn() >= kNotYetImported || reversed.contains(context.number.value())) return;
    auto const* const matched = province().state().matched.find(context.number);
    EXPECT_TRUE(matched && *matched) << schema::eventTypeName(event.which()) << " " << event.getOccurredOn();
  });
}

TEST(Lifecycle, AConclusionNamesTheLogAsItWas) {
  Simulation const simulation({.seed = 1, .enterprises = 60});
  crypto::TreeHasher hasher(crypto::HashAlgorithm::sha256);
  crypto::Frontier log(crypto::HashAlgorithm::sha256);
  std::uint64_t events = 0;
  std::map<std::uint64_t, crypto::Digest> roots;
  std::size_t conclusions = 0;
  auto const append = [&](batch::SignedBatch const& batch, domain::Instant at) {
    log.append(hasher.leaf(batch::makeEntry(batch, at, EventNumber(events)).bytes()));
    roots.emplace(log.size(), log.root());
    events += batch.events.size();
  };
  append(simulation.genesis(), simulation.foundedAt());
  simulation.run([&](batch::SignedBatch const& batch) {
    for (auto const bytes : batch.events.views()) {
      schema::Message<schema::Event> const message(bytes);
      if (!message.root().isAuditConcluded()) continue;
      ++conclusions;
      auto const body = message.root().getAuditConcluded();
      ASSERT_TRUE(roots.contains(body.getTreeSize()));
      EXPECT_EQ(roots.at(body.getTreeSize()).hex(), crypto::toHex(domain::bytesOf(body.getRootHash())));
    }
    schema::Message<schema::Statement> const statement(batch.statement.bytes());
    append(batch, *domain::Instant::fromMilliseconds(statement.root().getAuthoredAt()));
  });
  EXPECT_EQ(conclusions, 2U);
}

}  // namespace
}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
// K1, K2, K3, K19, K20, K21, K25: each at its threshold, and just beyond.
#include <gtest/gtest.h>

#include "tests/replay/indicators/story.h"

namespace fundtrail::replay::indicators {
namespace {

TEST(Retained, IsMoneyThatWasNotSplitInThirtyDays) {
  Story story;
  auto const tranche = story.tranche(yuan(100), on("2024-01-02"));
  auto const first = story.receive(tranche, yuan(60), on("2024-02-01"));
  story.receive(tranche, yuan(40), on("2024-03-01"));
  story.split(tranche, yuan(50), on("2024-02-02"));

  EXPECT_TRUE(ask("K1", story, "2024-03-02").hits.empty());  // 30 days
  auto const outcome = ask("K1", story, "2024-03-03");
  ASSERT_EQ(outcome.hits.size(), 1U);
  EXPECT_EQ(outcome.hits[0].amount, yuan(10));
  EXPECT_EQ(outcome.hits[0].events, (std::vector{first, story.facts.tranches[tranche].source.event}));
  EXPECT_EQ(outcome.population, 1U);
}

TEST(Retained, IsAnAwardThatIsNotPaidInTime) {
  Story story;
  auto const project = story.project(on("2024-02-01"));
  story.accept(project, on("2024-05-01"));
  auto const award = story.award(project, yuan(100), on("2024-04-01"));
  story.pay(award, yuan(30), on("2024-05-02"));

  EXPECT_TRUE(ask("K1", story, "2024-10-28").hits.empty());  // 180 days after the acceptance
  auto const outcome = ask("K1", story, "2024-10-29");
  ASSERT_EQ(outcome.hits.size(), 1U);
  EXPECT_EQ(outcome.hits[0].amount, yuan(70));
  EXPECT_EQ(outcome.hits[0].events, std::vector{story.facts.awards[award].source.event});
}

TEST(Idle, IsMoreThanHalfOfATrancheUnspentAtAYearsEnd) {
  auto const unspent = [](Fen paid) {
    Story story;
    auto const tranche = story.tranche(yuan(1'000), on("2023-12-01"));
    story.receive(tranche, yuan(1'000), on("2023-12-31"));
    auto const award = story.award(story.project(on("2024-02-01")), paid, on("2024-03-01"), tranche);
    story.pay(award, paid, on("2024-12-31"));
    return ask("K2", story, "2025-01-31").hits;
  };
  EXPECT_TRUE(unspent(yuan(500)).empty());
  auto const hits = unspent(yuan(499));
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].amount, yuan(501));
  EXPECT_EQ(hits[0].score, 50U);
}

TEST(Idle, IsNotAskedOfMoneyThatHasJustCome) {
  Story story;
  auto const tranche = story.tranche(yuan(1'000), on("2024-01-02"));
  story.receive(tranche, yuan(1'000), on("2024-01-02"));
  EXPECT_EQ(ask("K2", story, "2025-01-31").population, 0U);
}

/// Twelve payments of a year, the last in December.
std::vector<Hit> decemberOf(Fen december, std::string_view asOf = "2025-01-01") {
  Story story;
  auto const award = story.award(story.project(on("2024-01-02")), yuan(10'000), on("2024-01-02"));
  for (int i = 0; i < 11; ++i) story.pay(award, yuan(70), on("2024-06-0" + std::to_string(1 + i % 9)));
  story.pay(award, december, on("2024-12-20"));
  return ask("K3", story, asOf).hits;
}

TEST(YearEndRush, IsMoreThanEightTenthsInDecember) {
  EXPECT_TRUE(decemberOf(yuan(3'080)).empty());
  auto const hits = decemberOf(yuan(3'085));
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].amount, yuan(3'085));
  EXPECT_TRUE(decemberOf(yuan(3'085), "2024-12-31").empty());  // the year is not over
}

TEST(Digits, StrayFromBenfordsLaw) {
  Story story;
  auto const award = story.award(story.project(on("2024-01-02")), yuan(1'000'000), on("2024-01-02"));
  for (int i = 0; i < 300; ++i) story.pay(award, Fen::literal(777'701 + i), on("2024-06-03"));
  auto const outcome = ask("K19", story, "2025-01-01", {{"minSpread", 1}});
  ASSERT_EQ(outcome.hits.size(), 1U);
  EXPECT_EQ(outcome.hits[0].score, 100U);
  EXPECT_TRUE(ask("K19", story, "2025-01-01", {{"minSpread", 1}, {"minPayments", 301}}).hits.empty());
  EXPECT_TRUE(ask("K19", story, "2025-01-01").hits.empty());  // all of one size
}

TEST(Digits, FollowBenfordsLaw) {
  Story story;
  auto const award = story.award(story.project(on("2024-01-02")), yuan(100'000'000), on("2024-01-02"));
  // 1.01ⁿ, a geometric series over whole orders of magnitude.
  std::int64_t amount = 1'000'000'003;
  for (int i = 0; i < 464; ++i, amount += amount / 100)
    story.pay(award, Fen::literal(amount / 1'000), on("2024-06-03"));
  auto const outcome = ask("K19", story, "2025-01-01", {{"minSpread", 50}});
  EXPECT_EQ(outcome.population, 1U);
  EXPECT_TRUE(outcome.hits.empty());
}

TEST(Digits, AreRoundMoreOftenThanOneInFive) {
  auto const hits = [](int round) {
    Story story;
    auto const award = story.award(story.project(on("2024-01-02")), yuan(1'000'000), on("2024-01-02"));
    for (int i = 0; i < 10; ++i) story.pay(award, i < round ? yuan(10'000) : yuan(10'001), on("2024-06-03"));
    return ask("K19", story, "2025-01-01", {{"minRounded", 10}}).hits;
  };
  EXPECT_TRUE(hits(2).empty());
  ASSERT_EQ(hits(3).size(), 1U);
  EXPECT_EQ(hits(3)[0].amount, yuan(30'000));
}

struct Programme {
  Story story;
  TrancheRow tranche;
  explicit Programme(std::uint32_t target) : tranche(story.tranche(yuan(1'000), on("2024-01-02"))) {
    story.receive(tranche, yuan(1'000), on("2024-01-03"));
    story.facts.designations.add(
        {story.next(on("2024-01-02")), kCity, schema::Region::PEARL_RIVER_DELTA, target, Fen()});
  }
};

TEST(CityLag, IsPaymentsThatLeadTheWork) {
  auto const hits = [](Fen paid) {
    Programme programme(10);
    auto& story = programme.story;
    auto const project = story.project(on("2024-02-01"));
    story.accept(project, on("2024-03-01"));  // one of ten
    story.pay(story.award(project, paid, on("2024-03-02"), programme.tranche), paid, on("2024-03-03"));
    return ask("K20", story, "2024-12-31").hits;
  };
  EXPECT_TRUE(hits(yuan(300)).empty());
  ASSERT_EQ(hits(yuan(301)).size(), 1U);
  EXPECT_EQ(hits(yuan(301))[0].amount, yuan(201)) << "of a thousand received a tenth is earned";
}

TEST(CityLag, IsPlatformMoneyNearItsCap) {
  auto const hits = [](Fen platform) {
    Programme programme(10);
    auto& story = programme.story;
    auto const project = story.project(on("2024-02-01"));
    story.facts.projects[project].purpose = schema::Purpose::PLATFORM;
    story.award(project, platform, on("2024-03-02"), programme.tranche);
    return ask("K20", story, "2024-12-31").hits;
  };
  EXPECT_TRUE(hits(yuan(179)).empty());
  ASSERT_EQ(hits(yuan(180)).size(), 1U);
  EXPECT_EQ(hits(yuan(180))[0].score, 50U);
  EXPECT_EQ(hits(yuan(200))[0].score, 100U);
}

TEST(CityLag, IsTooFewEnterprisesOnceTheWindowIsOver) {
  Programme programme(1);
  auto& story = programme.story;
  story.facts.policies.add(
      {story.next(on("2024-01-02")), {}, on("2023-10-11"), on("2023-10-11"), on("2024-12-31"), 2'000, 2, 2, 350, 200});
  EXPECT_TRUE(ask("K20", story, "2024-12-31").hits.empty());
  EXPECT_EQ(ask("K20", story, "2025-01-01").hits.size(), 1U);
  story.accept(story.project(on("2024-02-01")), on("2024-03-01"));
  EXPECT_TRUE(ask("K20", story, "2025-01-01").hits.empty());
}

TEST(RecoveryLate, IsWhatIsStillOutBehindTheDeadline) {
  Story story;
  auto const award = story.award(story.project(on("2024-02-01")), yuan(100), on("2024-03-01"));
  auto const row = story.facts.recoveries.add({story.next(on("2024-06-01")), award, yuan(50), on("2024-07-01")});
  story.facts.recoveries[row].receipts.push_back(
      {story.next(on("2024-06-20")), yuan(20), {}, on("2024-06-20"), schema::Disposition::TREASURY, {}});

  EXPECT_TRUE(ask("K21", story, "2024-07-01").hits.empty());
  auto const hits = ask("K21", story, "2024-07-02").hits;
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].amount, yuan(30));
  EXPECT_EQ(hits[0].events, std::vector{story.facts.recoveries[row].source.event});
}

TEST(RecoveryLate, TakesAWaiverOnlyWhenASecondPersonConfirmedIt) {
  Story story;
  auto const award = story.award(story.project(on("2024-02-01")), yuan(100), on("2024-03-01"));
  auto const row = story.facts.recoveries.add({story.next(on("2024-06-01")), award, yuan(50), on("2024-07-01")});
  auto const waiver = story.facts.waivers.add({story.next(on("2024-06-20")), row, yuan(50)});
  story.facts.recoveries[row].waivers.push_back(waiver);
  EXPECT_EQ(ask("K21", story, "2024-07-02").hits.size(), 1U);
  story.facts.waivers[waiver].decision = facts::Decision{story.next(on("2024-06-21")), schema::Outcome::PASS};
  EXPECT_TRUE(ask("K21", story, "2024-07-02").hits.empty());
}

TEST(RecoveryLate, IsARectificationThatNobodyVerified) {
  Story story;
  auto const row = story.facts.findings.add({story.next(on("2024-06-01")),
                                             story.text("manual"),
                                             kCity,
                                             std::nullopt,
                                             {kEnterprise},
                                             schema::FraudKind::NOT_STATED,
                                             yuan(7),
                                             on("2024-07-01")});
  ASSERT_EQ(ask("K21", story, "2024-07-02").hits.size(), 1U);
  story.facts.findings[row].verifications.push_back({story.next(on("2024-07-01")), schema::Conclusion::RECTIFIED});
  EXPECT_TRUE(ask("K21", story, "2024-07-02").hits.empty());
}

TEST(Intercepted, IsWhatACountyKeepsTooLong) {
  Story story;
  auto const tranche = story.tranche(yuan(100), on("2024-01-02"));
  auto const handed = story.split(tranche, yuan(100), on("2024-02-01"), kCounty);
  auto const project = story.project(on("2024-02-01"));
  story.pay(story.award(project, yuan(40), on("2024-03-01"), tranche, kCounty), yuan(40), on("2024-03-05"));

  EXPECT_TRUE(ask("K25", story, "2024-07-30").hits.empty());  // 180 days
  auto const hits = ask("K25", story, "2024-07-31").hits;
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].amount, yuan(60));
  EXPECT_EQ(hits[0].events, std::vector{handed});
  EXPECT_EQ(hits[0].subjects, std::vector{Subject::of(kCounty)});
}

TEST(Intercepted, IsMoreThanHalfOfWhatItGot) {
  auto const hits = [](Fen paid) {
    Story story;
    auto const tranche = story.tranche(yuan(100), on("2024-01-02"));
    story.split(tranche, yuan(100), on("2024-02-01"), kCounty);
    story.pay(story.award(story.project(on("2024-02-01")), paid, on("2024-03-01"), tranche, kCounty), paid,
              on("2024-03-05"));
    return ask("K25", story, "2024-12-31").hits;
  };
  EXPECT_TRUE(hits(yuan(50)).empty());
  EXPECT_EQ(hits(yuan(49)).size(), 1U);
}

TEST(Records, ThatWereTakenBackOrComeLaterDoNotCount) {
  Story story;
  auto const tranche = story.tranche(yuan(100), on("2024-01-02"));
  story.split(tranche, yuan(100), on("2024-02-01"), kCounty);
  EXPECT_EQ(ask("K25", story, "2024-12-31").hits.size(), 1U);
  EXPECT_EQ(ask("K25", story, "2024-01-31", {{"days", 0}}).population, 0U);
  story.facts.tranches[tranche].splits[0].source.reversedBy = EventNumber(99);
  EXPECT_EQ(ask("K25", story, "2024-12-31").population, 0U);
}

}  // namespace
}  // namespace fundtrail::replay::indicators

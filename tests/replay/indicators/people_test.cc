// SPDX-License-Identifier: Apache-2.0
// K10 to K12, K14 to K18, K22, K23: each at its threshold, and just beyond.
#include <gtest/gtest.h>

#include "tests/replay/indicators/story.h"

namespace fundtrail::replay::indicators {
namespace {

using schema::AssessmentStage;

constexpr std::string_view kLater = "2026-06-30";
constexpr std::string_view kEnterpriseAccount = "6222000011112222";
constexpr std::string_view kProviderAccount = "6222000033334444";

/// A contract of 100 yuan for an accepted project that was paid 30.
struct Supported {
  Story story;
  ProjectRow project;
  EventNumber contract;
  Supported() : project(ProjectRow(0)), contract(EventNumber(0)) {
    story.organisation(kEnterprise, "甲公司", kEnterpriseAccount);
    story.organisation(kProvider, "乙软件公司", kProviderAccount, schema::OrganisationKind::VENDOR);
    auto const row = story.contract(on("2024-02-01"), yuan(10'000));
    contract = story.facts.contracts[row].source.event;
    project = story.project(on("2024-02-02"), {row});
    story.accept(project, on("2024-06-01"));
    story.pay(story.award(project, yuan(3'000), on("2024-07-01")), yuan(3'000), on("2024-07-10"));
  }
};

Movement movement(std::string_view date, std::string_view from, std::string_view to, Fen amount) {
  return {2, on(date), std::string(from), {}, std::string(to), {}, amount};
}

TEST(Kickback, NeedsTheBankMovements) {
  Supported supported;
  auto const outcome = ask("K10", supported.story, kLater);
  EXPECT_EQ(outcome.state, State::notExamined);
  EXPECT_NE(outcome.reason.en.find("--bank-movements"), std::string::npos);
}

TEST(Kickback, IsTheSubsidyOnItsWayBackWithinOnePercentAndHalfAYear) {
  auto const hits = [](std::string_view date, Fen amount, std::string_view from = kProviderAccount) {
    Supported supported;
    Supplements brought;
    brought.movements = {movement(date, from, kEnterpriseAccount, amount)};
    return ask("K10", supported.story, kLater, {}, brought).hits;
  };
  ASSERT_EQ(hits("2024-07-10", yuan(3'030)).size(), 1U);
  EXPECT_EQ(hits("2024-07-10", yuan(3'030))[0].amount, yuan(3'030));
  EXPECT_TRUE(hits("2024-07-10", yuan(3'031)).empty());
  EXPECT_TRUE(hits("2024-07-09", yuan(3'000)).empty());  // before it was paid
  EXPECT_EQ(hits("2025-01-06", yuan(3'000)).size(), 1U);
  EXPECT_TRUE(hits("2025-01-07", yuan(3'000)).empty());  // 181 days
  EXPECT_TRUE(hits("2024-07-10", yuan(3'000), "6222999999999999").empty());
}

TEST(Kickback, ReachesTheRepresentativeByTheRegistry) {
  Supported supported;
  Supplements brought;
  brought.movements = {{2, on("2024-07-20"), std::string(kProviderAccount), {}, {}, "某某", yuan(10'000)}};
  EXPECT_TRUE(ask("K10", supported.story, kLater, {}, brought).hits.empty());
  brought.registry = {{kEnterprise, RegistryEntry::Kind::representative, "某某"}};
  auto const hits = ask("K10", supported.story, kLater, {}, brought).hits;
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].events, std::vector{supported.contract});
}

TEST(OwnShare, IsMissingWhereTheProvidersGotLess) {
  auto const outcome = [](Fen paid) {
    Supported supported;
    Supplements brought;
    brought.movements = {movement("2024-06-02", kEnterpriseAccount, kProviderAccount, paid)};
    return ask("K12", supported.story, kLater, {}, brought);
  };
  EXPECT_TRUE(outcome(yuan(6'999)).hits.empty());  // a yuan may be lacking
  ASSERT_EQ(outcome(yuan(6'998)).hits.size(), 1U);
  EXPECT_EQ(outcome(yuan(6'998)).hits[0].amount, yuan(2));
}

TEST(OwnShare, IsNotAskedOfEnterprisesThatTheMovementsDoNotCover) {
  Supported supported;
  Supplements brought;
  brought.movements = {movement("2024-06-02", "6222999999999999", "6222888888888888", yuan(1))};
  auto const outcome = ask("K12", supported.story, kLater, {}, brought);
  EXPECT_EQ(outcome.state, State::examined);
  EXPECT_EQ(outcome.population, 0U);
  EXPECT_TRUE(outcome.reason.en.starts_with("1 enterprises"));
}

TEST(Related, AreTwoPartiesOfOneProjectWithOneAccount) {
  Supported supported;
  EXPECT_TRUE(ask("K11", supported.story, kLater).hits.empty());
  auto& story = supported.story;
  story.facts.organisations[story.facts.byUscc.at(kProvider)].accounts[0].number = story.text(kEnterpriseAccount);
  auto const outcome = ask("K11", story, kLater);
  ASSERT_EQ(outcome.hits.size(), 1U);
  auto const registered = [&](auto const& uscc) {
    return story.facts.organisations[story.facts.byUscc.at(uscc)].source.event;
  };
  EXPECT_EQ(outcome.hits[0].events, (std::vector{registered(kEnterprise), registered(kProvider),
                                                 story.facts.projects[supported.project].source.event}));
  EXPECT_EQ(outcome.state, State::examined);
  EXPECT_NE(outcome.reason.en.find("--registry"), std::string::npos);
}

TEST(Related, ShareWhatTheRegistrySays) {
  Supported supported;
  Supplements brought;
  brought.registry = {{kEnterprise, RegistryEntry::Kind::phone, "02088880000"},
                      {kProvider, RegistryEntry::Kind::phone, "02088880000"},
                      {kAssessor, RegistryEntry::Kind::phone, "02088880000"}};
  auto const outcome = ask("K11", supported.story, kLater, {}, brought);
  ASSERT_EQ(outcome.hits.size(), 1U);  // the assessor has nothing to do with the project
  EXPECT_EQ(outcome.hits[0].score, 55U);
  EXPECT_EQ(outcome.reason.en, "");
  supported.story.assess(supported.project, AssessmentStage::AFTER_REFORM, 2, on("2024-05-01"));
  EXPECT_EQ(ask("K11", supported.story, kLater, {}, brought).hits.size(), 3U);
}

TEST(Related, IsOneOrganisationInTwoParts) {
  Story story;
  story.project(on("2024-02-02"), {story.contract(on("2024-02-01"), yuan(100), kEnterprise, kEnterprise)});
  ASSERT_EQ(ask("K11", story, kLater).hits.size(), 1U);
  EXPECT_EQ(ask("K11", story, kLater).hits[0].score, 100U);
}

TEST(Expert, IsNotRecusedWhoWorksForAParty) {
  auto const hits = [](std::string_view employer, std::vector<RegistryEntry> const& registry = {}) {
    Supported supported;
    auto& story = supported.story;
    story.facts.keys.add(
        {story.next(on("2024-01-02")), story.text("expert-1"), story.text("某专家"), story.text(employer)});
    story.facts.projects[supported.project].reviews.push_back(
        {story.next(on("2024-03-01"), 36'000, "expert-1"), schema::ReviewKind::EXPERT, schema::Outcome::PASS});
    Supplements brought;
    brought.registry = registry;
    return ask("K16", story, kLater, {}, brought).hits;
  };
  EXPECT_TRUE(hits("某大学").empty());
  EXPECT_EQ(hits("乙软件公司").size(), 1U);
  EXPECT_EQ(hits("某大学", {{kEnterprise, RegistryEntry::Kind::shareholder, "某专家"}}).size(), 1U);
  EXPECT_TRUE(hits("某大学", {{kAssessor, RegistryEntry::Kind::shareholder, "某专家"}}).empty());
}

TEST(Assessment, IsOddWhereTheLevelStaysOrJumps) {
  auto const hits = [](std::uint32_t before, std::uint32_t after, std::string_view date) {
    Story story;
    auto const project = story.project(on("2024-02-01"));
    story.assess(project, AssessmentStage::BEFORE_REFORM, before, on("2024-02-01"));
    story.assess(project, AssessmentStage::AFTER_REFORM, after, on(date));
    return ask("K14", story, kLater).hits;
  };
  EXPECT_EQ(hits(2, 2, "2024-12-01").size(), 1U);
  EXPECT_TRUE(hits(1, 2, "2024-02-10").empty());
  EXPECT_EQ(hits(1, 3, "2024-09-28").size(), 1U);  // 240 days
  EXPECT_TRUE(hits(1, 3, "2024-09-29").empty());
}

TEST(Assessment, IsOddWhereTheAssessorFailsNobody) {
  auto const hits = [](int failed) {
    Story story;
    for (int i = 0; i < 100; ++i) {
      story.assess(story.project(on("2024-02-01")), AssessmentStage::AFTER_REFORM, i < failed ? 1 : 2,
                   on("2024-05-01"));
    }
    return ask("K14", story, kLater, {{"minAssessments", 100}}).hits;
  };
  EXPECT_EQ(hits(0).size(), 1U);
  EXPECT_EQ(hits(0)[0].events.size(), 100U);
  EXPECT_TRUE(hits(1).empty());
}

TEST(Assessment, IsOddWhereTheAssessorSells) {
  Story story;
  auto const project =
      story.project(on("2024-02-01"), {story.contract(on("2024-02-01"), yuan(1), kEnterprise, kAssessor)});
  story.assess(project, AssessmentStage::BEFORE_REFORM, 1, on("2024-02-01"));
  ASSERT_EQ(ask("K14", story, kLater).hits.size(), 1U);
  EXPECT_EQ(ask("K14", story, kLater).hits[0].score, 100U);
}

TEST(SiteCheck, IsMissingBeforeAnAcceptance) {
  auto const hits = [](std::string_view checked) {
    Story story;
    auto const project = story.project(on("2024-02-01"));
    story.check(project, on(checked), {"a", "b"});
    story.accept(project, on("2024-05-01"));
    return ask("K15", story, kLater).hits;
  };
  EXPECT_TRUE(hits("2024-05-01").empty());
  EXPECT_EQ(hits("2024-05-02").size(), 1U);
}

TEST(SiteCheck, IsOddOfOnePersonAtSevenSitesInADay) {
  auto const hits = [](int sites) {
    Story story;
    for (int i = 0; i < sites; ++i) {
      auto const project = story.project(on("2024-02-01"));
      story.check(project, on("2024-05-01"), {"inspector"});
      story.check(project, on("2024-05-01"), {"inspector"});  // the same site again
    }
    return ask("K15", story, kLater).hits;
  };
  EXPECT_TRUE(hits(6).empty());
  ASSERT_EQ(hits(7).size(), 1U);
  EXPECT_EQ(hits(7)[0].subjects, std::vector{Subject::person("inspector")});
}

TEST(Payee, IsChangedLateWithinAMonthOfThePayment) {
  auto const hits = [](std::string_view changed, bool confirmed = true) {
    Supported supported;
    auto& story = supported.story;
    auto const row = story.facts.accountChanges.add(
        {story.next(on(changed)), kEnterprise, {}, {story.text("62220000000000"), {}, {}, {}}});
    if (confirmed) {
      story.facts.accountChanges[row].decision = facts::Decision{story.next(on(changed)), schema::Outcome::PASS};
    }
    return ask("K17", story, kLater).hits;
  };
  ASSERT_EQ(hits("2024-06-10").size(), 1U);  // 30 days
  EXPECT_EQ(hits("2024-06-10")[0].amount, yuan(3'000));
  EXPECT_EQ(hits("2024-06-10")[0].score, 50U);
  EXPECT_TRUE(hits("2024-06-09").empty());
  EXPECT_TRUE(hits("2024-07-11").empty());  // after it
  EXPECT_TRUE(hits("2024-06-10", false).empty());
}

TEST(Hours, AreOddAtNightAndOnDaysOff) {
  auto const hits = [](std::string_view date, int seconds) {
    Story story;
    auto const project = story.project(on("2024-02-01"));
    auto const award = story.award(project, yuan(5), on(date));
    auto const source = story.next(on(date), seconds, "boss");
    story.facts.awards[award].source = source;
    return ask("K18", story, kLater).hits;
  };
  EXPECT_TRUE(hits("2024-03-01", 22 * 3'600 - 1).empty());
  ASSERT_EQ(hits("2024-03-01", 22 * 3'600).size(), 1U);
  EXPECT_EQ(hits("2024-03-01", 22 * 3'600)[0].amount, yuan(5));
  EXPECT_EQ(hits("2024-03-01", 6 * 3'600 - 1).size(), 1U);
  EXPECT_TRUE(hits("2024-03-01", 6 * 3'600).empty());
  EXPECT_EQ(hits("2024-10-01", 36'000).size(), 1U);  // National Day
  EXPECT_TRUE(hits("2024-09-29", 36'000).empty());   // a Sunday that is worked
}

TEST(Hours, AreOddWhereTwoStepsAreSecondsApart) {
  auto const hits = [](int apart) {
    Supported supported;
    auto& payment = supported.story.facts.payments[facts::Row<facts::Payment>(0)];
    payment.reviews[0].source.acceptedAt =
        domain::Instant::fromMilliseconds(payment.source.acceptedAt.milliseconds() + apart * 1'000).value();
    return ask("K18", supported.story, kLater).hits;
  };
  EXPECT_TRUE(hits(5).empty());
  ASSERT_EQ(hits(4).size(), 1U);
  EXPECT_EQ(hits(4)[0].amount, yuan(3'000));
}

TEST(Product, IsUnusedWithinAYear) {
  auto const hits = [](schema::Answer inUse, std::string_view date) {
    Supported supported;
    auto& story = supported.story;
    story.facts.projects[supported.project].lookBacks.push_back(
        {story.next(on(date)), inUse, schema::Answer::YES, schema::Answer::YES, on(date)});
    return ask("K22", story, kLater).hits;
  };
  ASSERT_EQ(hits(schema::Answer::NO, "2025-06-01").size(), 1U);
  EXPECT_EQ(hits(schema::Answer::NO, "2025-06-01")[0].amount, yuan(3'000));
  EXPECT_TRUE(hits(schema::Answer::NO, "2025-06-03").empty());
  EXPECT_TRUE(hits(schema::Answer::YES, "2025-06-01").empty());
}

TEST(Payment, ForADelistedProviderIsAHit) {
  auto const hits = [](std::string_view delisted, domain::CityCode city, bool again = false) {
    Supported supported;
    auto& story = supported.story;
    story.facts.providerDelistings.add(
        {story.next(on(delisted)), city, kProvider, schema::DelistingCause::WEAK_SERVICE, on(delisted)});
    if (again) story.facts.providerListings.add({story.next(on(delisted)), kCity, kProvider, on(delisted)});
    return ask("K23", story, kLater).hits;
  };
  ASSERT_EQ(hits("2024-07-10", kCity).size(), 1U);
  EXPECT_EQ(hits("2024-07-10", kCity)[0].amount, yuan(3'000));
  EXPECT_EQ(hits("2024-07-10", domain::CityCode::province()).size(), 1U);
  EXPECT_EQ(hits("2024-07-10", kCity)[0].score, 55U);
  EXPECT_EQ(hits("2024-05-31", kCity)[0].score, 80U);  // before the acceptance
  EXPECT_TRUE(hits("2024-07-11", kCity).empty());
  EXPECT_TRUE(hits("2024-07-10", kOtherCity).empty());
  EXPECT_TRUE(hits("2024-07-10", kCity, true).empty());
}

}  // namespace
}  // namespace fundtrail::replay::indicators

// SPDX-License-Identifier: Apache-2.0
// K4 to K9, K13, K24: each at its threshold, and just beyond.
#include <gtest/gtest.h>

#include "tests/replay/indicators/story.h"

namespace fundtrail::replay::indicators {
namespace {

constexpr std::string_view kLater = "2026-06-30";

TEST(PaidBeforeAccepted, IsASettlementBeforeTheAcceptance) {
  auto const hits = [](std::string_view accepted, schema::SupportMode mode = schema::SupportMode::AFTER) {
    Story story;
    auto const project = story.project(on("2024-02-01"), {}, kEnterprise, mode);
    if (!accepted.empty()) story.accept(project, on(accepted));
    story.pay(story.award(project, yuan(10), on("2024-03-01")), yuan(10), on("2024-03-05"));
    return ask("K4", story, kLater).hits;
  };
  EXPECT_TRUE(hits("2024-03-05").empty());
  ASSERT_EQ(hits("2024-03-06").size(), 1U);
  EXPECT_EQ(hits("2024-03-06")[0].amount, yuan(10));
  EXPECT_EQ(hits("").size(), 1U);
  EXPECT_TRUE(hits("", schema::SupportMode::BEFORE).empty());
}

TEST(OutsidePeriod, IsAContractBeforeTheWindow) {
  auto const hits = [](std::string_view signedOn) {
    Story story;
    story.facts.policies.add({story.next(on("2023-10-11")),
                              {},
                              on("2023-10-11"),
                              on("2023-10-11"),
                              on("2026-12-31"),
                              2'000,
                              2,
                              2,
                              350,
                              200});
    auto const row = story.contract(on(signedOn), yuan(100));
    story.facts.contracts[row].source.occurredOn = on("2024-02-01");
    return ask("K5", story, kLater).hits;
  };
  EXPECT_TRUE(hits("2023-10-11").empty());
  ASSERT_EQ(hits("2023-10-10").size(), 1U);
  EXPECT_EQ(hits("2023-10-10")[0].score, 100U);
}

TEST(OutsidePeriod, IsAnInvoiceBeforeItsContract) {
  auto const hits = [](std::string_view invoicedOn) {
    Story story;
    auto const project = story.project(on("2024-02-01"), {story.contract(on("2024-02-01"), yuan(100))});
    story.cost(project, on("2024-05-01"), {Story::invoice("24440000000000000001", yuan(30), on(invoicedOn))});
    return ask("K5", story, kLater).hits;
  };
  EXPECT_TRUE(hits("2024-02-01").empty());
  ASSERT_EQ(hits("2024-01-31").size(), 1U);
  EXPECT_EQ(hits("2024-01-31")[0].amount, yuan(30));
}

TEST(OutsidePeriod, IsAProductThatWasSoldBefore) {
  auto const hits = [](domain::Uscc const& second) {
    Story story;
    story.line(story.contract(on("2024-02-01"), yuan(100)), "MES", yuan(100), 1, "P-1");
    auto const again = story.contract(on("2025-02-01"), yuan(90), second);
    story.line(again, "MES", yuan(90), 1, "P-1");
    return ask("K5", story, kLater).hits;
  };
  EXPECT_TRUE(hits(kOtherEnterprise).empty());
  ASSERT_EQ(hits(kEnterprise).size(), 1U);
  EXPECT_EQ(hits(kEnterprise)[0].amount, yuan(90));
}

TEST(DoubleDipping, IsOneInvoiceInTwoProjects) {
  auto const hits = [](std::string_view second) {
    Story story;
    story.cost(story.project(on("2024-02-01")), on("2024-05-01"),
               {Story::invoice("24440000000000000001", yuan(30), on("2024-04-01"))});
    story.cost(story.project(on("2024-02-01")), on("2024-06-01"), {Story::invoice(second, yuan(30), on("2024-04-01"))});
    return ask("K6", story, kLater).hits;
  };
  EXPECT_TRUE(hits("24440000000000000002").empty());
  ASSERT_EQ(hits("24440000000000000001").size(), 1U);
  EXPECT_EQ(hits("24440000000000000001")[0].amount, yuan(30));
  EXPECT_EQ(hits("24440000000000000001")[0].score, 100U);
}

TEST(DoubleDipping, IsTheSameLineUnderAnotherInvoiceWithinAYear) {
  auto const hits = [](std::string_view later) {
    Story story;
    for (auto const day : {std::string_view("2024-04-01"), later}) {
      auto const contract = story.contract(on("2024-02-01"), yuan(30));
      story.line(contract, "MES", yuan(30));
      story.cost(story.project(on("2024-02-01"), {contract}), on("2025-05-01"),
                 {Story::invoice(day == later ? "24440000000000000009" : "24440000000000000001", yuan(30), on(day))});
    }
    return ask("K6", story, kLater).hits;
  };
  EXPECT_TRUE(hits("2025-04-03").empty());  // 367 days
  ASSERT_EQ(hits("2025-04-02").size(), 1U);
  EXPECT_EQ(hits("2025-04-02")[0].score, 70U);
}

TEST(DoubleDipping, IsOneEnterpriseInTwoCities) {
  Story story;
  story.project(on("2024-02-01"));
  EXPECT_TRUE(ask("K6", story, kLater).hits.empty());
  story.project(on("2024-03-01"), {}, kEnterprise, schema::SupportMode::AFTER, kOtherCity);
  EXPECT_EQ(ask("K6", story, kLater).hits.size(), 1U);
}

TEST(DoubleDipping, IsOneContractWithTwoProjects) {
  Story story;
  auto const contract = story.contract(on("2024-02-01"), yuan(30));
  story.project(on("2024-02-02"), {contract});
  EXPECT_TRUE(ask("K6", story, kLater).hits.empty());
  story.project(on("2024-03-01"), {contract});
  ASSERT_EQ(ask("K6", story, kLater).hits.size(), 1U);
  EXPECT_EQ(ask("K6", story, kLater).hits[0].amount, yuan(30));
}

TEST(SplitBelow, IsTwoContractsJustBelowTheLimitWithinAQuarter) {
  auto const hits = [](Fen second, std::string_view date, domain::Uscc const& provider = kProvider) {
    Story story;
    story.contract(on("2024-02-01"), yuan(1'999'999));
    story.contract(on(date), second, kEnterprise, provider);
    return ask("K7", story, kLater).hits;
  };
  ASSERT_EQ(hits(yuan(1'800'000), "2024-05-01").size(), 1U);
  EXPECT_EQ(hits(yuan(1'800'000), "2024-05-01")[0].amount, yuan(3'799'999));
  EXPECT_TRUE(hits(yuan(1'800'000), "2024-05-02").empty());  // 91 days
  EXPECT_TRUE(hits(yuan(1'799'999), "2024-05-01").empty());  // more than a tenth below
  EXPECT_TRUE(hits(yuan(2'000'000), "2024-05-01").empty());  // not below
  EXPECT_TRUE(hits(yuan(1'800'000), "2024-05-01", kAssessor).empty());
}

TEST(InvoicesWrong, AreMoreThanTheContract) {
  auto const hits = [](Fen net) {
    Story story;
    auto const project = story.project(on("2024-02-01"), {story.contract(on("2024-02-01"), yuan(100))});
    story.cost(project, on("2024-05-01"), {Story::invoice("24440000000000000001", net, on("2024-04-01"))});
    return ask("K8", story, kLater).hits;
  };
  EXPECT_TRUE(hits(yuan(100)).empty());
  ASSERT_EQ(hits(yuan(103)).size(), 1U);
  EXPECT_EQ(hits(yuan(103))[0].amount, yuan(3));
}

TEST(InvoicesWrong, AreMadeOutByAStranger) {
  Story story;
  auto const project = story.project(on("2024-02-01"), {story.contract(on("2024-02-01"), yuan(100))});
  story.cost(project, on("2024-05-01"), {Story::invoice("24440000000000000001", yuan(9), on("2024-04-01"), kAssessor)});
  auto const hits = ask("K8", story, kLater).hits;
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].subjects[0], Subject::of(kAssessor));
}

TEST(InvoicesWrong, FollowEachOtherInNumber) {
  auto const hits = [](std::string_view third, domain::Uscc const& buyer) {
    Story story;
    auto const one = story.project(on("2024-02-01"));
    auto const other = story.project(on("2024-02-01"), {}, buyer);
    story.cost(one, on("2024-05-01"),
               {Story::invoice("24440000000000000009", yuan(1), on("2024-04-01")),
                Story::invoice("24440000000000000010", yuan(2), on("2024-04-01"))});
    story.cost(other, on("2024-05-01"), {Story::invoice(third, yuan(4), on("2024-04-01"))});
    return ask("K8", story, kLater).hits;
  };
  ASSERT_EQ(hits("24440000000000000011", kOtherEnterprise).size(), 1U);
  EXPECT_EQ(hits("24440000000000000011", kOtherEnterprise)[0].amount, yuan(7));
  EXPECT_TRUE(hits("24440000000000000012", kOtherEnterprise).empty());
  EXPECT_TRUE(hits("24440000000000000011", kEnterprise).empty());
}

TEST(InflatedPrice, IsMoreThanThreeTenthsAboveTheMedian) {
  auto const hits = [](Fen price) {
    Story story;
    for (int i = 0; i < 4; ++i) story.line(story.contract(on("2024-02-01"), yuan(100)), "MES", yuan(100));
    story.line(story.contract(on("2024-02-01"), yuan(1'000)), "MES", price, 2);
    return ask("K9", story, kLater).hits;
  };
  EXPECT_TRUE(hits(yuan(130)).empty());
  ASSERT_EQ(hits(yuan(131)).size(), 1U);
  EXPECT_EQ(hits(yuan(131))[0].amount, yuan(62));
  EXPECT_EQ(hits(yuan(260))[0].score, 100U);
}

TEST(InflatedPrice, IsNotAskedOfWorkThatIsPricedByTheJob) {
  Story story;
  for (int i = 0; i < 5; ++i) {
    auto const contract = story.contract(on("2024-02-01"), yuan(100));
    story.line(contract, "定制", i == 0 ? yuan(900) : yuan(100));
    story.facts.contracts[contract].lines[0].category = schema::CostCategory::CUSTOMISATION;
  }
  EXPECT_TRUE(ask("K9", story, kLater).hits.empty());
}

TEST(InflatedPrice, IsAboveTheCatalogueOfItsDay) {
  auto const hits = [](Fen price, std::string_view signedOn) {
    Story story;
    auto const row = story.facts.products.add({story.next(on("2024-01-02")),
                                               kCity,
                                               kProvider,
                                               story.text("P-1"),
                                               story.text("MES"),
                                               schema::CostCategory::SOFTWARE,
                                               {},
                                               yuan(100),
                                               on("2024-01-02"),
                                               false});
    story.facts.byProduct.emplace(std::pair(kCity, story.text("P-1")), row);
    story.facts.products[row].priceChanges.push_back({story.next(on("2024-06-01")), yuan(120), on("2024-06-01")});
    story.line(story.contract(on(signedOn), yuan(1'000)), "MES", price, 3, "P-1");
    return ask("K9", story, kLater).hits;
  };
  EXPECT_TRUE(hits(yuan(100), "2024-05-31").empty());
  ASSERT_EQ(hits(yuan(101), "2024-05-31").size(), 1U);
  EXPECT_EQ(hits(yuan(101), "2024-05-31")[0].amount, yuan(3));
  EXPECT_TRUE(hits(yuan(120), "2024-06-01").empty());
}

TEST(ContractAfterFact, IsFiledMoreThanAQuarterAfterItsStart) {
  auto const hits = [](std::string_view filed) {
    Story story;
    auto const row = story.contract(on("2024-02-01"), yuan(100));
    story.facts.contracts[row].source.occurredOn = on(filed);
    return ask("K13", story, kLater).hits;
  };
  EXPECT_TRUE(hits("2024-05-01").empty());
  ASSERT_EQ(hits("2024-05-02").size(), 1U);
  EXPECT_EQ(hits("2024-05-02")[0].amount, yuan(100));
}

TEST(ContractAfterFact, IsTheContractOfAnotherEnterprise) {
  Story story;
  auto const one = story.contract(on("2024-02-01"), yuan(100));
  auto const other = story.contract(on("2024-02-01"), yuan(100), kOtherEnterprise);
  EXPECT_TRUE(ask("K13", story, kLater).hits.empty());
  story.facts.contracts[other].digest = story.facts.contracts[one].digest;
  EXPECT_EQ(ask("K13", story, kLater).hits.size(), 1U);
}

TEST(NotSme, HasAThousandStaffAndFourHundredMillion) {
  auto const hits = [](std::uint32_t staff, Fen revenue) {
    Story story;
    story.organisation(kEnterprise, "甲公司");
    auto& organisation = story.facts.organisations[story.facts.byUscc.at(kEnterprise)];
    organisation.staff = staff;
    organisation.annualRevenue = revenue;
    return ask("K24", story, kLater).hits;
  };
  EXPECT_EQ(hits(1'000, yuan(400'000'000)).size(), 1U);
  EXPECT_TRUE(hits(999, yuan(400'000'000)).empty());
  EXPECT_TRUE(hits(1'000, yuan(399'999'999)).empty());
}

}  // namespace
}  // namespace fundtrail::replay::indicators

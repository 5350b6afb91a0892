// SPDX-License-Identifier: Apache-2.0
// The commands that show the ledger as of a position and a date, on a simulated ledger.

#include <filesystem>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/views/table.h"
#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

using testing::HasSubstr;

std::vector<std::string> linesOf(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

class ViewTest : public CliTest {
 protected:
  static void SetUpTestSuite() {
    auto const ran = run({"simulate", "--ledger", simulated().string(), "--seed", "7", "--enterprises", "30"});
    ASSERT_EQ(ran.exit, 0) << ran.err;
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(simulated()); }

  static std::filesystem::path const& simulated() {
    static auto const path = std::filesystem::temp_directory_path() / ("fundtrail-view-" + std::to_string(::getpid()));
    return path;
  }

  static Ran show(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--ledger", simulated().string()});
    return run(arguments);
  }
  static boost::json::object json(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--format", "json"});
    auto const ran = show(std::move(arguments));
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return boost::json::parse(ran.out).as_object();
  }
  /// A payment that was settled.
  static boost::json::object settled() {
    auto const payments = json({"payments", "--stage", "settled"});
    return payments.at("payments").at(0).as_object();
  }
  static std::string numberOf(boost::json::object const& record, std::string_view field) {
    return std::to_string(record.at(field).as_int64());
  }
};

TEST_F(ViewTest, EveryOutputNamesItsBasis) {
  auto const payment = numberOf(settled(), "event");
  auto const uscc = std::string(settled().at("enterprise").as_string());
  auto const root = std::string(json({"status"}).at("basis").at("root").as_string());
  for (auto const& command : std::vector<std::vector<std::string>>{{"project", payment},
                                                                   {"payment", payment},
                                                                   {"payments"},
                                                                   {"enterprise", uscc},
                                                                   {"provider", uscc},
                                                                   {"progress"},
                                                                   {"worklist", "--role", "cityFinanceClerk"},
                                                                   {"events"},
                                                                   {"status"}}) {
    auto const table = show(command);
    EXPECT_EQ(table.exit, 0) << command.front() << table.err;
    EXPECT_THAT(table.out, HasSubstr(root)) << command.front();
    EXPECT_EQ(json(command).at("basis").at("root").as_string(), root) << command.front();
    auto csv = command;
    csv.insert(csv.end(), {"--format", "csv"});
    EXPECT_THAT(show(csv).out, HasSubstr("position,treeSize,root")) << command.front();
    auto dated = command;
    dated.insert(dated.end(), {"--on", "2030-01-01"});
    EXPECT_EQ(json(dated).at("basis").at("on").as_string(), "2030-01-01") << command.front();
  }
}

TEST_F(ViewTest, ProjectTellsItsStoryFromTheContractToThePayment) {
  auto const project = json({"project", numberOf(settled(), "event")});
  auto const& timeline = project.at("timeline").as_array();
  EXPECT_EQ(timeline.front().at("type").as_string(), "contractFiled");
  std::vector<std::string> stages;
  for (auto const& entry : timeline) {
    if (entry.at("stage").is_string()) stages.emplace_back(entry.at("stage").as_string());
    EXPECT_TRUE(entry.at("person").is_string());
  }
  EXPECT_THAT(stages,
              testing::ElementsAre("enrolled", "submitted", "reviewed", "siteChecked", "costVerified", "accepted",
                                   "subsidyProposed", "underPublicity", "publicityClosed", "awarded"));
}

TEST_F(ViewTest, EventsAreFoundByTheirTypeTheirPersonAndAnyTextInThem) {
  auto const payment = settled();
  auto const account = std::string(payment.at("account").as_string());
  auto const found = json({"events", "--type", "paymentSettled", "--with", account, "--last", "1000"});
  ASSERT_FALSE(found.at("events").as_array().empty());
  for (auto const& event : found.at("events").as_array()) {
    EXPECT_EQ(event.at("type").as_string(), "paymentSettled");
    EXPECT_THAT(show({"show", std::to_string(event.at("event").as_int64())}).out, HasSubstr(account));
  }
  auto const person = std::string(found.at("events").at(0).at("person").as_string());
  auto const theirs = json({"events", "--by", person});
  for (auto const& event : theirs.at("events").as_array()) {
    EXPECT_EQ(event.at("person").as_string(), person);
  }
  // What names an event states its hash.
  auto const contracts = json({"events", "--type", "contractFiled", "--last", "1"});
  auto const contract = contracts.at("events").at(0).as_object();
  auto const hash = std::string(json({"show", numberOf(contract, "event")}).at("hash").as_string());
  EXPECT_FALSE(json({"events", "--with", hash}).at("events").as_array().empty());
}

std::vector<std::string> blocksOf(std::string const& csv) {
  std::vector<std::string> blocks;
  std::size_t begin = 0;
  while (true) {
    auto const end = csv.find("\n\n", begin);
    blocks.push_back(csv.substr(begin, end - begin));
    if (end == std::string::npos) return blocks;
    begin = end + 2;
  }
}

TEST_F(ViewTest, EveryTableOfACsvNamesItselfAndHoldsAmountsWithoutSeparators) {
  auto const event = numberOf(settled(), "event");
  auto const blocks = blocksOf(show({"explain", event, "--format", "csv"}).out);
  ASSERT_GE(blocks.size(), 4U);
  std::vector<std::string> names;
  for (auto const& block : blocks) {
    auto const lines = linesOf(block);
    ASSERT_GE(lines.size(), 2U) << "a heading and a row: " << block;
    EXPECT_NE(lines[0].find("table,"), std::string::npos) << block;
    names.push_back(lines[1].substr(0, lines[1].find(',')));
  }
  EXPECT_EQ(names.front(), "explanation");
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end()) << "each its own";
  auto const eligible = json({"explain", event}).at("explanation").at("eligibleFen").as_string();
  auto yuan = std::string(eligible);
  yuan.insert(yuan.size() - 2, ".");
  EXPECT_THAT(blocks.front(), HasSubstr("," + yuan + ",")) << "in the record too";
}

TEST_F(ViewTest, ProgramsGetCodesOfRegionsWhateverTheLanguage) {
  auto const event = numberOf(settled(), "event");
  for (auto const& command :
       std::vector<std::vector<std::string>>{{"payments"}, {"progress"}, {"project", event}, {"explain", event}}) {
    auto inChinese = command;
    inChinese.insert(inChinese.end(), {"--lang", "zh"});
    EXPECT_EQ(json(inChinese), json(command)) << command.front();
  }
  EXPECT_TRUE(json({"project", event}).at("project").at("city").is_int64());
  EXPECT_EQ(json({"explain", event}).at("sources").at(0).at("county"), 0) << "held by the city";
}

void collectNames(boost::json::value const& value, std::set<std::string>& names) {
  if (value.is_array()) {
    for (auto const& element : value.get_array()) collectNames(element, names);
  } else if (value.is_object()) {
    for (auto const& [name, member] : value.get_object()) {
      names.insert(name);
      collectNames(member, names);
    }
  }
}

TEST_F(ViewTest, EveryNameInJsonIsDocumented) {
  auto const page = readText(FUNDTRAIL_SOURCE_DIR "/docs/OUTPUT.md");
  auto const event = numberOf(settled(), "event");
  auto const uscc = std::string(settled().at("enterprise").as_string());
  auto const listed = json({"events", "--type", "providerListed", "--last", "1"});
  auto const listing = json({"show", numberOf(listed.at("events").at(0).as_object(), "event")});
  auto const provider = std::string(listing.at("event").at("providerListed").at("provider").as_string());
  std::set<std::string> names;
  for (auto const& command : std::vector<std::vector<std::string>>{{"status", "--on", "2026-01-01"},
                                                                   {"progress", "--city", "Guangzhou"},
                                                                   {"payments"},
                                                                   {"payment", event},
                                                                   {"project", event},
                                                                   {"enterprise", uscc},
                                                                   {"provider", provider},
                                                                   {"worklist", "--role", "cityIndustryReviewer"},
                                                                   {"events"},
                                                                   {"explain", event}}) {
    collectNames(json(command), names);
  }
  for (auto const& [name, value] : listing) names.insert(name);
  EXPECT_GT(names.size(), 100U);
  for (auto const& name : names) EXPECT_THAT(page, HasSubstr("`" + name + "`"));
}

TEST_F(ViewTest, ProjectSaysWhatBecameOfItsAward) {
  auto const project = json({"project", numberOf(settled(), "event")}).at("project").as_object();
  EXPECT_EQ(project.at("awardState").as_string(), "paidInFull");
  EXPECT_EQ(project.at("paidFen"), project.at("awardFen"));
  EXPECT_TRUE(project.at("withdrawnFen").is_null());
}

TEST_F(ViewTest, StatusOfACityCountsAsProgressDoes) {
  auto const cities = json({"status"}).at("cities").as_array();
  auto const progress = json({"progress"}).at("cities").as_array();
  ASSERT_EQ(cities.size(), progress.size());
  for (std::size_t i = 0; i < cities.size(); ++i) {
    EXPECT_EQ(cities[i].at("city"), progress[i].at("city"));
    EXPECT_EQ(cities[i].at("enterprisesCounted"), progress[i].at("counted"));
    EXPECT_GE(cities[i].at("projectsAwarded").as_int64(), cities[i].at("enterprisesPaid").as_int64());
  }
}

TEST_F(ViewTest, EventsListsTheLastOnesAndSaysHowManyThereAre) {
  auto const all = json({"events", "--last", "100000"}).at("events").as_array();
  EXPECT_EQ(json({"events", "--last", "3"}).at("events").as_array().size(), 3U);
  EXPECT_THAT(show({"events", "--last", "3"}).out,
              HasSubstr(std::to_string(all.size()) + " events, of which the last 3"));
  EXPECT_THAT(show({"events", "--with", "no such text anywhere"}).out, HasSubstr("no event meets the conditions"));
}

TEST_F(ViewTest, PaymentAsOfItsRequestWaitsForItsReviewer) {
  auto const payment = settled();
  auto const number = payment.at("event").as_int64();
  auto const then = json({"payment", std::to_string(number), "--as-of", std::to_string(number + 1)});
  EXPECT_EQ(then.at("payment").at("stage").as_string(), "requested");
  auto const& next = then.at("payment").at("next").at(0);
  EXPECT_EQ(next.at("step").as_string(), "paymentReviewed");
  EXPECT_EQ(next.at("roles"), (boost::json::array{"cityFinanceReviewer"}));
  expectFails(show({"payment", std::to_string(number), "--as-of", std::to_string(number)}),
              "is on record, but not among");
}

TEST_F(ViewTest, WorkListShowsThePaymentToItsReviewerAndToNobodyElse) {
  auto const payment = settled();
  auto const number = payment.at("event").as_int64();
  auto const position = std::to_string(number + 1);
  auto const waits = [&](std::string const& role) {
    auto const list = json({"worklist", "--role", role, "--as-of", position}).at("tasks").as_array();
    return std::ranges::any_of(list, [number](auto const& task) { return task.at("event").as_int64() == number; });
  };
  EXPECT_TRUE(waits("cityFinanceReviewer"));
  EXPECT_FALSE(waits("cityFinanceApprover"));
  EXPECT_FALSE(waits("auditor"));
}

TEST_F(ViewTest, EnterpriseShowsWhereItsMoneyIs) {
  auto const payment = settled();
  auto const found = json({"enterprise", std::string(payment.at("enterprise").as_string())});
  EXPECT_FALSE(found.at("accounts").as_array().empty());
  EXPECT_EQ(found.at("payments").at(0).at("amountFen"), payment.at("amountFen"));
  EXPECT_EQ(found.at("awards").at(0).at("paidFen"), payment.at("amountFen"));
  EXPECT_EQ(found.at("awards").at(0).at("withdrawnFen").as_string(), "0");
  EXPECT_THAT(std::string(found.at("enterprise").at("name").as_string()), testing::EndsWith("（模拟）"))
      << "as registered, in full-width brackets";
}

TEST_F(ViewTest, ProgressCountsLessOnAnEarlierDay) {
  auto const counted = [](boost::json::object const& progress) {
    std::int64_t sum = 0;
    for (auto const& city : progress.at("cities").as_array()) sum += city.at("counted").as_int64();
    return sum;
  };
  auto const now = counted(json({"progress"}));
  auto const then = counted(json({"progress", "--on", "2024-12-31"}));
  EXPECT_GT(now, then);
  EXPECT_GT(then, 0);
  EXPECT_EQ(counted(json({"progress", "--on", "2024-01-31"})), 0);
}

TEST_F(ViewTest, ProgressOfACitySaysWhyAProjectDoesNotCount) {
  auto const progress = json({"progress", "--city", "Guangzhou", "--on", "2024-06-30"});
  ASSERT_EQ(progress.at("cities").as_array().size(), 1U);
  ASSERT_FALSE(progress.at("uncounted").as_array().empty());
  for (auto const& project : progress.at("uncounted").as_array()) EXPECT_TRUE(project.at("why").is_string());
  expectFails(show({"progress", "--city", "Atlantis"}), "Dongguan");
}

TEST_F(ViewTest, ExplainReachesTheSubsidyFromTheLines) {
  auto const payment = settled();
  auto const explained = json({"explain", numberOf(payment, "event")});
  std::int64_t counted = 0;
  for (auto const& line : explained.at("lines").as_array())
    counted += std::stoll(line.at("countsFen").as_string().c_str());
  EXPECT_EQ(std::to_string(counted), explained.at("explanation").at("eligibleFen").as_string());
  EXPECT_EQ(explained.at("sources").at(0).at("level").as_string(), "province");
  EXPECT_TRUE(explained.at("explanation").at("policy").at("number").is_string());
  EXPECT_TRUE(explained.at("explanation").at("plan").at("number").is_string());
  std::vector<std::string> rules;
  for (auto const& ground : explained.at("grounds").as_array()) rules.emplace_back(ground.at("rule").as_string());
  EXPECT_THAT(rules, testing::IsSupersetOf({"W1", "P2", "P3", "A2", "A1", "A4"}));
  expectFails(show({"explain", "0"}), "rests on no proposal");
}

TEST_F(ViewTest, TablesAlignChineseAndYuan) {
  auto const lines = linesOf(show({"payments", "--lang", "zh"}).out);
  ASSERT_GT(lines.size(), 5U);
  EXPECT_THAT(lines[0], HasSubstr("收款账号"));
  EXPECT_TRUE(lines[0].ends_with("金额"));
  auto const width = api::views::displayWidth(lines[0]);
  for (std::size_t i = 1; !lines[i].empty(); ++i) {
    if (lines[i].ends_with(".00") || lines[i].find(',') != std::string::npos) {
      EXPECT_EQ(api::views::displayWidth(lines[i]), width) << lines[i];
    }
  }
}

TEST_F(ViewTest, WhatIsNotThereIsSaidInOneLine) {
  expectFails(show({"project", "0"}), "no event of a project");
  expectFails(show({"payment", "0"}), "no event of a payment");
  expectFails(show({"enterprise", "91440101327598294H"}), "no organisation");
  expectFails(show({"provider", "91440101MA59J1K15C"}), "no valid unified social credit code");
  expectFails(show({"progress", "--on", "2025-02-30"}), "must be a date");
  expectFails(show({"progress", "--on", "9999-12-31"}), "from 2000-01-01 to 2099-12-31");
  expectFails(show({"status", "--city", ""}), "--city: is empty");
  EXPECT_THAT(show({"payments", "--stage", "reviewed", "--as-of", "0"}).out, HasSubstr("no payment meets"));
  expectFails(show({"worklist", "--role", "mayor"}), "mayor");
}

TEST_F(CliTest, StatusOnADateTakesInWhatWasRecordedLateAndDatedInTime) {
  auto const issue = [&](std::string const& date, std::string const& number) {
    return submit(R"({"events": [{"occurredOn": )" + date + R"(, "trancheIssued": {"city": 441900, "number": ")" +
                      number + R"(", "level": "province", "kind": "prepayment", "year": 2025, "amountFen": "100"}}]})",
                  "province-finance-1");
  };
  auto const issued = [&](std::vector<std::string> const& more) {
    return std::string(status(more).at("total").at("issuedFen").as_string());
  };
  auto const before = issued({"--on", "2024-12-31"});
  ASSERT_EQ(issue("20250110", "粤财工〔2025〕9号").exit, 0);
  EXPECT_EQ(issued({"--on", "2024-12-31"}), before);
  auto const position = std::to_string(status().at("basis").at("position").as_int64());
  ASSERT_EQ(issue("20241201", "粤财工〔2024〕99号").exit, 0);
  EXPECT_EQ(std::stoll(issued({"--on", "2024-12-31"})), std::stoll(before) + 100);
  EXPECT_EQ(issued({"--on", "2024-12-31", "--as-of", position}), before) << "as it was known then";
}

}  // namespace
}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
// `fundtrail simulate --plant`, `--tamper` and `fundtrail plants`: what an auditor learns on.

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/api/program.h"
#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::tests {
namespace {

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

class Plants : public ::testing::Test {
 protected:
  Ran simulate(std::vector<std::string> const& more) const {
    std::vector<std::string> arguments{"simulate", "--ledger", ledger(), "--enterprises", "150"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments, {{"LANG", "en_US.UTF-8"}});
  }
  [[nodiscard]] boost::json::array planted() const {
    auto const manifest = boost::json::parse(readText(ledger() + "/planted.json")).as_object();
    EXPECT_TRUE(manifest.at("simulated").as_bool());
    return manifest.at("planted").as_array();
  }
  [[nodiscard]] std::string ledger() const { return directory_ / "ledger"; }

  testing::TemporaryDirectory directory_;
};

TEST_F(Plants, WhatTheRulesAllowIsRecordedByTheLedgerAndStandsInTheManifest) {
  auto const ran = simulate({"--plant", "offLedgerDebit:2", "--plant", "inflatedPrice"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(holds(ran.out, "planted offLedgerDebit (for bankTrue to find"));
  EXPECT_FALSE(holds(ran.out, "without asking them"));
  auto const manifest = planted();
  ASSERT_EQ(manifest.size(), 3U);
  auto const& last = manifest[2].as_object();
  EXPECT_EQ(last.at("kind"), "inflatedPrice");
  EXPECT_EQ(last.at("fraud"), "inflatedPrice");
  EXPECT_TRUE(last.at("rule").is_null());
  auto const number = std::to_string(last.at("events").as_array().front().as_int64());
  auto const shown = run({"show", number, "--ledger", ledger(), "--format", "json"}, {{"LANG", "en_US.UTF-8"}});
  EXPECT_EQ(shown.exit, 0) << shown.err;
  EXPECT_TRUE(holds(shown.out, "contractFiled"));
}

TEST_F(Plants, WhatOnlyOthersKnowStandsInTablesThatTheAuditTakes) {
  ASSERT_EQ(simulate({"--plant", "expertRelated", "--plant", "agreedKickback"}).exit, 0);
  EXPECT_TRUE(readText(ledger() + "/registry.csv").starts_with("uscc,kind,value\n91"));
  EXPECT_TRUE(readText(ledger() + "/bank-movements.csv").starts_with("date,from_account,"));
}

TEST_F(Plants, WhatTheRulesRefuseIsRecordedPastThemAndCannotBeContinued) {
  auto const ran = simulate({"--plant", "aboveCap"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(holds(ran.out, "without asking them"));
  auto const manifest = planted();
  ASSERT_EQ(manifest.size(), 1U);
  EXPECT_EQ(manifest[0].as_object().at("rule"), "A1");
  EXPECT_NE(run({"status", "--ledger", ledger()}).exit, 0);
}

TEST_F(Plants, WithoutAnyThereIsNoManifest) {
  ASSERT_EQ(simulate({}).exit, 0);
  EXPECT_FALSE(std::filesystem::exists(ledger() + "/planted.json"));
}

TEST_F(Plants, WhatIsUnknownIsRefusedWithTheNearestAndMakesNothing) {
  for (std::vector<std::string> const& wrong :
       {std::vector<std::string>{"--plant", "inflatedPrise"}, {"--plant", "aboveCap:0"}, {"--tamper", "event-burn"}}) {
    auto const ran = simulate(wrong);
    EXPECT_EQ(ran.exit, 1);
    EXPECT_TRUE(holds(ran.err, wrong[0])) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(ledger()));
  }
  EXPECT_TRUE(holds(simulate({"--plant", "inflatedPrise"}).err, "inflatedPrice"));
}

TEST_F(Plants, TamperingWithOrWithoutTheLogsKeyIsSaid) {
  for (auto const* const hand : {"event-flip-vandal", "statement-reorder-keyholder"}) {
    std::filesystem::remove_all(ledger());
    auto const ran = simulate({"--tamper", hand});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    EXPECT_TRUE(holds(ran.out, hand));
    EXPECT_FALSE(std::filesystem::exists(ledger() + "/log.rewritten"));
  }
}

TEST(PlantsList, NamesEveryKindAndItsCheckInBothLanguages) {
  auto const english = run({"plants", "--lang", "en"});
  auto const chinese = run({"plants", "--lang", "zh"});
  EXPECT_EQ(english.exit, 0);
  EXPECT_TRUE(holds(english.out, "an inflated price"));
  EXPECT_TRUE(holds(chinese.out, "报价虚高"));
  auto const json = boost::json::parse(run({"plants", "--format", "json"}).out).as_object();
  EXPECT_GT(json.at("kinds").as_array().size(), 30U);
  EXPECT_GT(json.at("tamperings").as_array().size(), 50U);
}

}  // namespace
}  // namespace fundtrail::tests

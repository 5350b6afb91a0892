// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
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

TEST_F(CliTest, StatusShowsWhatWasReallyIssuedToEachOfThe14Cities) {
  auto const object = status();
  ASSERT_EQ(object.at("cities").as_array().size(), 14U);
  EXPECT_EQ(object.at("total").at("issuedFen").as_string(), "74400000000");
  auto const ran = onLedger({"status"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("744,000,000.00"));
  EXPECT_THAT(ran.out, HasSubstr("Dongguan"));
}

TEST_F(CliTest, StatusAlignsChineseColumns) {
  auto const ran = onLedger({"status", "--lang", "zh"});
  auto const lines = linesOf(ran.out);
  ASSERT_GT(lines.size(), 16U);
  EXPECT_THAT(lines[0], HasSubstr("已核定待拨付"));
  EXPECT_THAT(ran.out, HasSubstr("东莞市"));
  for (std::size_t i = 1; i < 16; ++i) {
    EXPECT_EQ(api::views::displayWidth(lines[i]), api::views::displayWidth(lines[0])) << lines[i];
  }
}

TEST_F(CliTest, StatusFindsACityByCodeAndByName) {
  auto const byCode = onLedger({"status", "--city", "441900"});
  ASSERT_EQ(byCode.exit, 0) << byCode.err;
  for (auto const* const name : {"东莞市", "东莞", "Dongguan", "dongguan"}) {
    EXPECT_EQ(onLedger({"status", "--city", name}).out, byCode.out) << name;
  }
  expectFails(onLedger({"status", "--city", "Atlantis"}), "Dongguan");
}

TEST_F(CliTest, StatusAsCsvNamesItsBasisInEachRow) {
  auto const basis = status().at("basis").as_object();
  auto const lines = linesOf(onLedger({"status", "--format", "csv"}).out);
  ASSERT_EQ(lines.size(), 15U) << "the 14 cities, and no sum among them";
  EXPECT_TRUE(lines[0].starts_with("\xEF\xBB\xBF")) << "for Excel";
  EXPECT_THAT(lines[0], HasSubstr("position,treeSize,root"));
  EXPECT_THAT(lines[1], HasSubstr(",64000000.00,")) << "figures as programs read them";
  for (std::size_t i = 1; i < lines.size(); ++i) {
    EXPECT_THAT(lines[i], HasSubstr(std::string(basis.at("root").as_string())));
  }
}

TEST_F(CliTest, StatusAsOfAPositionIsWhatItWasThen) {
  auto const before = onLedger({"status"});
  auto const position = std::to_string(status().at("basis").at("position").as_int64());
  auto const more = submit(R"({"events": [{"occurredOn": 20250110, "trancheIssued": {"city": 441900,
      "number": "粤财工〔2025〕9号", "level": "province", "kind": "prepayment", "year": 2025, "amountFen": "100"}}]})",
                           "province-finance-1");
  ASSERT_EQ(more.exit, 0) << more.err;
  EXPECT_NE(onLedger({"status"}).out, before.out);
  EXPECT_EQ(onLedger({"status", "--as-of", position}).out, before.out);
}

TEST_F(CliTest, StatusAsOfTheBeginningHasNoCities) {
  auto const object = status({"--as-of", "0"});
  EXPECT_TRUE(object.at("cities").as_array().empty());
  EXPECT_EQ(object.at("basis").at("treeSize").as_int64(), 1);
  expectFails(onLedger({"status", "--as-of", "1000000"}), "position from 0 to");
}

TEST_F(CliTest, AnEmptyLedgerHasNoCities) {
  auto const other = (directory_ / "other").string();
  ASSERT_EQ(fundtrail({"init", "--ledger", other, "--empty"}).exit, 0);
  auto const ran = fundtrail({"status", "--ledger", other});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("as of position 0"));
}

TEST_F(CliTest, InitKnowsTheChineseProfile) {
  auto const other = (directory_ / "gm").string();
  auto const made = fundtrail({"init", "--ledger", other, "--profile", "gm"});
  ASSERT_EQ(made.exit, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("document numbers are samples"));
  auto const ran = fundtrail({"status", "--ledger", other});
  EXPECT_THAT(ran.out, HasSubstr("744,000,000.00"));
  EXPECT_THAT(fundtrail({"show", "0", "--ledger", other}).out, HasSubstr("sm2"));
}

TEST_F(CliTest, ShowTellsWhoSignedAnEvent) {
  auto const tranche = status().at("cities").at(0).at("tranches").at(0).as_object();
  auto const number = std::to_string(tranche.at("event").as_int64());
  auto const hash = std::string(tranche.at("hash").as_string());
  auto const ran = onLedger({"show", number});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr(hash));
  EXPECT_THAT(ran.out, HasSubstr("province-finance-1"));
  EXPECT_THAT(ran.out, HasSubstr("ed25519"));
  EXPECT_EQ(onLedger({"show", hash}).out, ran.out);
  EXPECT_EQ(onLedger({"show", hash.substr(0, 12)}).out, ran.out);

  auto const json = boost::json::parse(onLedger({"show", number, "--format", "json"}).out);
  EXPECT_EQ(json.at("hash").as_string(), hash);
  EXPECT_EQ(json.at("person").as_string(), "province-finance-1");
  EXPECT_EQ(json.at("event").at("trancheIssued").at("city").as_int64(), 440100);
}

TEST_F(CliTest, ShowRefusesWhatIsNotOnRecord) {
  expectFails(onLedger({"show", "100000"}), "there is no event");
  expectFails(onLedger({"show", "0123456789abcdef"}), "there is no event");
  expectFails(onLedger({"show", "abc"}), "8 hexadecimal digits");
}

TEST_F(CliTest, SimulateGivesTheSameLedgerForTheSameSeed) {
  auto const simulate = [&](std::string const& name, std::string const& seed) {
    auto const other = (directory_ / name).string();
    auto const ran = run({"simulate", "--ledger", other, "--seed", seed, "--enterprises", "20"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("password of the simulated keys: simulated"));
    auto const json = run({"status", "--ledger", other, "--format", "json"});
    EXPECT_EQ(json.exit, 0) << json.err;
    return json.out;
  };
  auto const once = simulate("once", "7");
  EXPECT_EQ(simulate("again", "7"), once);
  EXPECT_NE(simulate("different", "8"), once);
  EXPECT_NE(boost::json::parse(once).at("total").at("paidFen").as_string(), "0");
}

}  // namespace
}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr char const* kTranche = R"({"events": [
    {"label": "more", "occurredOn": 20250110, "trancheIssued": {"city": 441900, "number": "粤财工〔2025〕9号",
      "level": "province", "kind": "prepayment", "year": 2025, "amountFen": "10000"}},
    {"occurredOn": 20250111, "trancheAdjusted": {"tranche": "@more", "number": "粤财工〔2025〕10号", "changeFen": "500"}}
  ]})";

constexpr char const* kGrant = R"({"events": [{"occurredOn": 20250110, "roleGranted": {"person": "province-industry-1",
    "role": "provinceFinance", "region": 440000, "validFrom": 20250101, "validTo": 20261231}}]})";

std::string issuedTotal(boost::json::object const& status) {
  return std::string(status.at("total").at("issuedFen").as_string());
}

TEST_F(CliTest, SubmitRecordsABatchWhoseEventsNameEachOther) {
  auto const ran = submit(kTranche, "province-finance-1");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("batch "), HasSubstr("checkpoint size "), HasSubstr("tranche adjusted")));
  EXPECT_EQ(issuedTotal(status()), "74400010500");
}

TEST_F(CliTest, SubmitResolvesTheNumberOfAnEventOnRecord) {
  auto const tranche = status({"--city", "441900"}).at("cities").at(0).at("tranches").at(0).at("event").as_int64();
  auto const ran = submit(R"({"events": [{"occurredOn": 20250111, "trancheAdjusted": {"tranche": "@)" +
                              std::to_string(tranche) + R"(", "number": "粤财工〔2025〕10号", "changeFen": "-1"}}]})",
                          "province-finance-1");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(issuedTotal(status()), "74399999999");
}

TEST_F(CliTest, SubmitRecordsTheSameFileOnce) {
  auto const first = submit(kGrant, "security-admin-1");
  ASSERT_EQ(first.exit, 0) << first.err;
  auto const size = status().at("basis").at("treeSize").as_int64();
  auto const second = submit(kGrant, "security-admin-1");
  EXPECT_EQ(second.exit, 0) << second.err;
  EXPECT_THAT(second.out, AllOf(HasSubstr("already recorded as batch"), HasSubstr(first.out)));
  EXPECT_EQ(status().at("basis").at("treeSize").as_int64(), size);
}

TEST_F(CliTest, SubmitRepeatsAFileOnPurpose) {
  ASSERT_EQ(submit(kGrant, "security-admin-1").exit, 0);
  auto const size = status().at("basis").at("treeSize").as_int64();
  auto const again = submit(kGrant, "security-admin-1", {"--again", "1"});
  ASSERT_EQ(again.exit, 0) << again.err;
  EXPECT_EQ(status().at("basis").at("treeSize").as_int64(), size + 1);
  EXPECT_THAT(submit(kGrant, "security-admin-1", {"--again", "1"}).out, HasSubstr("already recorded"));
}

TEST_F(CliTest, SubmitNamesTheRuleThatRefuses) {
  auto const before = status();
  auto const ran = submit(kTranche, "security-admin-1");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, AllOf(HasSubstr("event 1 of the file"), HasSubstr("rule S1: ")));
  EXPECT_EQ(status(), before);
}

TEST_F(CliTest, SubmitTakesBackTheWholeBatchWhenOneEventIsRefused) {
  auto const before = status();
  auto const ran = submit(R"({"events": [
    {"label": "more", "occurredOn": 20250110, "trancheIssued": {"city": 441900, "number": "粤财工〔2025〕9号",
      "level": "province", "kind": "prepayment", "year": 2025, "amountFen": "10000"}},
    {"occurredOn": 20250111, "trancheAdjusted": {"tranche": "@more", "number": "粤财工〔2025〕10号",
      "changeFen": "-10001"}}]})",
                          "province-finance-1");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("event 2 of the file"), HasSubstr("rule F1")));
  EXPECT_EQ(status(), before);
}

TEST_F(CliTest, SubmitSaysInChineseWhyItRefuses) {
  auto const ran = submit(kTranche, "security-admin-1", {"--lang", "zh"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("违反规则 S1"), HasSubstr("请")));
}

TEST_F(CliTest, DryRunJudgesAndRecordsNothing) {
  auto const before = status();
  auto const lawful = submit(kTranche, "province-finance-1", {"--dry-run"});
  EXPECT_EQ(lawful.exit, 0) << lawful.err;
  EXPECT_THAT(lawful.out, HasSubstr("lawful"));
  EXPECT_EQ(status(), before);
  auto const refused = submit(kTranche, "security-admin-1", {"--dry-run"});
  EXPECT_EQ(refused.exit, 2);
  EXPECT_EQ(refused.err, submit(kTranche, "security-admin-1").err) << "the same verdict as in earnest";
}

TEST_F(CliTest, ANewColleagueSignsOnceTheSecondAdministratorConfirmed) {
  auto const file = directory_ / "new.pem";
  auto const made = fundtrail({"keygen", "--out", file.string()});
  ASSERT_EQ(made.exit, 0) << made.err;
  auto const spki = made.out.substr(made.out.find("302a"));
  auto const enrol = submit(R"({"events": [{"occurredOn": 20250110, "keyEnrolled": {"person": "441900-fin-clerk-1",
      "personName": "某某", "organisation": "东莞市财政局", "algorithm": "ed25519", "publicKey": ")" +
                                spki.substr(0, spki.find('\n')) + R"("}}]})",
                            "security-admin-1");
  ASSERT_EQ(enrol.exit, 0) << enrol.err;
  auto const position = status().at("basis").at("position").as_int64();
  auto const confirm = [&](std::int64_t event, std::string const& by) {
    return submit(R"({"events": [{"occurredOn": 20250110, "changeConfirmed": {"change": "@)" + std::to_string(event) +
                      R"(", "outcome": "pass"}}]})",
                  by);
  };
  EXPECT_EQ(confirm(position - 1, "security-admin-1").exit, 2) << "nobody confirms a change of their own";
  EXPECT_EQ(confirm(position - 1, "security-admin-2").exit, 0);
  auto const grant = submit(R"({"events": [{"occurredOn": 20250110, "roleGranted": {"person": "441900-fin-clerk-1",
      "role": "cityFinanceClerk", "region": 441900, "validFrom": 20240101, "validTo": 20261231}}]})",
                            "security-admin-1");
  ASSERT_EQ(grant.exit, 0) << grant.err;
  ASSERT_EQ(confirm(position + 1, "security-admin-2").exit, 0);

  auto const tranche = status({"--city", "441900"}).at("cities").at(0).at("tranches").at(0).at("event").as_int64();
  auto const batch = (directory_ / "received.json").string();
  writeText(batch, R"({"events": [{"occurredOn": 20240110, "trancheReceived": {"tranche": "@)" +
                       std::to_string(tranche) + R"(", "amountFen": "123456", "bankReference": "REF-1"}}]})");
  auto const received = onLedger({"submit", batch, "--key", file.string()});
  ASSERT_EQ(received.exit, 0) << received.err;
  EXPECT_THAT(onLedger({"status", "--city", "441900"}).out, HasSubstr("1,234.56"));
}

}  // namespace
}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
// The report for programs, compared with its published schema by a checker that nobody here wrote.
#include "replay/report/json.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/ledger/log/temporary_directory.h"
#include "tests/replay/report/made.h"

namespace fundtrail::replay::report {
namespace {

namespace json = boost::json;

class JsonReport : public ::testing::Test {
 protected:
  /// What the checker complains of.
  std::string complaints(std::string const& report) const {
    std::ofstream(directory_ / "report.json", std::ios::binary) << report;
    auto const out = directory_ / "out";
    auto const command = "/usr/bin/python3 -m jsonschema -i '" + (directory_ / "report.json").string() + "' '" +
                         FUNDTRAIL_SOURCE_DIR "/docs/schema/audit-report.schema.json' >'" + out.string() + "' 2>'" +
                         (directory_ / "err").string() + "'";
    auto const failed = std::system(command.c_str()) != 0;
    std::ifstream in(directory_ / "err");
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    return failed ? "it does not fit: " + text.substr(0, 2000) : std::string();
  }

 private:
  testing::TemporaryDirectory directory_;
};

TEST_F(JsonReport, FitsItsSchema) {
  EXPECT_EQ(complaints(toJson(whole().dossier)), "");
  EXPECT_EQ(complaints(toJson(hostile())), "");
  EXPECT_EQ(complaints(toJson(make(*logOf(2)).dossier)), "");
}

TEST_F(JsonReport, WouldNotFitWithAMemberTooFewOrAnAmountThatIsANumber) {
  auto const report = json::parse(toJson(whole().dossier));
  auto without = report;
  without.as_object().erase("payments");
  EXPECT_NE(complaints(json::serialize(without)), "");
  auto number = report;
  number.at("tranches").at(0).as_object()["paidFen"] = 1;
  EXPECT_NE(complaints(json::serialize(number)), "");
}

TEST_F(JsonReport, AddsUpByTrancheMonthAndPaymentToWhatTheCitiesPaid) {
  auto const report = json::parse(toJson(whole().dossier));
  auto const fen = [](json::value const& value) { return std::stoll(std::string(value.as_string())); };
  std::int64_t cities = 0;
  std::int64_t issued = 0;
  for (auto const& city : report.at("verify").at("cities").as_array()) {
    cities += fen(city.at("paidFen"));
    issued += fen(city.at("issuedFen"));
  }
  std::int64_t tranches = 0;
  std::int64_t ofTranches = 0;
  for (auto const& tranche : report.at("tranches").as_array()) {
    tranches += fen(tranche.at("paidFen"));
    ofTranches += fen(tranche.at("issuedFen"));
  }
  std::int64_t months = 0;
  std::int64_t recovered = 0;
  for (auto const& month : report.at("months").as_array()) {
    months += fen(month.at("paidFen")) - fen(month.at("recoveredFen"));
    recovered += fen(month.at("recoveredFen"));
  }
  std::int64_t payments = 0;
  for (auto const& payment : report.at("payments").as_array()) {
    if (!payment.at("paidOn").is_null()) payments += fen(payment.at("amountFen"));
  }
  EXPECT_GT(cities, 0);
  EXPECT_EQ(tranches, cities);
  EXPECT_EQ(ofTranches, issued);
  EXPECT_EQ(months, cities);
  EXPECT_EQ(payments - recovered, cities);
}

TEST_F(JsonReport, NamesEachPaymentsEvents) {
  auto const report = json::parse(toJson(whole().dossier));
  auto const ledger = ledgerAfter(History::shared().batches.size());
  auto const typeOf = [&](json::value const& number) {
    schema::Message<schema::Event> const message(ledger.events()[json::value_to<std::size_t>(number)].bytes.bytes());
    return message.root().which();
  };
  for (auto const& payment : report.at("payments").as_array()) {
    EXPECT_EQ(typeOf(payment.at("payment")), schema::Event::Which::PAYMENT_REQUESTED);
    EXPECT_EQ(typeOf(payment.at("award")), schema::Event::Which::AWARD_APPROVED);
    EXPECT_EQ(typeOf(payment.at("project")), schema::Event::Which::PROJECT_ENROLLED);
    for (auto const& contract : payment.at("contracts").as_array()) {
      EXPECT_EQ(typeOf(contract), schema::Event::Which::CONTRACT_FILED);
    }
    EXPECT_TRUE(payment.at("paidOn").is_null() || payment.at("steps").as_array().size() >= 4U);
  }
}

}  // namespace
}  // namespace fundtrail::replay::report

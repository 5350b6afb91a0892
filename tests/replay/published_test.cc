// SPDX-License-Identifier: Apache-2.0
// Figures that a city published are derived again, to the fen.

#include "replay/published.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/projections/allocation.h"
#include "replay/report_text.h"
#include "tests/replay/history.h"

namespace fundtrail::replay {
namespace {

using domain::Stage;
using testing::HasSubstr;

constexpr char kGood[] = R"({"basis": {"position": 7, "treeSize": 3, "root":
  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", "acceptedAt": null}, "kind": null,
  "cities": [{"city": 441900, "nameZh": "x", "amounts": {"issuedFen": "8000000000", "receivedFen": "1", "recoveredFen": "2",
    "notReceivedFen": "10", "availableFen": "20", "reservedFen": "30", "inFlightFen": "40", "paidFen": "50",
    "returnedToTreasuryFen": "60", "recalledFen": "70"}}], "total": {}})";

std::string with(std::string_view from, std::string_view to) {
  std::string text = kGood;
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Published, FiguresAreReadAsStatusPrintsThem) {
  auto const figures = parsePublished(kGood, "figures");
  ASSERT_TRUE(figures) << figures.error().message;
  EXPECT_EQ(figures->position, 7U);
  EXPECT_EQ(figures->treeSize, 3U);
  EXPECT_EQ(figures->root.hex(), "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
  ASSERT_EQ(figures->cities.size(), 1U);
  EXPECT_EQ(figures->cities[0].at(Account::outside).count(), 8'000'000'000) << "all that was issued";
  EXPECT_EQ(figures->cities[0].at(Account::paid).count(), 50);
  EXPECT_EQ(figures->cities[0].at(Account::recalled).count(), 70);
}

TEST(Published, WhatIsNoFigureIsRefusedAndNamed) {
  for (auto const& [text, named] : {
           std::pair{std::string("nonsense"), "basis"},
           std::pair{std::string("[]"), "basis"},
           std::pair{with("\"position\": 7", "\"position\": -7"), "basis"},
           std::pair{with("00112233", "0011223"), "basis"},
           std::pair{with("441900", "999999"), "cities"},
           std::pair{with("\"50\"", "50"), "paidFen"},
           std::pair{with("\"50\"", "\"-50\""), "paidFen"},
           std::pair{with("\"50\"", "\"5000000000000000000000\""), "paidFen"},
           std::pair{with("\"acceptedAt\": null", "\"on\": \"2025-01-01\""), "without --on"},
           std::pair{with("\"kind\": null", "\"kind\": \"prepayment\""), "without --kind"},
       }) {
    auto const figures = parsePublished(text, "figures");
    ASSERT_FALSE(figures) << text;
    EXPECT_EQ(figures.error().kind, crypto::ErrorKind::badInput);
    EXPECT_THAT(figures.error().message, HasSubstr(named));
    EXPECT_FALSE(figures.error().zh.empty());
  }
}

/// What the projection says at a position, as if it had been published then.
PublishedFigures published(log::EventLog const& log, std::uint64_t position) {
  auto const [allocation, basis] = ledger::projections::project(log, {domain::EventNumber(position), {}}).value();
  PublishedFigures figures{"figures", basis.position, basis.treeSize, basis.root, {}};
  for (auto const& city : allocation.cities()) {
    auto const amounts = city.total();
    figures.cities.push_back({city.city,
                              {amounts.issued, amounts.in(Stage::issued), amounts.in(Stage::available),
                               amounts.in(Stage::reserved), amounts.in(Stage::inFlight), amounts.in(Stage::paid),
                               amounts.in(Stage::returnedToTreasury), amounts.in(Stage::recalled)}});
  }
  return figures;
}

Report replayWith(log::EventLog const& log, std::vector<PublishedFigures> figures) {
  Options options;
  options.published = std::move(figures);
  return verify(log, {}, options).value();
}

Part const& reproduced(Report const& report) {
  return report.parts[static_cast<std::size_t>(PartId::reproduced)];
}

TEST(Reproduced, FiguresOfAnyPositionAreEqualToTheFen) {
  auto const log = logOf(History::shared().batches.size());
  auto const events = log->size().events;
  auto const report = replayWith(
      *log, {published(*log, events), published(*log, 0), published(*log, events / 2), published(*log, events / 2)});
  EXPECT_EQ(report.verdict, Verdict::proven) << toText(report, schema::Language::en);
  EXPECT_EQ(reproduced(report).counted[0].number, reproduced(report).counted[0].of);
  EXPECT_GT(reproduced(report).counted[0].of, 14U * 3) << "of each city, at each position";
}

TEST(Reproduced, AFenMoreIsNamedWithItsCity) {
  auto const log = logOf(History::shared().batches.size());
  auto figures = published(*log, log->size().events / 2);
  auto& paid = figures.cities[2].balances[static_cast<std::size_t>(Account::paid)];
  paid += domain::Fen::literal(1);
  auto const report = replayWith(*log, {figures});
  EXPECT_EQ(report.verdict, Verdict::findings);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].kind, FindingKind::reproduction);
  EXPECT_EQ(report.findings[0].amount, domain::Fen::literal(1));
  EXPECT_THAT(report.findings[0].text.en, HasSubstr("figures: "));
  EXPECT_EQ(reproduced(report).standing, Standing::fails);
}

TEST(Reproduced, FiguresOfAnotherHistoryAreNamed) {
  auto const log = logOf(9);
  auto figures = published(*log, 9);
  figures.root = logOf(8)->root();
  auto const report = replayWith(*log, {figures});
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_THAT(report.findings[0].text.en, HasSubstr("is not this log's"));
}

TEST(Reproduced, APositionBehindTheEndIsNotProven) {
  auto const log = logOf(9);
  auto figures = published(*log, 5);
  figures.position = log->size().events + 1;
  auto const report = replayWith(*log, {figures});
  EXPECT_EQ(reproduced(report).standing, Standing::notProven);
  ASSERT_FALSE(reproduced(report).missing.empty());
  EXPECT_THAT(reproduced(report).missing[0].en, HasSubstr("was not reached"));
}

}  // namespace
}  // namespace fundtrail::replay

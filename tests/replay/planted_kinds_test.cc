// SPDX-License-Identifier: Apache-2.0
// Every kind of `fundtrail plants`: found by the check that the manifest names, with its events and its amount.

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "replay/facts/collector.h"
#include "replay/indicators/examine.h"
#include "replay/indicators/report.h"
#include "replay/report_text.h"
#include "replay/verify.h"
#include "tests/ledger/planting/planted_log.h"

namespace fundtrail::replay {
namespace {

namespace planting = ledger::planting;

Standing standing(Report const& report, PartId part) {
  return report.parts[static_cast<std::size_t>(part)].standing;
}

/// What the audit saw.
struct Seen {
  Report report;
  facts::Facts facts;
};

Seen seenOf(log::EventLog const& log) {
  facts::Collector collector;
  Options options;
  options.threads = 2;
  options.observers.push_back(&collector);
  auto report = verify(log, {}, options).value();
  return {std::move(report), collector.release()};
}

void expectRule(Report const& report, planting::Planted const& planted) {
  auto const rule = std::ranges::find(report.findings, FindingKind::rule, &Finding::kind);
  ASSERT_NE(rule, report.findings.end());
  EXPECT_EQ(rule->rule, planted.kind->rule) << rule->text.en;
  EXPECT_EQ(rule->event, domain::EventNumber(planted.events.front()));
  EXPECT_EQ(standing(report, PartId::lawful), Standing::fails);
}

void expectBankFinding(Report const& report, planting::Planted const& planted) {
  ASSERT_EQ(report.findings.size(), 1U);
  auto const& finding = report.findings.front();
  EXPECT_EQ(finding.kind, FindingKind::bank);
  EXPECT_EQ(finding.event, domain::EventNumber(planted.events.front()));
  EXPECT_EQ(finding.amount, planted.amount);
  EXPECT_EQ(standing(report, PartId::bankTrue), Standing::fails);
  EXPECT_EQ(standing(report, PartId::lawful), Standing::holds);
}

/// The signs that name the first planted event name all of them and whom they are about, and one of them, or all
/// together, come to the planted amount.
void expectSign(Seen const& seen, planting::Planted const& planted) {
  indicators::Supplements supplements;
  if (auto const table = planting::movementsOf(std::span(&planted, 1)); !table.empty()) {
    supplements.movements = indicators::readMovements(table).value();
  }
  if (auto const table = planting::registryOf(std::span(&planted, 1)); !table.empty()) {
    supplements.registry = indicators::readRegistry(table).value();
  }
  auto const asOf = seen.facts.lastAcceptedAt->businessDate();
  auto const found = indicators::examine(seen.facts, {}, supplements, asOf, {std::string(planted.kind->check)});
  ASSERT_EQ(found.outcomes.size(), 1U);
  auto const& outcome = found.outcomes.front();
  SCOPED_TRACE(indicators::toText(found, ledger::schema::Language::en));
  EXPECT_EQ(outcome.state, indicators::State::examined);

  std::set<std::uint64_t> events;
  std::set<std::string> subjects;
  std::set<domain::Fen> amounts;
  domain::Fen sum;
  std::size_t signs = 0;
  for (auto const& hit : outcome.hits) {
    if (std::ranges::find(hit.events, domain::EventNumber(planted.events.front())) == hit.events.end()) continue;
    ++signs;
    for (auto const event : hit.events) events.insert(event.value());
    for (auto const& subject : hit.subjects) subjects.insert(subject.id);
    amounts.insert(hit.amount.value_or(domain::Fen()));
    sum += hit.amount.value_or(domain::Fen());
  }
  ASSERT_GT(signs, 0U) << planted.what.en;
  for (auto const event : planted.events) EXPECT_TRUE(events.contains(event)) << event << ": " << planted.what.en;
  for (auto const& subject : planted.subjects) EXPECT_TRUE(subjects.contains(subject)) << subject;
  EXPECT_TRUE(amounts.contains(planted.amount) || sum == planted.amount)
      << domain::formatYuan(planted.amount) << ": " << planted.what.en;
}

std::vector<std::string> allKinds() {
  std::vector<std::string> names;
  for (auto const& kind : planting::kinds()) names.emplace_back(kind.name);
  return names;
}

class EachPlantedKind : public ::testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Kinds, EachPlantedKind, ::testing::ValuesIn(allKinds()),
                         [](auto const& each) { return each.param; });

TEST_P(EachPlantedKind, IsFoundByItsCheckWithItsEventsAndItsAmount) {
  auto const made = tests::plantedLog({{planting::findKind(GetParam()), 1}}, tests::planFor(GetParam()));
  auto const seen = seenOf(*made.log);
  auto const& planted = made.planted.front();
  auto const check = planted.kind->check;
  if (check == "lawful") {
    SCOPED_TRACE(toText(seen.report, ledger::schema::Language::en));
    expectRule(seen.report, planted);
  } else if (check == "bankTrue") {
    SCOPED_TRACE(toText(seen.report, ledger::schema::Language::en));
    expectBankFinding(seen.report, planted);
  } else {
    expectSign(seen, planted);
  }
}

TEST(PlantedKinds, EveryIndicatorHasOneButTheOneWhoseSignIsABreachOfARule) {
  for (auto const& indicator : indicators::indicators()) {
    bool const isPlanted =
        std::ranges::find(planting::kinds(), indicator.id, &planting::Kind::check) != planting::kinds().end();
    EXPECT_EQ(isPlanted, indicator.id != "K4") << indicator.id;
  }
  EXPECT_EQ(planting::findKind("paidBeforeAccepted")->check, "lawful");
}

TEST(PlantedKinds, WhatOnlyAnIndicatorCanSeeLeavesTheProofWithoutAnException) {
  std::vector<planting::Request> requests;
  for (auto const& kind : planting::kinds()) {
    if (kind.check.starts_with('K')) requests.push_back({&kind, 1});
  }
  auto const made = tests::plantedLog(requests, {.seed = 11, .enterprises = 400, .alone = false});
  auto const report = seenOf(*made.log).report;
  EXPECT_TRUE(report.findings.empty()) << toText(report, ledger::schema::Language::en);
  EXPECT_EQ(report.proof.judged, report.size.events);
}

}  // namespace
}  // namespace fundtrail::replay

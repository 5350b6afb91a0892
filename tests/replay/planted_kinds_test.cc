// SPDX-License-Identifier: Apache-2.0
// Every kind of `fundtrail plants` that a check of the replay is to find: found by that check, at the event that the
// manifest names, and nothing besides.

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "replay/report_text.h"
#include "replay/verify.h"
#include "tests/ledger/planting/planted_log.h"

namespace fundtrail::replay {
namespace {

namespace planting = ledger::planting;

Standing standing(Report const& report, PartId part) {
  return report.parts[static_cast<std::size_t>(part)].standing;
}

/// How each check of the replay shows that it found what was planted. A kind is walked once its check is here.
std::map<std::string, std::function<void(Report const&, planting::Planted const&)>> const& finders() {
  static std::map<std::string, std::function<void(Report const&, planting::Planted const&)>> const list{
      {"lawful",
       [](Report const& report, planting::Planted const& planted) {
         auto const rule = std::ranges::find(report.findings, FindingKind::rule, &Finding::kind);
         ASSERT_NE(rule, report.findings.end());
         EXPECT_EQ(rule->rule, planted.kind->rule) << rule->text.en;
         EXPECT_EQ(rule->event, domain::EventNumber(planted.events.front()));
         EXPECT_EQ(standing(report, PartId::lawful), Standing::fails);
       }},
      {"bankTrue",
       [](Report const& report, planting::Planted const& planted) {
         ASSERT_EQ(report.findings.size(), 1U);
         auto const& finding = report.findings.front();
         EXPECT_EQ(finding.kind, FindingKind::bank);
         EXPECT_EQ(finding.event, domain::EventNumber(planted.events.front()));
         EXPECT_EQ(finding.amount, planted.amount);
         EXPECT_EQ(standing(report, PartId::bankTrue), Standing::fails);
         EXPECT_EQ(standing(report, PartId::lawful), Standing::holds);
       }},
  };
  return list;
}

std::vector<std::string> walked() {
  std::vector<std::string> names;
  for (auto const& kind : planting::kinds()) {
    if (finders().contains(std::string(kind.check))) names.emplace_back(kind.name);
  }
  return names;
}

Report reportOf(log::EventLog const& log) {
  Options options;
  options.threads = 2;
  return verify(log, {}, options).value();
}

class EachPlantedKind : public ::testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Kinds, EachPlantedKind, ::testing::ValuesIn(walked()),
                         [](auto const& each) { return each.param; });

TEST_P(EachPlantedKind, IsFoundByItsCheckAtItsEvent) {
  auto const made = tests::plantedLog({{planting::findKind(GetParam()), 1}});
  auto const report = reportOf(*made.log);
  SCOPED_TRACE(toText(report, ledger::schema::Language::en));
  auto const& planted = made.planted.front();
  finders().at(std::string(planted.kind->check))(report, planted);
}

TEST(PlantedKinds, WhatOnlyAnIndicatorCanSeeLeavesTheProofWithoutAnException) {
  std::vector<planting::Request> requests;
  for (auto const& kind : planting::kinds()) {
    if (kind.check.starts_with('K') && kind.name != "inspectorEverywhere") requests.push_back({&kind, 1});
  }
  auto const made = tests::plantedLog(requests);
  auto const report = reportOf(*made.log);
  EXPECT_TRUE(report.findings.empty()) << toText(report, ledger::schema::Language::en);
  EXPECT_EQ(report.proof.judged, report.size.events);
}

}  // namespace
}  // namespace fundtrail::replay

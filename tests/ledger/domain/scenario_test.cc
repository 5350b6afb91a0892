// SPDX-License-Identifier: Apache-2.0
// Plays every table of tests/scenarios.
#include "tests/support/scenario.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "ledger/domain/rule.h"
#include "tests/ledger/domain/stands_behind.h"

namespace fundtrail::tests {
namespace {

/// The ledger before each step, and last after all of them.
std::vector<Play> playAll(Scenario const& scenario) {
  std::vector<Play> before;
  Play play;
  for (auto const& step : scenario.steps) {
    before.push_back(play);
    if (auto const refused = play.record(step)) {
      ADD_FAILURE() << step.place.text() << ": step " << step.label << " is refused by " << refused->rule << ": "
                    << refused->reason.en;
      break;
    }
  }
  before.push_back(std::move(play));
  return before;
}

std::size_t positionOf(Scenario const& scenario, std::string_view label) {
  return static_cast<std::size_t>(std::ranges::find(scenario.steps, label, &Step::label) - scenario.steps.begin());
}

class ScenarioFile : public testing::TestWithParam<std::filesystem::path> {
 protected:
  Scenario const scenario = readScenario(GetParam());
  std::vector<Play> const before = playAll(scenario);

  void SetUp() override { ASSERT_EQ(before.size(), scenario.steps.size() + 1) << "its history is refused"; }
};

TEST_P(ScenarioFile, EachUnlawfulStepIsRefusedByItsRuleAndLeavesNoTrace) {
  EXPECT_FALSE(scenario.refusals.empty());
  for (auto const& row : scenario.refusals) {
    SCOPED_TRACE(row.place.text() + ": " + row.step.type + " at " + row.at);
    auto const position = positionOf(scenario, row.at);
    auto play = before[position];
    auto const refused = play.record(row.step);
    ASSERT_TRUE(refused) << "is admitted, and rule " << row.rule << " should refuse it";
    EXPECT_EQ(refused->rule, row.rule) << refused->reason.en;
    EXPECT_FALSE(refused->reason.en.empty() || refused->reason.zh.empty());
    EXPECT_TRUE(play.ledger().state() == before[position].ledger().state());
    if (position == scenario.steps.size()) continue;
    auto const lawful = play.record(scenario.steps[position]);
    EXPECT_FALSE(lawful) << "the lawful step is refused afterwards: " << lawful->reason.en;
  }
}

TEST_P(ScenarioFile, MoneyStandsWhereItsTableSays) {
  for (auto const& figure : scenario.figures) {
    auto const& play = before[positionOf(scenario, figure.after) + 1];
    auto const* const tranche = play.ledger().state().tranches.find(play.refOf(figure.tranche));
    ASSERT_NE(tranche, nullptr) << figure.place.text() << ": " << figure.tranche << " is no tranche";
    EXPECT_EQ(formatYuan(tranche->balance(figure.where)), formatYuan(figure.amount)) << figure.place.text();
  }
}

INSTANTIATE_TEST_SUITE_P(All, ScenarioFile, testing::ValuesIn(scenarioFiles()), [](auto const& file) {
  auto name = file.param.stem().string();
  std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0; });
  return name;
});

/// The rules that object to a step, asked one by one without stopping at the first.
std::vector<std::string_view> objectors(Play const& play, Step const& step) {
  auto const words = play.eventOf(step);
  auto const context = play.contextOf(step, words);
  schema::Message<schema::Event> const message(words.bytes());
  auto const event = message.root();
  auto const& state = play.ledger().state();
  std::vector<std::string_view> found;
  for (auto const& rule : domain::rules()) {
    if (rule.examine && rule.examine(event)) found.push_back(rule.id);
    // What is no identifier cannot be looked up, so the rules after U2 have nothing to look at.
    if (!found.empty() && found.back() == "U2") return found;
  }
  auto const about = domain::caseOf(state, play.ledger(), context, event);
  domain::Judgement const judgement(state, play.ledger(), about);
  for (auto const& rule : domain::rules()) {
    if (rule.judge && rule.judge(judgement)) found.push_back(rule.id);
    if (!judgement.author && rule.id == "S1") break;  // the rules after S1 rely on an author
  }
  return found;
}

// With a rule switched off, what it alone objects to would be admitted: so no rule of the table is idle, and each has a
// row that would notice its loss, exceptions named. mutants.sh proves it by switching them off.
TEST(Rules, EachAloneRefusesARowOfSomeScenario) {
  std::set<std::string_view> named;
  std::set<std::string_view> alone;
  for (auto const& file : scenarioFiles()) {
    auto const scenario = readScenario(file);
    auto const before = playAll(scenario);
    for (auto const& row : scenario.refusals) {
      auto const position = positionOf(scenario, row.at);
      ASSERT_LT(position, before.size());
      auto const rules = objectors(before[position], row.step);
      ASSERT_FALSE(rules.empty()) << row.place.text();
      EXPECT_EQ(rules.front(), row.rule) << row.place.text();
      named.insert(domain::ruleNamed(row.rule).id);
      if (rules.size() == 1) alone.insert(rules.front());
    }
  }
  for (auto const& rule : domain::rules()) {
    EXPECT_TRUE(named.contains(rule.id)) << rule.id << " refuses no row";
    bool const excepted = !standsBehind(rule.id).empty();
    EXPECT_NE(alone.contains(rule.id), excepted)
        << rule.id << (excepted ? " is no exception any more" : " could be switched off unnoticed");
  }
}

}  // namespace
}  // namespace fundtrail::tests

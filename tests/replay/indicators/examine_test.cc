// SPDX-License-Identifier: Apache-2.0
// The table, what auditors change of it, and what is said of the whole.
#include <set>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "replay/indicators/report.h"
#include "tests/replay/indicators/story.h"

namespace fundtrail::replay::indicators {
namespace {

using ledger::schema::Language;

TEST(Table, HoldsK1ToK25InOrder) {
  auto const table = indicators();
  ASSERT_EQ(table.size(), 25U);
  for (std::size_t i = 0; i < table.size(); ++i) EXPECT_EQ(table[i].id, "K" + std::to_string(i + 1));
}

TEST(Table, ExplainsEveryParameterWithinItsBounds) {
  for (auto const& indicator : indicators()) {
    std::set<std::string_view> names;
    for (auto const& parameter : indicator.parameters) {
      EXPECT_TRUE(names.insert(parameter.name).second) << indicator.id;
      EXPECT_LE(parameter.value, mostOf(parameter.unit)) << indicator.id << parameter.name;
      EXPECT_FALSE(parameter.why.zh.empty() || parameter.why.en.empty()) << indicator.id << parameter.name;
    }
    EXPECT_FALSE(indicator.falseAlarms.zh.empty() || indicator.falseAlarms.en.empty()) << indicator.id;
  }
}

TEST(Settings, SetParametersAndSwitchOff) {
  auto const settings = readSettings(R"({"K9": {"ratioBp": 15000}, "K18": {"off": "no clock of ours"}})").value();
  EXPECT_EQ(settings.values.at("K9").at("ratioBp"), 15'000);
  Story const story;
  auto const result = examine(story.facts, settings, {}, on("2024-01-01"), {"K9", "K18"});
  ASSERT_EQ(result.outcomes.size(), 2U);
  EXPECT_EQ(result.outcomes[0].parameters["ratioBp"], 15'000);
  EXPECT_EQ(result.outcomes[0].state, State::examined);
  EXPECT_EQ(result.outcomes[1].state, State::off);
  EXPECT_NE(toText(result, Language::en).find("switched off: no clock of ours"), std::string::npos);
  EXPECT_NE(toText(result, Language::zh).find("已关闭：no clock of ours"), std::string::npos);
}

TEST(Settings, RefuseWhatTheyDoNotKnow) {
  for (auto const& [text, says] : {
           std::pair<std::string_view, std::string_view>{R"({"K26": {}})", "no indicator K26: did you mean K2"},
           {R"({"K9": {"ratiobp": 1}})", "did you mean ratioBp?"},
           {R"({"K9": {"ratioBp": -1}})", "K9.ratioBp: must be a whole number from 0 to 10000000"},
           {R"({"K9": {"ratioBp": 1.5}})", "K9.ratioBp: must be a whole number"},
           {R"({"K9": {"off": " "}})", "K9.off: say why"},
           {R"({"K9": {"off": true}})", "K9.off: say why"},
           {R"({"K9": 3})", "K9: must be an object"},
           {"[]", "must be an object of indicators"},
           {R"({"K9": {}, "K9": {}})", "twice"},
       }) {
    auto const settings = readSettings(text);
    ASSERT_FALSE(settings) << text;
    EXPECT_NE(settings.error().message.find(says), std::string::npos) << settings.error().message;
    EXPECT_FALSE(settings.error().zh.empty()) << text;
  }
}

TEST(Report, OfNoDataSaysWhatWasNotExaminedAndNeverThatNothingWasFound) {
  Story const story;
  auto const result = examine(story.facts, {}, {}, on("2024-01-01"));
  ASSERT_EQ(result.outcomes.size(), 25U);
  for (auto const* const id : {"K10", "K12"}) {
    auto const outcome = ask(id, story, "2024-01-01");
    EXPECT_EQ(outcome.state, State::notExamined) << id;
    EXPECT_FALSE(outcome.reason.zh.empty() || outcome.reason.en.empty()) << id;
  }
}

TEST(Report, AsJsonHasWhatTheTextHas) {
  Story story;
  auto const tranche = story.tranche(yuan(100), on("2024-01-02"));
  auto const handed = story.split(tranche, yuan(100), on("2024-02-01"), kCounty);
  auto const result = examine(story.facts, {}, {}, on("2024-12-31"), {"K10", "K25"});
  auto const json = boost::json::parse(toJson(result)).as_object();
  EXPECT_EQ(json.at("asOf"), "2024-12-31");
  auto const& k10 = json.at("indicators").as_array().at(0).as_object();
  EXPECT_EQ(k10.at("state"), "notExamined");
  auto const& k25 = json.at("indicators").as_array().at(1).as_object();
  EXPECT_EQ(k25.at("id"), "K25");
  EXPECT_EQ(k25.at("parameters").as_object().at("days"), 180);
  EXPECT_EQ(k25.at("population"), 1);
  EXPECT_TRUE(k25.at("reason").is_null());
  auto const& hit = k25.at("hits").as_array().at(0).as_object();
  EXPECT_EQ(hit.at("events").as_array().at(0), handed.value());
  EXPECT_EQ(hit.at("amountFen"), "10000");
  EXPECT_EQ(hit.at("subjects").as_array().at(0).as_object().at("id"), "440106");
  auto const text = toText(result, Language::zh);
  EXPECT_NE(text.find("100.00 元未拨付"), std::string::npos) << text;
  EXPECT_NE(text.find("天河区"), std::string::npos) << text;
}

TEST(Report, PutsTheHighestScoreFirst) {
  Story story;
  story.split(story.tranche(yuan(100), on("2024-01-02")), yuan(1), on("2024-05-01"), kCounty);
  story.split(story.tranche(yuan(100), on("2024-01-02")), yuan(2), on("2024-02-01"), kCounty);
  auto const hits = ask("K25", story, "2024-12-01").hits;
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].amount, yuan(2));
  EXPECT_GT(hits[0].score, hits[1].score);
}

TEST(Scores, LieBetween0And100) {
  Story story;
  auto const tranche = story.tranche(yuan(100), on("2024-01-02"));
  story.split(tranche, yuan(100), on("2024-02-01"), kCounty);
  for (auto const* const asOf : {"2024-08-01", "2025-01-31", "2026-12-31"}) {
    auto const hits = ask("K25", story, asOf).hits;
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_GE(hits[0].score, 50U);
    EXPECT_LE(hits[0].score, 100U);
  }
  EXPECT_EQ(ask("K25", story, "2026-12-31").hits[0].score, 100U);
}

}  // namespace
}  // namespace fundtrail::replay::indicators

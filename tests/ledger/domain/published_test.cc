// SPDX-License-Identifier: Apache-2.0
// What cities really published: their caps, and their batches of awards. The rules compute the same from the same
// parameters. The costs behind the awards were not published, so any that give them will do; where a city's rule states
// no rate (中山), or is not known (东莞), 30 % stands in for it.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "ledger/programme/programme.h"
#include "tests/support/scenario.h"

namespace fundtrail::tests {
namespace {

namespace programme = ledger::programme;
using domain::Fen;

auto const kRate = domain::BasisPoints::from(3000).value();
auto const kFen = Fen::literal(1);

/// The lowest cost of which the rate is the amount, rounded down.
Fen costOf(Fen amount, domain::BasisPoints rate) {
  auto const whole = std::int64_t{domain::BasisPoints::kWhole};
  return Fen::from((amount.count() * whole + rate.count() - 1) / rate.count()).value();
}

/// A city in which projects go their way as those of project.md do, under a plan of one rate and its caps.
class PilotCity {
 public:
  PilotCity(domain::CityCode city, std::string number, domain::Date from, domain::BasisPoints rate,
            std::span<programme::CityRule::Cap const> caps)
      : code_(std::to_string(city.number())), rate_(rate), caps_(caps.begin(), caps.end()) {
    for (auto const& step : model_.steps) {
      if (step.label == "t1") break;
      record(step);
    }
    if (code_ != "440400") like("gz", "city", {{"city", code_}});
    for (std::string const person :
         {"clerk.cityIndustryClerk", "reviewer.cityIndustryReviewer", "acceptor.cityIndustryReviewer"}) {
      like("gz-ind-" + person, person, {{"region", code_}});
      like("gz-ind-" + person + ".ok", person + ".ok", {{"change", "@" + person}});
    }
    Fields plan{{"city", code_},
                {"number", std::move(number)},
                {"inForceFrom", from.text()},
                {"plans[0].caps", "-"},
                {"plans[0].rateBp", std::to_string(rate.count())}};
    for (std::size_t i = 0; i < caps_.size(); ++i) {
      auto const cap = "plans[0].caps[" + std::to_string(i) + "].";
      plan.emplace_back(cap + "level", std::to_string(caps_[i].level));
      plan.emplace_back(cap + "cap", formatYuan(caps_[i].amount));
    }
    on_ = from;
    like("plan", "city-plan", plan);
    like("ming", "enterprise", {{"uscc", kEnterprise}, {"region", code_}, {"accounts", "-"}});
    like("ics", "product", {{"city", code_}, {"listedFrom", from.text()}});
  }

  void on(domain::Date day) { on_ = day; }

  /// From the contract to the acceptance. Returns the project's label.
  std::string accepted(Fen cost, std::uint8_t level) {
    auto const n = std::to_string(++projects_);
    auto const net = formatYuan(cost);
    auto const day = on_.text();
    auto const project = "project-" + n;
    Fields const its{{"project", "@" + project}};
    auto const with = [&](Fields more) {
      more.insert(more.begin(), its.begin(), its.end());
      return more;
    };
    like("c2", "contract-" + n,
         {{"city", code_},
          {"enterprise", kEnterprise},
          {"digest", "hash:" + code_ + n},
          {"signedOn", day},
          {"startsOn", day},
          {"endsOn", day},
          {"lines[0].quantity", "1"},
          {"lines[0].unitPrice", net},
          {"lines[0].net", net},
          {"lines[0].tax", "0"},
          {"total", net}});
    like("p2", project, {{"city", code_}, {"enterprise", kEnterprise}, {"contracts[0].event", "@contract-" + n}});
    like("p2-apply", "apply-" + n, its);
    like("p2-form", "form-" + n, its);
    like("p2-site", "site-" + n, with({{"checkedOn", day}, {"inspectors[1].person", "gz-fin-reviewer"}}));
    auto const serial = std::string(20 - n.size(), '0') + n;
    like("p2-cost", "cost-" + n,
         with({{"lines[0].invoice", serial},
               {"lines[0].invoicedOn", day},
               {"lines[0].net", net},
               {"lines[0].tax", "0"},
               {"eligible", net}}));
    like("p2-level", "level-" + n, with({{"level", std::to_string(level)}, {"assessedOn", day}}));
    like("p2-accept", "accept-" + n, with({{"level", std::to_string(level)}, {"acceptedOn", day}}));
    return project;
  }

  /// The rule that refuses the subsidy; empty if it is recorded.
  std::string propose(std::string const& project, Fen cost, std::uint8_t level, Fen subsidy) {
    auto const cap = std::ranges::find(caps_, level, &programme::CityRule::Cap::level)->amount;
    Step const step{{},
                    "s-" + project,
                    "gz-ind-clerk",
                    {on_, on_},
                    "subsidyProposed",
                    {{"project", "@" + project},
                     {"level", std::to_string(level)},
                     {"eligible", formatYuan(cost)},
                     {"rateBp", std::to_string(rate_.count())},
                     {"cap", formatYuan(cap)},
                     {"subsidy", formatYuan(subsidy)}}};
    auto const refused = play_.record(step);
    return refused ? refused->rule : std::string();
  }

  std::string publish(std::vector<std::pair<std::string, Fen>> const& entries, Fen total) {
    Fields fields{{"city", code_},
                  {"title", "公示"},
                  {"opensOn", on_.text()},
                  {"closesOn", on_.plusDays(14).text()},
                  {"total", formatYuan(total)}};
    for (std::size_t i = 0; i < entries.size(); ++i) {
      auto const entry = "entries[" + std::to_string(i) + "].";
      fields.emplace_back(entry + "project", "@" + entries[i].first);
      fields.emplace_back(entry + "amount", formatYuan(entries[i].second));
    }
    auto const refused = play_.record({{}, "pub", "gz-ind-clerk", {on_, on_}, "publicityOpened", fields});
    return refused ? refused->rule : std::string();
  }

 private:
  static constexpr auto kEnterprise = "91440101555555564B";

  void record(Step const& step) {
    auto const refused = play_.record(step);
    ASSERT_FALSE(refused) << step.label << " is refused by " << refused->rule << ": " << refused->reason.en;
  }

  /// The step of project.md of that label, with other fields and the city's day.
  void like(std::string_view model, std::string label, Fields const& fields) {
    auto step = *std::ranges::find(model_.steps, model, &Step::label);
    step.label = std::move(label);
    step.fields = changed(step.fields, fields);
    if (step.on.occurredOn < on_) step.on = {on_, on_};
    record(step);
  }

  Scenario const model_ = readScenario(FUNDTRAIL_SOURCE_DIR "/tests/scenarios/project.md");
  Play play_;
  domain::Date on_ = domain::Date::first();
  std::string code_;
  domain::BasisPoints rate_;
  std::vector<programme::CityRule::Cap> caps_;
  int projects_ = 0;
};

TEST(Published, CapsOfZhuhaiAndZhongshanAreReachedToTheFenAndNotPassed) {
  ASSERT_EQ(programme::cityRules().size(), 2U);
  for (auto const& rule : programme::cityRules()) {
    auto const rate = rule.rate.value_or(kRate);
    PilotCity city(rule.city, std::string(rule.number), rule.inForceFrom, rate, rule.caps);
    for (auto const& [level, cap] : rule.caps) {
      SCOPED_TRACE(std::string(rule.number) + " level " + std::to_string(level));
      auto const cost = costOf(cap, rate);
      auto const enough = city.accepted(cost, level);
      EXPECT_EQ(city.propose(enough, cost, level, cap + kFen), "A1");
      EXPECT_EQ(city.propose(enough, cost, level, cap), "");
      auto const less = city.accepted(cost - kFen, level);
      EXPECT_EQ(city.propose(less, cost - kFen, level, cap), "A1");
      EXPECT_EQ(city.propose(less, cost - kFen, level, cap - kFen), "");
      auto const more = city.accepted(cost + cost, level);
      EXPECT_EQ(city.propose(more, cost + cost, level, cap + kFen), "A1");
      EXPECT_EQ(city.propose(more, cost + cost, level, cap), "");
    }
  }
}

TEST(Published, BatchesOfAwardsAddUpToTheirTotals) {
  static constexpr std::uint8_t kLevel = 2;
  ASSERT_EQ(programme::publishedBatches().size(), 3U);
  for (auto const& batch : programme::publishedBatches()) {
    SCOPED_TRACE(batch.title);
    auto const rule = std::ranges::find(programme::cityRules(), batch.city, &programme::CityRule::city);
    bool const known = rule != programme::cityRules().end();
    std::array const standIn = {programme::CityRule::Cap{kLevel, Fen::literal(100'000'000)}};
    PilotCity city(batch.city, known ? std::string(rule->number) : "模拟工信〔2024〕1号",
                   known ? rule->inForceFrom : domain::Date::fromNumber(20240601).value(), kRate,
                   known ? rule->caps : std::span<programme::CityRule::Cap const>(standIn));
    city.on(batch.publishedOn);
    std::vector<std::pair<std::string, Fen>> entries;
    Fen left = batch.total;
    for (auto others = batch.projects; others > 0; --others) {
      auto const award = Fen::from(left.count() / others).value();
      auto const cost = costOf(award, kRate);
      auto const project = city.accepted(cost, kLevel);
      EXPECT_EQ(city.propose(project, cost, kLevel, award), "");
      entries.emplace_back(project, award);
      left -= award;
    }
    EXPECT_EQ(city.publish(entries, batch.total + kFen), "E2");
    entries.back().second += kFen;
    EXPECT_EQ(city.publish(entries, batch.total + kFen), "E5");
    entries.back().second -= kFen;
    EXPECT_EQ(city.publish(entries, batch.total), "");
  }
}

}  // namespace
}  // namespace fundtrail::tests

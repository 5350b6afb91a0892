// SPDX-License-Identifier: Apache-2.0
#include "replay/indicators/report.h"

#include <iterator>
#include <string_view>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/domain/codes.h"

namespace fundtrail::replay::indicators {

namespace json = boost::json;
using ledger::schema::Language;

namespace {

constexpr std::size_t kHitsShown = 10;   // of one indicator
constexpr std::size_t kEventsShown = 5;  // of one hit
constexpr std::size_t kSubjectsShown = 4;

json::string text(std::string_view value) {
  return json::string(value.data(), value.size());
}

json::object bilingual(domain::Text const& value) {
  return {{"zh", text(value.zh)}, {"en", text(value.en)}};
}

json::object bilingual(Text const& value) {
  return {{"zh", text(value.zh)}, {"en", text(value.en)}};
}

json::object hitOf(Hit const& hit) {
  json::array events;
  for (auto const number : hit.events) events.emplace_back(number.value());
  json::array subjects;
  for (auto const& subject : hit.subjects) {
    subjects.emplace_back(json::object{{"kind", text(name(subject.kind))}, {"id", text(subject.id)}});
  }
  return {{"events", std::move(events)},
          {"subjects", std::move(subjects)},
          {"amountFen", hit.amount ? json::value(text(std::to_string(hit.amount->count()))) : json::value(nullptr)},
          {"score", hit.score},
          {"evidence", bilingual(hit.evidence)}};
}

json::object outcomeOf(Outcome const& outcome) {
  json::object parameters;
  for (auto const& [name, value] : outcome.parameters.all()) parameters[name] = value;
  json::array hits;
  for (auto const& hit : outcome.hits) hits.emplace_back(hitOf(hit));
  return {{"id", text(outcome.indicator->id)},
          {"name", bilingual(outcome.indicator->name)},
          {"clause", text(outcome.indicator->clause)},
          {"state", text(name(outcome.state))},
          {"reason", outcome.reason.en.empty() ? json::value(nullptr) : json::value(bilingual(outcome.reason))},
          {"parameters", std::move(parameters)},
          {"population", outcome.population},
          {"hits", std::move(hits)}};
}

/// Speaks one language.
class Speaker {
 public:
  explicit Speaker(Language language) : language_(language) {}
  [[nodiscard]] std::string_view operator()(std::string_view zh, std::string_view en) const {
    return language_ == Language::zh ? zh : en;
  }
  [[nodiscard]] std::string_view operator()(Text const& text) const { return text.in(language_); }
  [[nodiscard]] std::string_view operator()(domain::Text const& text) const { return (*this)(text.zh, text.en); }

 private:
  Language language_;
};

std::string subjectsOf(Hit const& hit, Speaker const& say) {
  std::string out;
  for (std::size_t i = 0; i < hit.subjects.size() && i < kSubjectsShown; ++i) {
    auto const& [kind, id] = hit.subjects[i];
    if (i > 0) out += say("、", ", ");
    auto const region = kind == Subject::Kind::region ? domain::CityCode::parse(id) : std::nullopt;
    if (region) {
      out += say(domain::cityNameZh(*region), domain::cityNameEn(*region));
    } else if (kind == Subject::Kind::project) {
      out += fmt::format("{}{}", say("项目 ", "project "), id);
    } else {
      out += id;
    }
  }
  if (hit.subjects.size() > kSubjectsShown) out += fmt::format(" +{}", hit.subjects.size() - kSubjectsShown);
  return out;
}

std::string eventsOf(Hit const& hit) {
  std::string out;
  for (std::size_t i = 0; i < hit.events.size() && i < kEventsShown; ++i) {
    if (i > 0) out += ", ";
    out += hit.events[i].text();
  }
  if (hit.events.size() > kEventsShown) out += fmt::format(" +{}", hit.events.size() - kEventsShown);
  return out;
}

void write(std::string& out, Outcome const& outcome, Speaker const& say) {
  auto const& indicator = *outcome.indicator;
  auto at = std::back_inserter(out);
  fmt::format_to(at, "{:<4} {}  ", indicator.id, say(indicator.name));
  switch (outcome.state) {
    case State::off: fmt::format_to(at, "{}{}\n", say("已关闭：", "switched off: "), say(outcome.reason)); return;
    case State::notExamined: fmt::format_to(at, "{}\n", say(outcome.reason)); return;
    case State::examined: break;
  }
  fmt::format_to(at, fmt::runtime(say("查看 {} 项，{} 项预警\n", "{} looked at, {} signs\n")), outcome.population,
                 outcome.hits.size());
  if (!outcome.reason.en.empty()) fmt::format_to(at, "     {}\n", say(outcome.reason));
  for (std::size_t i = 0; i < outcome.hits.size() && i < kHitsShown; ++i) {
    auto const& hit = outcome.hits[i];
    fmt::format_to(at, "     {:>3}  {}\n", hit.score, say(hit.evidence));
    fmt::format_to(at, "          {}{}  {}{}\n", say("事件 ", "events "), eventsOf(hit), say("涉及 ", "about "),
                   subjectsOf(hit, say));
  }
  if (outcome.hits.size() > kHitsShown) {
    fmt::format_to(at, fmt::runtime(say("     另有 {} 项，见 --format json\n", "     {} more: see --format json\n")),
                   outcome.hits.size() - kHitsShown);
  }
}

}  // namespace

std::string toJson(Indicators const& indicators) {
  json::array outcomes;
  for (auto const& outcome : indicators.outcomes) outcomes.emplace_back(outcomeOf(outcome));
  return json::serialize(json::object{{"asOf", text(indicators.asOf.text())}, {"indicators", std::move(outcomes)}}) +
         "\n";
}

std::string toText(Indicators const& indicators, Language language) {
  Speaker const say(language);
  auto out = fmt::format("{}{}\n", say("预警指标，截至 ", "indicators as of "), indicators.asOf.text());
  for (auto const& outcome : indicators.outcomes) write(out, outcome, say);
  fmt::format_to(std::back_inserter(out),
                 fmt::runtime(say("共 {} 项预警：预警不是结论，须逐项核实\n",
                                  "{} signs in all: a sign is no finding, each is to be looked into\n")),
                 indicators.hits());
  return out;
}

std::string tableToText(Language language) {
  Speaker const say(language);
  std::string out;
  auto at = std::back_inserter(out);
  for (auto const& indicator : indicators()) {
    fmt::format_to(at, "{:<4} {}  {}\n     {}\n", indicator.id, say(indicator.name), say(indicator.asks),
                   say(indicator.formula));
    for (auto const& parameter : indicator.parameters) {
      fmt::format_to(at, "     {} = {} {}  {}\n", parameter.name, parameter.value, say(wordsFor(parameter.unit)),
                     say(parameter.why));
    }
    fmt::format_to(at, "     {}{}\n", say("常见误报：", "common false alarms: "), say(indicator.falseAlarms));
  }
  return out;
}

}  // namespace fundtrail::replay::indicators

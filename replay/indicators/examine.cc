// SPDX-License-Identifier: Apache-2.0
#include "replay/indicators/examine.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "crypto/ensure.h"

namespace fundtrail::replay::indicators {

namespace {

Outcome outcomeOf(Indicator const& indicator, Settings const& settings, Facts const& facts,
                  Supplements const& supplements, Date asOf) {
  std::string const id(indicator.id);
  Parameters parameters(indicator.parameters);
  if (auto const at = settings.values.find(id); at != settings.values.end()) {
    for (auto const& [name, value] : at->second) parameters.set(name, value);
  }
  if (auto const at = settings.off.find(id); at != settings.off.end()) {
    return {&indicator, State::off, {at->second, at->second}, std::move(parameters), 0, {}};
  }
  auto answer = indicator.examine({facts, parameters, asOf, supplements});
  std::ranges::stable_sort(answer.hits, [](Hit const& a, Hit const& b) {
    return std::tuple(b.score, a.events.front()) < std::tuple(a.score, b.events.front());
  });
  return {&indicator,
          answer.examined ? State::examined : State::notExamined,
          std::move(answer.missing),
          std::move(parameters),
          answer.population,
          std::move(answer.hits)};
}

}  // namespace

std::string_view name(State state) {
  switch (state) {
    case State::examined: return "examined";
    case State::notExamined: return "notExamined";
    case State::off: return "off";
  }
  crypto::abortOnBug("every state has its name");
}

std::uint64_t Indicators::hits() const {
  std::uint64_t sum = 0;
  for (auto const& outcome : outcomes) sum += outcome.hits.size();
  return sum;
}

Indicators examine(Facts const& facts, Settings const& settings, Supplements const& supplements, Date asOf,
                   std::set<std::string> const& only) {
  Indicators result{asOf, {}};
  for (auto const& indicator : indicators()) {
    if (!only.empty() && !only.contains(std::string(indicator.id))) continue;
    result.outcomes.push_back(outcomeOf(indicator, settings, facts, supplements, asOf));
  }
  return result;
}

}  // namespace fundtrail::replay::indicators

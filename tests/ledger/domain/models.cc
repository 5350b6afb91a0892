// SPDX-License-Identifier: Apache-2.0
#include "tests/ledger/domain/models.h"

#include <algorithm>
#include <span>

namespace fundtrail::tests {

namespace {

/// Who is enrolled by a table of staff: a key or a role, and its confirmation.
bool isStaff(Step const& step) {
  return step.label.find('.') != std::string::npos;
}

/// The first steps of a scenario, and then the staff of all the others, where they may join.
Beginning begun(std::span<Step const> steps, std::span<Step const> staff) {
  Beginning beginning{Play(), {steps.begin(), steps.end()}, domain::Date::first()};
  for (auto const& step : steps) {
    auto const refused = beginning.play.record(step);
    crypto::ensure(!refused, "scenarios are lawful");
    beginning.today = std::max(beginning.today, step.on.recordedOn.plusDays(1));
  }
  for (auto const& step : staff) {
    bool const isThere = std::ranges::find(beginning.steps, step.label, &Step::label) != beginning.steps.end();
    // Its request may have been refused, and then there is nothing to confirm.
    bool const hasRequest =
        !step.label.ends_with(".ok") || std::ranges::find(beginning.steps, step.label.substr(0, step.label.size() - 3),
                                                          &Step::label) != beginning.steps.end();
    if (!isThere && hasRequest && !beginning.play.record(step)) beginning.steps.push_back(step);
  }
  return beginning;
}

}  // namespace

std::vector<Beginning> const& beginnings() {
  static std::vector<Beginning> const all = [] {
    std::vector<Scenario> scenarios;
    std::vector<Step> staff;
    for (auto const& file : scenarioFiles()) {
      scenarios.push_back(readScenario(file));
      for (auto const& step : scenarios.back().steps) {
        if (isStaff(step) && std::ranges::find(staff, step.label, &Step::label) == staff.end()) staff.push_back(step);
      }
    }
    std::vector<Beginning> found;
    for (auto const& scenario : scenarios) {
      std::span<Step const> const steps(scenario.steps);
      found.push_back(begun(steps, staff));
      found.push_back(begun(steps.first(steps.size() * 3 / 4), staff));
    }
    return found;
  }();
  return all;
}

std::string modelOf(Step const& step) {
  return step.type + " " + step.label;
}

Models const& Models::all() {
  static Models const models;
  return models;
}

std::vector<std::size_t> const& Models::about(std::string const& model) const {
  static std::vector<std::size_t> const kNone;
  auto const at = about_.find(model);
  return at == about_.end() ? kNone : at->second;
}

Models::Models() {
  std::map<std::string, std::size_t> known;
  for (auto const& beginning : beginnings()) {
    std::map<std::string, std::size_t, std::less<>> labels;
    for (auto const& step : beginning.steps) {
      auto const [at, isNew] = known.emplace(modelOf(step), steps_.size());
      labels[step.label] = at->second;
      if (!isNew) continue;
      for (auto const& [path, value] : step.fields) {
        if (!value.starts_with('@') && !value.starts_with('#')) continue;
        auto const target = labels.at(value.substr(1));
        named_[{modelOf(step), value.substr(1)}] = target;
        auto& about = about_[modelOf(steps_[target])];
        if (about.empty() || about.back() != steps_.size()) about.push_back(steps_.size());
      }
      byType_[step.type].push_back(steps_.size());
      steps_.push_back(step);
    }
  }
  for (auto const& [type, steps] : byType_) types_.push_back(type);
}

}  // namespace fundtrail::tests

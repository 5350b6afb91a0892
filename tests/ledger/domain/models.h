// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/scenario.h"

// The histories of tests/scenarios as something to go on from, and their steps as something to imitate.

namespace fundtrail::tests {

/// A lawful history to go on from.
struct Beginning {
  Play play;
  std::vector<Step> steps;
  domain::Date today;
};

/// Two for each file of tests/scenarios, whole and in the midst of it, each played once.
std::vector<Beginning> const& beginnings();

/// Names a step of the scenarios: files that go on from one another share it.
std::string modelOf(Step const& step);

/// Every step of the scenarios, each once, and what the steps say that its references name.
class Models {
 public:
  static Models const& all();

  std::vector<Step> const& steps() const { return steps_; }
  std::vector<std::string> const& types() const { return types_; }
  std::vector<std::size_t> const& ofType(std::string_view type) const { return byType_.find(type)->second; }
  /// The steps that name the model.
  std::vector<std::size_t> const& about(std::string const& model) const;
  /// The step that a reference of the model ("@label" or "#label") names.
  Step const& named(Step const& model, std::string_view reference) const {
    return steps_[named_.at({modelOf(model), std::string(reference.substr(1))})];
  }

 private:
  Models();

  std::vector<Step> steps_;
  std::vector<std::string> types_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> byType_;
  std::map<std::string, std::vector<std::size_t>> about_;
  std::map<std::pair<std::string, std::string>, std::size_t> named_;
};

}  // namespace fundtrail::tests

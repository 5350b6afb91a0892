// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"
#include "replay/indicators/indicator.h"

namespace fundtrail::replay::indicators {

/// What an auditor changes of the table's defaults. By default nothing.
struct Settings {
  std::map<std::string, std::map<std::string, std::int64_t>> values{};  // by indicator and parameter
  std::map<std::string, std::string> off{};                             // by indicator: why
};

/// Reads the file of --indicators: a JSON object of indicators, each an object of parameters, or {"off": "reason"}.
/// Error: badInput; a name that is none is answered with the nearest one, and a reason may not be empty.
[[nodiscard]] crypto::Result<Settings> readSettings(std::string_view json);

enum class State : std::uint8_t {
  examined,
  notExamined,  // what it needs was not brought
  off,          // by the settings
};
[[nodiscard]] std::string_view name(State state);

/// What one indicator said.
struct Outcome {
  Indicator const* indicator;
  State state;
  domain::Text reason;  // off: why; else what was not looked at and what to bring, or empty
  Parameters parameters;
  std::uint64_t population;
  std::vector<Hit> hits;  // the highest score first, then the first event
};

struct Indicators {
  Date asOf;
  std::vector<Outcome> outcomes;  // K1 … K25, those that were asked for
  [[nodiscard]] std::uint64_t hits() const;
};

/// Asks the indicators of these ids (all if there are none). Deterministic.
[[nodiscard]] Indicators examine(Facts const& facts, Settings const& settings, Supplements const& supplements,
                                 Date asOf, std::set<std::string> const& only = {});

}  // namespace fundtrail::replay::indicators

// SPDX-License-Identifier: Apache-2.0
#include "replay/indicators/indicator.h"

#include <algorithm>
#include <array>

#include "crypto/ensure.h"
#include "replay/indicators/rows.h"

namespace fundtrail::replay::indicators {

Text wordsFor(Unit unit) {
  switch (unit) {
    case Unit::days: return {"天", "days"};
    case Unit::months: return {"月", "months"};
    case Unit::hours: return {"时", "o'clock"};
    case Unit::seconds: return {"秒", "seconds"};
    case Unit::tenThousandths: return {"万分之", "of 10,000"};
    case Unit::hundredths: return {"百分之一", "hundredths"};
    case Unit::fen: return {"分", "fen"};
    case Unit::count: return {"个", ""};
  }
  crypto::abortOnBug("every unit has its words");
}

std::int64_t mostOf(Unit unit) {
  switch (unit) {
    case Unit::days: return 36'500;
    case Unit::months: return 1'200;
    case Unit::hours: return 24;
    case Unit::seconds: return 86'400;
    case Unit::tenThousandths: return 10'000'000;
    case Unit::hundredths:
    case Unit::count: return 1'000'000'000;
    case Unit::fen: return Fen::kMaxMagnitude;
  }
  crypto::abortOnBug("every unit has its bound");
}

std::string_view name(Subject::Kind kind) {
  switch (kind) {
    case Subject::Kind::organisation: return "organisation";
    case Subject::Kind::region: return "region";
    case Subject::Kind::project: return "project";
    case Subject::Kind::person: return "person";
  }
  crypto::abortOnBug("every kind of subject has its name");
}

Parameters::Parameters(std::span<Parameter const> defaults) {
  for (auto const& parameter : defaults) values_.emplace_back(parameter.name, parameter.value);
}

std::int64_t Parameters::operator[](std::string_view name) const {
  auto const at = std::ranges::find(values_, name, &std::pair<std::string_view, std::int64_t>::first);
  crypto::ensure(at != values_.end(), "a parameter that is asked for stands in its indicator's row");
  return at->second;
}

void Parameters::set(std::string_view name, std::int64_t value) {
  auto const at = std::ranges::find(values_, name, &std::pair<std::string_view, std::int64_t>::first);
  crypto::ensure(at != values_.end(), "a parameter that is set stands in its indicator's row");
  at->second = value;
}

std::span<Indicator const> indicators() {
  static auto const table = [] {
    std::vector<Indicator> rows(rowsToK12().begin(), rowsToK12().end());
    rows.insert(rows.end(), rowsFromK13().begin(), rowsFromK13().end());
    return rows;
  }();
  return table;
}

Indicator const* find(std::string_view id) {
  auto const table = indicators();
  auto const at = std::ranges::find(table, id, &Indicator::id);
  return at == table.end() ? nullptr : &*at;
}

}  // namespace fundtrail::replay::indicators

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace fundtrail::tests {

/// A rule all of whose rows another rule refuses as well: its loss would change only the name of the refusal.
struct StandsBehind {
  std::string_view rule;
  std::string_view other;
};

// A4: as long as A1 computes the subsidy from a rate of at most the whole, whatever exceeds the cost also differs from
// what A1 computes.
constexpr std::array kStandsBehind{StandsBehind{"A4", "A1"}};

/// The rule that refuses all its rows as well; empty if there is none, as should be.
constexpr std::string_view standsBehind(std::string_view rule) {
  auto const at = std::ranges::find(kStandsBehind, rule, &StandsBehind::rule);
  return at == kStandsBehind.end() ? std::string_view() : at->other;
}

}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/nearest.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace fundtrail::ledger::schema {

namespace {

/// Levenshtein's.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    auto diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < right.size(); ++j) {
      auto const substituted = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::optional<std::string> nearest(std::string_view typed, std::span<std::string const> names) {
  std::optional<std::string> found;
  auto least = std::max<std::size_t>(2, typed.size() / 3) + 1;
  for (auto const& name : names) {
    if (auto const steps = distance(typed, name); steps < least) {
      least = steps;
      found = name;
    }
  }
  return found;
}

}  // namespace fundtrail::ledger::schema

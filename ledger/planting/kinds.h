// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace fundtrail::ledger::planting {

/// What can be planted. A row of the table that `fundtrail plants` prints.
struct Kind {
  std::string_view name;  // as the command line and the manifest have it
  std::string_view zh;
  std::string_view en;
  /// The part of the proof ("lawful", "bankTrue") or the indicator ("K1" … "K25") that must find it.
  std::string_view check;
  /// The rule that refuses the first of its events; empty where the ledger records all of it.
  std::string_view rule;
  /// The kind of fraud of clause （十）, as the schema names it; empty where it is none of the five.
  std::string_view fraud = {};

  /// Only an operator who looks away can put it on record.
  [[nodiscard]] bool breaksRules() const { return !rule.empty(); }
};

/// In the order of the checks.
[[nodiscard]] std::span<Kind const> kinds();

/// Null where there is none of that name.
[[nodiscard]] Kind const* findKind(std::string_view name);

}  // namespace fundtrail::ledger::planting

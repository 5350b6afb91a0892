// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fundtrail::ledger::schema {

/// The name that somebody meant who mistyped it: the one that the fewest changed letters lead to (Levenshtein's
/// distance), the first of several; nothing where none is near.
std::optional<std::string> nearest(std::string_view typed, std::span<std::string const> names);

}  // namespace fundtrail::ledger::schema

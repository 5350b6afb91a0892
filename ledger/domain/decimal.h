// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fundtrail::ledger::domain {

/// Whether the character is one of the ASCII digits 0-9.
constexpr bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

/// The number that a text of ASCII digits alone writes, leading zeros allowed. nullopt for anything else, signs, spaces
/// and the empty text included, and for a number that does not fit.
inline std::optional<std::uint64_t> parseDecimal(std::string_view digits) {
  std::uint64_t number = 0;
  char const* const end = digits.data() + digits.size();
  auto const [stop, error] = std::from_chars(digits.data(), end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>

namespace fundtrail::crypto {

/// Canonical decimal: digits only, no sign, no leading zeros ("0" itself excepted). Nothing for anything else, or where
/// it does not fit.
template <std::unsigned_integral T>
std::optional<T> parseDecimal(std::string_view text) {
  bool const canonical = !text.empty() && (text == "0" || text.front() != '0');
  T value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return canonical && error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace fundtrail::crypto

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/domain/value_hash.h"

namespace fundtrail::ledger::domain {

/// A code of GB/T 2260 for Guangdong, one of its 21 cities, or one of their counties and districts. A value; in the
/// table of codes.h, always. 东莞 and 中山 have no counties: their codes are cities.
class CityCode {
 public:
  static constexpr CityCode province() { return CityCode(440000); }
  /// The code, or nullopt where it is not in the table.
  static std::optional<CityCode> fromNumber(std::uint32_t code);
  /// Reads the six digits of a code in the table; nullopt for anything else.
  static std::optional<CityCode> parse(std::string_view text);

  constexpr std::uint32_t number() const { return code_; }
  /// The six digits.
  std::string text() const;

  /// Exactly one of these three is true.
  constexpr bool isProvince() const { return code_ % 10'000 == 0; }
  constexpr bool isCity() const { return !isProvince() && !isCounty(); }
  constexpr bool isCounty() const { return code_ % 100 != 0; }

  /// A county's city; a city or the province itself.
  constexpr CityCode cityOf() const { return CityCode(code_ - code_ % 100); }

  friend constexpr auto operator<=>(CityCode, CityCode) = default;
  friend constexpr std::size_t hash_value(CityCode code) noexcept { return code.code_; }

 private:
  friend struct RegionTable;  // makes the codes that it holds

  constexpr explicit CityCode(std::uint32_t code) : code_(code) {}

  std::uint32_t code_;
};

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::CityCode>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::CityCode> {};

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

/// A class (小类) of manufacturing in GB/T 4754, four digits. A value; in the table of codes.h, always.
class IndustryCode {
 public:
  /// The code, or nullopt where it is not in the table.
  static std::optional<IndustryCode> fromNumber(std::uint32_t code);
  /// Reads the four digits of a code in the table; nullopt for anything else.
  static std::optional<IndustryCode> parse(std::string_view text);

  constexpr std::uint32_t number() const { return code_; }
  /// The four digits.
  std::string text() const;
  /// The two-digit division (大类) and the three-digit group (中类) that the class belongs to.
  constexpr std::uint32_t division() const { return code_ / 100; }
  constexpr std::uint32_t group() const { return code_ / 10; }

  friend constexpr auto operator<=>(IndustryCode, IndustryCode) = default;
  friend constexpr std::size_t hash_value(IndustryCode code) noexcept { return code.code_; }

 private:
  friend struct IndustryTable;  // makes the codes that it holds

  constexpr explicit IndustryCode(std::uint32_t code) : code_(code) {}

  std::uint32_t code_;
};

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::IndustryCode>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::IndustryCode> {};

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

#include "ledger/domain/short_text.h"
#include "ledger/domain/value_hash.h"

namespace fundtrail::ledger::domain {

/// A bank's number in the China National Advanced Payment System (支付系统行号): bank 3 digits, city 4, branch 4, and a
/// check digit by ISO 7064 MOD 11,10, which catches every wrong digit. A value.
class CnapsCode {
 public:
  /// Reads 12 digits of which the last is the check digit of the others; nullopt for anything else.
  static std::optional<CnapsCode> parse(std::string_view text);

  /// The 12 digits. Valid as long as this object.
  constexpr std::string_view text() const { return text_.view(); }
  /// The three digits of the bank, "102". Valid as long as this object.
  constexpr std::string_view bank() const { return text_.view().substr(0, 3); }
  /// The four digits of the city, "5810". Valid as long as this object.
  constexpr std::string_view city() const { return text_.view().substr(3, 4); }

  friend constexpr auto operator<=>(CnapsCode const&, CnapsCode const&) = default;
  friend std::size_t hash_value(CnapsCode const& value) noexcept { return hash_value(value.text_); }

 private:
  constexpr explicit CnapsCode(ShortText<12> const& text) : text_(text) {}

  ShortText<12> text_;
};

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::CnapsCode>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::CnapsCode> {};

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

/// A bank account number. A value; one account has one such number, however it was spaced.
class AccountNumber {
 public:
  /// Reads 8 … 32 digits. A single '-' or space between two digits is allowed and dropped; nullopt for anything else.
  static std::optional<AccountNumber> parse(std::string_view text);

  /// The normal form: digits only. Valid as long as this object.
  constexpr std::string_view text() const { return text_.view(); }

  friend constexpr auto operator<=>(AccountNumber const&, AccountNumber const&) = default;
  friend std::size_t hash_value(AccountNumber const& value) noexcept { return hash_value(value.text_); }

 private:
  constexpr explicit AccountNumber(ShortText<32> const& text) : text_(text) {}

  ShortText<32> text_;
};

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::AccountNumber>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::AccountNumber> {};

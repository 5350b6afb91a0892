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

/// The number of a tax invoice (发票): the 20 digits of a fully digital one (数电票), or the 10- or 12-digit code and
/// the 8-digit number of an older one, written together. A value; one invoice has one such number, however it was
/// typed.
class InvoiceNumber {
 public:
  /// Reads 20 or 18 digits, or 10 or 12 digits, a '-' and 8 digits; nullopt for anything else.
  static std::optional<InvoiceNumber> parse(std::string_view text);

  /// The normal form: 18 or 20 digits. Valid as long as this object.
  constexpr std::string_view text() const { return text_.view(); }

  friend constexpr auto operator<=>(InvoiceNumber const&, InvoiceNumber const&) = default;
  friend std::size_t hash_value(InvoiceNumber const& value) noexcept { return hash_value(value.text_); }

 private:
  constexpr explicit InvoiceNumber(ShortText<20> const& text) : text_(text) {}

  ShortText<20> text_;
};

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::InvoiceNumber>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::InvoiceNumber> {};

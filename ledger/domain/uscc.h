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

/// A unified social credit code (统一社会信用代码, GB 32100): what names an organisation in China. A value.
/// Its check character catches every wrong character and every swap of two neighbours.
class Uscc {
 public:
  /// Reads 18 characters of 0-9 and A-Z without I O Z S V, of which the last is the check character of the others.
  /// nullopt for anything else, lower case included: there is one way to write a code.
  static std::optional<Uscc> parse(std::string_view text);

  /// The 18 characters. Valid as long as this object.
  constexpr std::string_view text() const { return text_.view(); }

  friend constexpr auto operator<=>(Uscc const&, Uscc const&) = default;
  friend std::size_t hash_value(Uscc const& value) noexcept { return hash_value(value.text_); }

 private:
  constexpr explicit Uscc(ShortText<18> const& text) : text_(text) {}

  ShortText<18> text_;
};

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::Uscc>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::Uscc> {};

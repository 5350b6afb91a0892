// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "crypto/ensure.h"

namespace fundtrail::ledger::domain {

/// Up to Capacity characters held in the object itself: what identifiers of a fixed format are stored in. A value.
template <std::size_t Capacity>
class ShortText {
 public:
  static_assert(Capacity <= 255, "the length is kept in one byte");

  constexpr ShortText() = default;
  /// A longer text is a bug: formats are checked first.
  constexpr explicit ShortText(std::string_view text) {
    for (char const c : text) append(c);
  }

  /// Whether another character fits.
  constexpr bool isFull() const { return size_ == Capacity; }
  /// Beyond the capacity is a bug.
  constexpr void append(char c) {
    crypto::ensure(!isFull(), "the text fits its capacity");
    characters_[size_++] = c;
  }

  constexpr std::size_t size() const { return size_; }
  /// Valid as long as this object.
  constexpr std::string_view view() const { return {characters_.data(), size_}; }

  friend constexpr bool operator==(ShortText const& a, ShortText const& b) { return a.view() == b.view(); }
  friend constexpr std::strong_ordering operator<=>(ShortText const& a, ShortText const& b) {
    return a.view() <=> b.view();
  }
  friend std::size_t hash_value(ShortText const& text) noexcept { return std::hash<std::string_view>()(text.view()); }

 private:
  std::array<char, Capacity> characters_{};
  std::uint8_t size_ = 0;
};

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>

namespace fundtrail::ledger::domain {

/// A set of enumerants of the schema, numbered 0 … 31. A value.
template <class Enum>
class EnumSet {
 public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<Enum> members) {
    for (auto const member : members) add(member);
  }

  constexpr void add(Enum member) { bits_ |= bitOf(member); }
  [[nodiscard]] constexpr bool contains(Enum member) const { return (bits_ & bitOf(member)) != 0; }
  [[nodiscard]] constexpr bool isEmpty() const { return bits_ == 0; }

  friend constexpr bool operator==(EnumSet, EnumSet) = default;

 private:
  static constexpr std::uint32_t bitOf(Enum member) { return 1U << static_cast<unsigned>(member); }

  std::uint32_t bits_ = 0;
};

}  // namespace fundtrail::ledger::domain

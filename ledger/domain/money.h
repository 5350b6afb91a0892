// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/ensure.h"
#include "ledger/domain/value_hash.h"

namespace fundtrail::ledger::domain {

/// An amount of money in whole fen (分, 1/100 yuan). A value; at most kMaxMagnitude in either direction, always.
/// It converts to and from a plain integer only by name, and to and from floating point not at all.
class Fen {
 public:
  /// 10 万亿元: more than any province's yearly budget, so no honest amount is refused; and the sum of 9,000
  /// such amounts (more than a batch can hold) still fits in int64.
  static constexpr std::int64_t kMaxMagnitude = 1'000'000'000'000'000;

  /// Nothing: 0 fen.
  constexpr Fen() = default;

  /// The amount, or nullopt where it is larger than kMaxMagnitude.
  static constexpr std::optional<Fen> from(std::int64_t fen) {
    if (fen > kMaxMagnitude || fen < -kMaxMagnitude) return std::nullopt;
    return Fen(fen);
  }
  /// For constants written in the source; an amount out of range is a bug.
  static constexpr Fen literal(std::int64_t fen) {
    auto const amount = from(fen);
    crypto::ensure(amount.has_value(), "an amount lies within Fen::kMaxMagnitude");
    return *amount;
  }

  constexpr std::int64_t count() const { return fen_; }
  constexpr bool isZero() const { return fen_ == 0; }
  constexpr bool isNegative() const { return fen_ < 0; }
  constexpr bool isPositive() const { return fen_ > 0; }

  /// Checked arithmetic, for amounts that came from outside: nullopt where the result is out of range.
  constexpr std::optional<Fen> plus(Fen other) const { return from(fen_ + other.fen_); }
  constexpr std::optional<Fen> minus(Fen other) const { return from(fen_ - other.fen_); }

  /// Arithmetic on amounts whose result is known to be in range; one that is not is a bug.
  constexpr Fen& operator+=(Fen other) { return *this = literal(fen_ + other.fen_); }
  constexpr Fen& operator-=(Fen other) { return *this = literal(fen_ - other.fen_); }
  friend constexpr Fen operator+(Fen a, Fen b) { return a += b; }
  friend constexpr Fen operator-(Fen a, Fen b) { return a -= b; }
  constexpr Fen operator-() const { return Fen(-fen_); }

  friend constexpr auto operator<=>(Fen, Fen) = default;
  friend constexpr std::size_t hash_value(Fen amount) noexcept { return static_cast<std::size_t>(amount.fen_); }

 private:
  constexpr explicit Fen(std::int64_t fen) : fen_(fen) {}

  std::int64_t fen_ = 0;
};

/// A rate in ten-thousandths, from nothing (0) to the whole (10000). 30 % is 3000.
class BasisPoints {
 public:
  static constexpr std::uint32_t kWhole = 10'000;

  /// The rate, or nullopt above the whole.
  static constexpr std::optional<BasisPoints> from(std::uint32_t tenThousandths) {
    if (tenThousandths > kWhole) return std::nullopt;
    return BasisPoints(tenThousandths);
  }

  constexpr std::uint32_t count() const { return tenThousandths_; }
  constexpr bool isZero() const { return tenThousandths_ == 0; }

  friend constexpr auto operator<=>(BasisPoints, BasisPoints) = default;
  friend constexpr std::size_t hash_value(BasisPoints rate) noexcept { return rate.tenThousandths_; }

 private:
  constexpr explicit BasisPoints(std::uint32_t tenThousandths) : tenThousandths_(tenThousandths) {}

  std::uint32_t tenThousandths_;
};

/// What happens to a fraction of a fen. Named at each division, so that no reader has to guess.
enum class Rounding {
  down,  ///< dropped: the payee never receives more than the exact share
};

/// amount × rate, computed in 128 bits and rounded once. nullopt where the amount is negative: a share of a debt has no
/// meaning in the programme's rules.
std::optional<Fen> share(Fen amount, BasisPoints rate, Rounding rounding);

/// The amount in yuan with two decimals and a comma per three digits: "80,000,000.00", "-0.50".
std::string formatYuan(Fen amount);

/// Reads an amount in yuan: an optional '-', digits without needless leading zeros, either no comma or one before every
/// three digits, and at most two decimals after a point that has digits on both sides: "80000000", "80,000,000.00",
/// "0.5". nullopt for anything else, white space and amounts out of range included.
std::optional<Fen> parseYuan(std::string_view text);

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::Fen>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::Fen> {};
template <>
struct std::hash<fundtrail::ledger::domain::BasisPoints>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::BasisPoints> {};

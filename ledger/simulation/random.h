// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fundtrail::ledger::simulation {

/// Pseudo-random numbers, the same on every machine: SplitMix64 (Steele, Lea, Flood 2014), which the distributions of
/// the standard library are not. A value; a copy goes on alike.
class Random {
 public:
  /// Streams of one seed do not disturb each other: more of one kind of number changes none of another.
  Random(std::uint64_t seed, std::string_view stream);

  std::uint64_t next();
  /// 0 … bound - 1. The bias is below bound / 2^64.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  /// Both ends included.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
  }
  bool chance(unsigned percent) { return below(100) < percent; }

  template <class Range>
  auto const& oneOf(Range const& range) {
    return range[below(range.size())];
  }

  template <std::size_t N>
  std::array<std::uint8_t, N> bytes() {
    static_assert(N % 8 == 0);
    std::array<std::uint8_t, N> result;
    for (std::size_t i = 0; i < N; i += 8) {
      auto const word = next();
      for (std::size_t j = 0; j < 8; ++j) result[i + j] = static_cast<std::uint8_t>(word >> (8 * j));
    }
    return result;
  }

 private:
  std::uint64_t state_;
};

/// Says yes to every n-th of a kind, from the k-th on (1 <= k): a rate that even a small history keeps.
class Every {
 public:
  Every(unsigned n, unsigned first) : n_(n), left_(first) {}
  bool due() {
    if (--left_ != 0) return false;
    left_ = n_;
    return true;
  }

 private:
  unsigned n_;
  unsigned left_;
};

}  // namespace fundtrail::ledger::simulation

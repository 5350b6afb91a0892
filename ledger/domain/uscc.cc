// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/uscc.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace fundtrail::ledger::domain {
namespace {

// GB 32100: the 31 characters in the order of their values, and 3^i mod 31 as the weight of position i.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array<std::size_t, 17> kWeights = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

// The value of each character, by its code; what is not in the alphabet has none.
constexpr std::size_t kNone = kAlphabet.size();
constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::size_t value = 0; value < kAlphabet.size(); ++value) {
    values[static_cast<std::uint8_t>(kAlphabet[value])] = static_cast<std::uint8_t>(value);
  }
  return values;
}();

}  // namespace

std::optional<Uscc> Uscc::parse(std::string_view text) {
  if (text.size() != kWeights.size() + 1) return std::nullopt;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    std::size_t const value = kValues[static_cast<std::uint8_t>(text[i])];
    if (value == kNone) return std::nullopt;
    sum += value * kWeights[i];
  }
  constexpr std::size_t kModulus = kAlphabet.size();
  if (text.back() != kAlphabet[(kModulus - sum % kModulus) % kModulus]) return std::nullopt;
  return Uscc(ShortText<18>(text));
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>

// A number that may be used once, province-wide (rule U1), as the index holds it: 16 bytes of SHA-256 over its kind,
// its scope and its normal form. Equal numbers give equal values for ever; the text itself cannot be read back.

namespace fundtrail::ledger::domain {

// Part of what is hashed, and so of what is stored: never renumber.
enum class NumberKind : std::uint8_t {
  documentNumber = 1,  // 文号 of one type of document; scope: the city it is for
  invoice = 2,         // 发票号码
  contractDigest = 3,
  bankReference = 4,    // 银行流水号
  voucher = 5,          // 支付凭证号; scope: the city whose treasury issues it
  statement = 6,        // 对账单, by the digest of its file
  statementLine = 7,    // 银行流水号 of a statement's line, within its account
  interestReceipt = 8,  // 利息回单号
};

struct UsedNumber {
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] static UsedNumber of(NumberKind kind, std::uint32_t scope, std::string_view normalForm);

  friend auto operator<=>(UsedNumber const&, UsedNumber const&) = default;
  friend std::size_t hash_value(UsedNumber const& n) noexcept {
    std::size_t h = 0;
    std::memcpy(&h, n.bytes.data(), sizeof h);
    return h;
  }
};

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::UsedNumber> {
  std::size_t operator()(fundtrail::ledger::domain::UsedNumber const& n) const noexcept { return hash_value(n); }
};

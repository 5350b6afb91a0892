// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/account_number.h"

#include "ledger/domain/decimal.h"

namespace fundtrail::ledger::domain {

std::optional<AccountNumber> AccountNumber::parse(std::string_view text) {
  constexpr std::size_t kShortest = 8;
  ShortText<32> digits;
  bool lastIsDigit = false;
  for (char const c : text) {
    bool const isSeparator = (c == '-' || c == ' ') && lastIsDigit;
    if (!isSeparator && (!isDigit(c) || digits.isFull())) return std::nullopt;
    if (isDigit(c)) digits.append(c);
    lastIsDigit = isDigit(c);
  }
  return lastIsDigit && digits.size() >= kShortest ? std::optional(AccountNumber(digits)) : std::nullopt;
}

}  // namespace fundtrail::ledger::domain

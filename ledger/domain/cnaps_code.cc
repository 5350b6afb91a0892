// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/cnaps_code.h"

#include "ledger/domain/decimal.h"

namespace fundtrail::ledger::domain {

std::optional<CnapsCode> CnapsCode::parse(std::string_view text) {
  if (text.size() != 12) return std::nullopt;
  // ISO 7064 MOD 11,10, hybrid system: the product after each digit; the last digit must bring the sum to 1 modulo 10.
  unsigned product = 10;
  unsigned sum = 0;
  for (char const c : text) {
    if (!isDigit(c)) return std::nullopt;
    sum = (product + static_cast<unsigned>(c - '0')) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return sum == 1 ? std::optional(CnapsCode(ShortText<12>(text))) : std::nullopt;
}

}  // namespace fundtrail::ledger::domain

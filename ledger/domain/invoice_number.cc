// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/invoice_number.h"

#include "ledger/domain/decimal.h"

namespace fundtrail::ledger::domain {

std::optional<InvoiceNumber> InvoiceNumber::parse(std::string_view text) {
  constexpr std::size_t kNumberLength = 8;
  std::size_t const dash = text.find('-');
  std::string_view const code = text.substr(0, dash);
  std::string_view const number = dash == std::string_view::npos ? "" : text.substr(dash + 1);
  bool const lengthsFit = dash == std::string_view::npos
                              ? code.size() == 18 || code.size() == 20
                              : (code.size() == 10 || code.size() == 12) && number.size() == kNumberLength;
  if (!lengthsFit) return std::nullopt;

  ShortText<20> digits;
  for (std::string_view const part : {code, number}) {
    for (char const c : part) {
      if (!isDigit(c)) return std::nullopt;
      digits.append(c);
    }
  }
  return InvoiceNumber(digits);
}

}  // namespace fundtrail::ledger::domain

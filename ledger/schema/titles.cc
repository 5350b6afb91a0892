// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/titles.h"

#include <cctype>

namespace fundtrail::ledger::schema {

std::string wordsOf(std::string_view camelCase) {
  std::string words;
  for (char const c : camelCase) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0) {
      words += ' ';
    }
    words += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return words;
}

}  // namespace fundtrail::ledger::schema

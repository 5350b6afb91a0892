// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/account_name.h"

namespace fundtrail::ledger::domain {
namespace {

// The property White_Space of Unicode 15.
constexpr bool isWhiteSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

}  // namespace

std::optional<std::string> normalisedName(std::string_view utf8) {
  std::string name;
  name.reserve(utf8.size());
  while (!utf8.empty()) {
    std::string_view const before = utf8;
    auto const c = takeCodePoint(utf8);
    if (!c) return std::nullopt;
    if (*c >= 0xFF01 && *c <= 0xFF5E) {
      name += static_cast<char>(*c - 0xFF01 + '!');  // the full-width forms stand in the order of ASCII
    } else if (!isWhiteSpace(*c)) {
      name += before.substr(0, before.size() - utf8.size());
    }
  }
  return name;
}

}  // namespace fundtrail::ledger::domain

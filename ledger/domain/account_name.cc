// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/account_name.h"

#include <utility>

namespace fundtrail::ledger::domain {
namespace {

// The property White_Space of Unicode 15.
constexpr bool isWhiteSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// Takes each character of the normalised name, as UTF-8; false ends it. Its answer, or false where the text is not
/// valid.
template <class Take>
bool eachNormal(std::string_view utf8, Take const& take) {
  while (!utf8.empty()) {
    std::string_view const before = utf8;
    auto const c = takeCodePoint(utf8);
    if (!c) return false;
    if (*c >= 0xFF01 && *c <= 0xFF5E) {
      auto const ascii = static_cast<char>(*c - 0xFF01 + '!');  // the full-width forms stand in the order of ASCII
      if (!take(std::string_view(&ascii, 1))) return false;
    } else if (!isWhiteSpace(*c)) {
      if (!take(before.substr(0, before.size() - utf8.size()))) return false;
    }
  }
  return true;
}

}  // namespace

std::optional<std::string> normalisedName(std::string_view utf8) {
  std::string name;
  name.reserve(utf8.size());
  bool const isValid = eachNormal(utf8, [&](std::string_view character) {
    name += character;
    return true;
  });
  return isValid ? std::optional(std::move(name)) : std::nullopt;
}

bool isSpellingOf(std::string_view utf8, std::string_view normal) {
  bool const begins = eachNormal(utf8, [&](std::string_view character) {
    bool const same = normal.starts_with(character);
    if (same) normal.remove_prefix(character.size());
    return same;
  });
  return begins && normal.empty();
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/utf8.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace fundtrail::ledger::domain {

std::optional<char32_t> takeCodePoint(std::string_view& utf8) {
  if (utf8.empty()) return std::nullopt;
  auto const lead = static_cast<std::uint8_t>(utf8.front());
  if (lead < 0x80) {
    utf8.remove_prefix(1);
    return lead;
  }
  std::size_t const length = lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 0;
  if (length == 0 || utf8.size() < length) return std::nullopt;
  char32_t point = lead & (0x7Fu >> length);
  for (char const c : utf8.substr(1, length - 1)) {
    auto const next = static_cast<std::uint8_t>(c);
    if ((next & 0xC0) != 0x80) return std::nullopt;
    point = point << 6 | (next & 0x3Fu);
  }
  constexpr std::array<char32_t, 5> kFirstOfLength = {0, 0, 0x80, 0x800, 0x10000};
  bool const isSurrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < kFirstOfLength[length] || isSurrogate || point > 0x10FFFF) return std::nullopt;
  utf8.remove_prefix(length);
  return point;
}

bool isValidUtf8(std::string_view text) {
  while (!text.empty()) {
    if (!takeCodePoint(text)) return false;
  }
  return true;
}

}  // namespace fundtrail::ledger::domain

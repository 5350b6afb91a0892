// SPDX-License-Identifier: Apache-2.0
#include "crypto/utf8.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace fundtrail::crypto {
namespace {

// The code points of Unicode's White_Space property (15.0, PropList.txt).
bool isWhiteSpace(char32_t c) {
  static constexpr char32_t kSingle[] = {0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000};
  return (c >= 0x09 && c <= 0x0d) || (c >= 0x2000 && c <= 0x200a) || std::ranges::find(kSingle, c) != std::end(kSingle);
}

template <class Allowed>
bool consistsOf(std::string_view text, Allowed allowed) {
  while (!text.empty()) {
    auto const c = takeCodePoint(text);
    if (!c || !allowed(*c)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<char32_t> takeCodePoint(std::string_view& text) {
  auto const byteAt = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  std::uint8_t const lead = byteAt(0);
  if (lead < 0x80) {
    text.remove_prefix(1);
    return lead;
  }
  auto const length = static_cast<std::size_t>(std::countl_one(lead));
  if (length < 2 || length > 4 || text.size() < length) {
    return std::nullopt;
  }
  char32_t c = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byteAt(i) & 0xc0) != 0x80) {
      return std::nullopt;
    }
    c = c << 6 | (byteAt(i) & 0x3fU);
  }
  static constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  bool const surrogate = c >= 0xd800 && c <= 0xdfff;
  if (c < kSmallest[length] || c > 0x10ffff || surrogate) {
    return std::nullopt;
  }
  text.remove_prefix(length);
  return c;
}

bool isPlainText(std::string_view text) {
  return consistsOf(text, [](char32_t c) { return c >= 0x20 || c == '\n'; });
}

bool isKeyName(std::string_view text) {
  return !text.empty() && consistsOf(text, [](char32_t c) { return c > 0x20 && c != '+' && !isWhiteSpace(c); });
}

}  // namespace fundtrail::crypto

// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/plain_text.h"

#include <cstdint>
#include <cstring>

namespace fundtrail::ledger::schema {

namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x80 * kOnes;

/// Whether eight bytes are all printable ASCII, 0x20 to 0x7e.
bool areEightPlain(char const* at) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  auto const high = bytes & kHighBits;
  auto const low = (bytes - 0x20 * kOnes) & ~bytes & kHighBits;
  auto const del = (bytes + kOnes) & kHighBits;
  return (high | low | del) == 0;
}

bool isForbidden(std::uint32_t codePoint) {
  return codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0) ||          // Cc
         codePoint == 0x061c || (codePoint >= 0x200e && codePoint <= 0x200f) ||  // direction marks
         (codePoint >= 0x2028 && codePoint <= 0x202e) ||                         // separators, embeddings, overrides
         (codePoint >= 0x2066 && codePoint <= 0x2069);                           // isolates
}

/// Length of the sequence that begins at `text[at]`; 0 if it is ill-formed or forbidden.
std::size_t plainLength(std::string_view text, std::size_t at) {
  auto const byte = [&](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(text[at + i]); };
  auto const lead = byte(0);
  std::size_t const length = lead < 0x80   ? 1
                             : lead < 0xc0 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf8 ? 4
                                           : 0;
  if (length == 0 || text.size() - at < length) {
    return 0;
  }
  constexpr std::uint32_t kLeadBits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  auto codePoint = lead & kLeadBits[length];
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) {
      return 0;
    }
    codePoint = codePoint << 6 | (byte(i) & 0x3f);
  }
  auto const isSurrogate = codePoint >= 0xd800 && codePoint < 0xe000;
  return codePoint < kSmallest[length] || codePoint > 0x10ffff || isSurrogate || isForbidden(codePoint) ? 0 : length;
}

}  // namespace

std::optional<std::size_t> firstNotPlain(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= 8 && areEightPlain(text.data() + at)) {
      at += 8;
      continue;
    }
    auto const length = plainLength(text, at);
    if (length == 0) {
      return at;
    }
    at += length;
  }
  return std::nullopt;
}

}  // namespace fundtrail::ledger::schema

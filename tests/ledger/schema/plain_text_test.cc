// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/plain_text.h"

#include <string>

#include <gtest/gtest.h>

namespace fundtrail::ledger::schema {
namespace {

/// UTF-8 of any number up to 21 bits, whether it is a character or not.
std::string encode(std::uint32_t codePoint) {
  auto const byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  auto const rest = [&](unsigned shift) { return byte(0x80 | (codePoint >> shift & 0x3f)); };
  if (codePoint < 0x80) {
    return {byte(codePoint)};
  }
  if (codePoint < 0x800) {
    return {byte(0xc0 | codePoint >> 6), rest(0)};
  }
  if (codePoint < 0x10000) {
    return {byte(0xe0 | codePoint >> 12), rest(6), rest(0)};
  }
  return {byte(0xf0 | codePoint >> 18), rest(12), rest(6), rest(0)};
}

bool mayStand(std::uint32_t codePoint) {
  auto const in = [&](std::uint32_t first, std::uint32_t last) { return codePoint >= first && codePoint <= last; };
  return !in(0, 0x1f) && !in(0x7f, 0x9f) && codePoint != 0x61c && !in(0x200e, 0x200f) && !in(0x2028, 0x202e) &&
         !in(0x2066, 0x2069) && codePoint != 0xad && !in(0x200b, 0x200d) && codePoint != 0x2060 &&
         codePoint != 0xfeff && !in(0xd800, 0xdfff) && codePoint <= 0x10ffff;
}

TEST(PlainText, EveryCodePointIsJudgedByItsRange) {
  for (std::uint32_t codePoint = 0; codePoint < 0x1fffff; ++codePoint) {
    auto const bad = firstNotPlain(encode(codePoint));
    ASSERT_EQ(!bad, mayStand(codePoint)) << std::hex << codePoint;
  }
}

TEST(PlainText, EveryByteInEveryPlaceOfAWordIsLookedAt) {
  for (std::size_t at = 0; at < 16; ++at) {
    for (char const bad : {'\0', '\x1f', '\x7f', '\x80', '\xff'}) {
      std::string text(16, '~');
      text[at] = bad;
      EXPECT_EQ(firstNotPlain(text), at);
    }
  }
  EXPECT_EQ(firstNotPlain("                "), std::nullopt);
  EXPECT_EQ(firstNotPlain(""), std::nullopt);
}

TEST(PlainText, OverlongAndBrokenSequencesAreFound) {
  for (auto const* text : {"\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xc3", "\xe9\x87",
                           "\xf0\xa0\xae", "\xc3(", "\xe9\x87(", "\xf0\xa0\xae(", "\xbf", "\xf8\x88\x80\x80\x80"}) {
    EXPECT_EQ(firstNotPlain(text), 0u) << text;
    EXPECT_EQ(firstNotPlain(std::string("额") + text), 3u) << text;
  }
}

}  // namespace
}  // namespace fundtrail::ledger::schema

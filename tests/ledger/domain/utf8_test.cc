// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/utf8.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fundtrail::ledger::domain {
namespace {

// Written apart from the code under test: as many bytes as the code point needs, or as many as asked for.
std::string encoded(char32_t c, int length) {
  auto const tail = [c](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3F)); };
  switch (length) {
    case 1: return {static_cast<char>(c)};
    case 2: return {static_cast<char>(0xC0 | c >> 6), tail(0)};
    case 3: return {static_cast<char>(0xE0 | c >> 12), tail(6), tail(0)};
    default: return {static_cast<char>(0xF0 | c >> 18), tail(12), tail(6), tail(0)};
  }
}

int lengthOf(char32_t c) {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

TEST(TakeCodePoint, ReadsEveryCodePointAndNothingElse) {
  for (char32_t c = 0; c < 0x200000; ++c) {
    std::string const text = encoded(c, lengthOf(c)) + "x";
    std::string_view rest = text;
    auto const taken = takeCodePoint(rest);
    bool const exists = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    ASSERT_EQ(taken, exists ? std::optional(c) : std::nullopt) << static_cast<unsigned>(c);
    ASSERT_EQ(rest, exists ? "x" : text);
  }
}

TEST(TakeCodePoint, RefusesOverlongForms) {
  for (char32_t c = 0; c < 0x10000; ++c) {
    for (int length = lengthOf(c) + 1; length <= 4; ++length) {
      ASSERT_FALSE(isValidUtf8(encoded(c, length))) << static_cast<unsigned>(c) << " in " << length;
    }
  }
}

TEST(TakeCodePoint, TakesNothingFromTheEmptyText) {
  std::string_view empty;
  EXPECT_EQ(takeCodePoint(empty), std::nullopt);
}

TEST(IsValidUtf8, RefusesBrokenSequences) {
  for (std::string_view const text :
       {"\x80", "\xBF", "\xC3", "\xE4\xB8", "\xF0\xA0\xAE", "\xE4\x41\xAD", "\xE4\xB8\x41", "\xC3\xC3\xA9",
        "\xF8\x88\x80\x80\x80", "\xFE", "\xFF", "中\xFF文"}) {
    EXPECT_FALSE(isValidUtf8(text)) << text.size();
  }
  EXPECT_TRUE(isValidUtf8(""));
  EXPECT_TRUE(isValidUtf8("中é𠮷\n"));
}

TEST(IsValidUtf8, ATextIsValidWhereBothHalvesAre) {
  EXPECT_TRUE(rc::check([](std::string const& a, std::string const& b) {
    if (isValidUtf8(a)) RC_ASSERT(isValidUtf8(a + b) == isValidUtf8(b));
  }));
}

}  // namespace
}  // namespace fundtrail::ledger::domain

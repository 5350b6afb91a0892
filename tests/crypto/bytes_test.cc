// SPDX-License-Identifier: Apache-2.0
#include "crypto/bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fundtrail::crypto {
namespace {

TEST(Hex, KnownPairs) {
  EXPECT_EQ(toHex({}), "");
  EXPECT_EQ(toHex(Bytes{0x00, 0x0f, 0xa5, 0xff}), "000fa5ff");
  EXPECT_EQ(fromHex("000fA5fF"), (Bytes{0x00, 0x0f, 0xa5, 0xff}));
}

TEST(Hex, AnythingButPairsOfDigitsIsRefused) {
  for (std::string_view const bad :
       {"0", "000", "0g", "g0", " 00", "0x00", "00 ", "0\n", "@0", "`0", "G0", "/0", ":0"}) {
    EXPECT_EQ(fromHex(bad), std::nullopt) << bad;
  }
}

TEST(Hex, EveryByteStringSurvives) {
  EXPECT_TRUE(rc::check([](Bytes const& bytes) { RC_ASSERT(fromHex(toHex(bytes)) == bytes); }));
}

// RFC 4648 section 10.
TEST(Base64, TheStandardsOwnExamples) {
  std::pair<std::string_view, std::string_view> const examples[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
  };
  for (auto const& [plain, encoded] : examples) {
    EXPECT_EQ(toBase64(asBytes(plain)), encoded);
    ASSERT_TRUE(fromBase64(encoded).has_value()) << encoded;
    EXPECT_EQ(asText(*fromBase64(encoded)), plain);
  }
  EXPECT_EQ(toBase64(Bytes{0xfb, 0xff, 0xfe}), "+//+");
}

TEST(Base64, OtherSpellingsOfTheSameBytesAreRefused) {
  for (std::string_view const bad : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "Zm9v\n", " Zm9v", "Zm9v ", "Zm 9v",
                                     "Zm-_", "====", "=", "Z===", "Zg==Zg==", "Zm=v", "Zm9vZ"}) {
    EXPECT_EQ(fromBase64(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(fromBase64(std::string_view("Zm9\0", 4)), std::nullopt);
}

TEST(Base64, EveryByteStringSurvives) {
  EXPECT_TRUE(rc::check([](Bytes const& bytes) { RC_ASSERT(fromBase64(toBase64(bytes)) == bytes); }));
}

TEST(Base64, WhateverIsAcceptedIsTheOnlySpelling) {
  EXPECT_TRUE(rc::check([](Bytes const& bytes) {
    std::string text = toBase64(bytes);
    RC_PRE(!text.empty());
    auto const position = *rc::gen::inRange<std::size_t>(0, text.size());
    text[position] = *rc::gen::elementOf(std::string("AQgwZ/+=- \n"));
    auto const decoded = fromBase64(text);
    RC_ASSERT((!decoded || toBase64(*decoded) == text));
  }));
}

}  // namespace
}  // namespace fundtrail::crypto

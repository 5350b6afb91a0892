// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/account_name.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fundtrail::ledger::domain {
namespace {

TEST(NormalisedName, BracketsAndLettersOfBothWidthsAreTheSame) {
  EXPECT_EQ(normalisedName("广东（中山）Ａ１科技有限公司"), "广东(中山)A1科技有限公司");
  EXPECT_EQ(normalisedName("广东(中山)A1科技有限公司"), "广东(中山)A1科技有限公司");
}

TEST(NormalisedName, EveryFullWidthFormBecomesItsAsciiCharacter) {
  std::string fullWidth;
  std::string ascii;
  for (char c = '!'; c <= '~'; ++c) {
    int const point = 0xFF01 + (c - '!');
    fullWidth += {static_cast<char>(0xEF), static_cast<char>(0x80 | (point >> 6 & 0x3F)),
                  static_cast<char>(0x80 | (point & 0x3F))};
    ascii += c;
  }
  EXPECT_EQ(normalisedName(fullWidth), ascii);
  EXPECT_EQ(normalisedName(ascii), ascii);
}

TEST(NormalisedName, DropsWhiteSpaceOfEveryKind) {
  EXPECT_EQ(normalisedName(" 中山\u3000市\t某\u00A0某\u2003厂\r\n"), "中山市某某厂");
  EXPECT_EQ(normalisedName("\u0085\u1680\u2000\u200A\u2028\u2029\u202F\u205F\v\f"), "");
  EXPECT_EQ(normalisedName(""), "");
}

TEST(NormalisedName, KeepsEverythingElse) {
  EXPECT_EQ(normalisedName("〔〕《》「」·\u200B甲𠮷é"), "〔〕《》「」·\u200B甲𠮷é");
  EXPECT_EQ(normalisedName("\uFF00\uFF5F\uFFE5"), "\uFF00\uFF5F\uFFE5");  // the neighbours of the full-width forms
}

TEST(NormalisedName, DifferentNamesStayDifferent) {
  EXPECT_NE(normalisedName("中山市甲厂"), normalisedName("中山市乙厂"));
  EXPECT_NE(normalisedName("abc"), normalisedName("ABC"));
}

TEST(NormalisedName, RefusesTextThatIsNotUtf8) {
  EXPECT_EQ(normalisedName("中山\xD6\xD0"), std::nullopt);
  EXPECT_EQ(normalisedName("中山\xE4\xB8"), std::nullopt);
}

std::vector<std::string> const pieces = {"中", "（", "）", "(", "Ａ", "a", " ", "\u3000", "～", "〔", "𠮷", "\u200B"};

TEST(SpellingOf, IsWhatHasThatNormalForm) {
  EXPECT_TRUE(isSpellingOf(" （Ａ）\u3000", "(A)"));
  EXPECT_TRUE(isSpellingOf("", "") && isSpellingOf(" ", ""));
  EXPECT_FALSE(isSpellingOf("（Ａ）", "(A"));
  EXPECT_FALSE(isSpellingOf("（Ａ", "(A)"));
  EXPECT_FALSE(isSpellingOf("A", "（"));
  EXPECT_FALSE(isSpellingOf("A\xD6", "A")) << "not UTF-8";
  EXPECT_TRUE(rc::check([] {
    auto const someName =
        rc::gen::map(rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, pieces.size())),
                     [](std::vector<std::size_t> const& chosen) {
                       std::string name;
                       for (auto const i : chosen) name += pieces[i];
                       return name;
                     });
    auto const one = *someName;
    auto const other = *someName;
    RC_ASSERT(isSpellingOf(one, *normalisedName(one)));
    RC_ASSERT(isSpellingOf(one, *normalisedName(other)) == (normalisedName(one) == normalisedName(other)));
  }));
}

TEST(NormalisedName, IsItsOwnNormalForm) {
  EXPECT_TRUE(rc::check([&] {
    std::string name;
    for (auto const i :
         *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, pieces.size()))) {
      name += pieces[i];
    }
    auto const normal = normalisedName(name);
    RC_ASSERT(normal.has_value());
    RC_ASSERT(normalisedName(*normal) == normal);
    RC_ASSERT(isValidUtf8(*normal));
  }));
}

}  // namespace
}  // namespace fundtrail::ledger::domain

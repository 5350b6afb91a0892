// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/amount_in_capitals.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fundtrail::ledger::domain {
namespace {

struct Example {
  std::int64_t fen;
  std::string_view text;
};

TEST(AmountInCapitals, IsWrittenAsTheBookkeepingStandardSays) {
  for (auto const& [fen, text] : std::vector<Example>{
           {1'321'890'000, "人民币壹仟叁佰贰拾壹万捌仟玖佰元整"},
           {10'700'053, "人民币壹拾万柒仟元伍角叁分"},
           {140'950, "人民币壹仟肆佰零玖元伍角整"},
           {1'640'902, "人民币壹万陆仟肆佰零玖元零贰分"},
           {10'000'000'100, "人民币壹亿零壹元整"},
           {0, "人民币零元整"},
           {1, "人民币壹分"},
           {10, "人民币壹角整"},
           {50, "人民币伍角整"},
           {99, "人民币玖角玖分"},
           {100, "人民币壹元整"},
           {105, "人民币壹元零伍分"},
           {1'000, "人民币壹拾元整"},
           {1'050, "人民币壹拾元伍角整"},
           {1'001'00, "人民币壹仟零壹元整"},
           {1'010'00, "人民币壹仟零壹拾元整"},
           {1'000'000, "人民币壹万元整"},
           {1'000'100, "人民币壹万零壹元整"},
           {1'010'000, "人民币壹万零壹佰元整"},
           {1'100'000, "人民币壹万壹仟元整"},
           {100'100'000'000, "人民币壹拾亿零壹佰万元整"},
           {10'000'100'000, "人民币壹亿零壹仟元整"},
           {100'000'000'000'000, "人民币壹万亿元整"},
           {100'001'000'000'000, "人民币壹万亿零壹仟万元整"},
           {100'010'000'000'000, "人民币壹万零壹亿元整"},
           {Fen::kMaxMagnitude, "人民币壹拾万亿元整"},
           {-140'950, "人民币负壹仟肆佰零玖元伍角整"},
       }) {
    EXPECT_EQ(amountInCapitals(Fen::literal(fen)), text);
    EXPECT_EQ(parseAmountInCapitals(text), Fen::literal(fen)) << text;
  }
}

TEST(ParseAmountInCapitals, ReadsTheOtherLawfulForms) {
  for (auto const& [fen, text] : std::vector<Example>{
           {10'700'053, "壹拾万柒仟元伍角叁分"},
           {10'700'053, "人民币壹拾万柒仟元零伍角叁分"},
           {10'700'053, "壹拾万零柒仟元伍角叁分"},
           {10'700'053, "壹拾万零柒仟元零伍角叁分"},
           {140'950, "壹仟肆佰零玖元伍角"},
           {140'950, "壹仟肆佰零玖圆伍角正"},
           {1'000, "人民币壹拾圆正"},
           {-10, "负壹角整"},
       }) {
    EXPECT_EQ(parseAmountInCapitals(text), Fen::literal(fen)) << text;
  }
}

TEST(ParseAmountInCapitals, RefusesWhatNoRuleAllows) {
  for (char const* const text : {
           "",
           "元",
           "整",
           "人民币",
           "零",
           "零元",
           "负零元整",
           "负",
           "拾元整",
           "拾万元整",
           "壹",
           "壹元",
           "壹元贰分",        // 零 must stand for 0 角
           "壹仟壹元整",      // 零 must stand for the missing hundreds and tens
           "壹仟零零壹元整",  // and only once
           "壹元零伍角整",    // 零 stands for nothing
           "壹万零元整",      // likewise
           "壹元伍角叁分整",  // nothing follows 分
           "贰角壹元整",      // the wrong way round
           "壹元壹元整",
           "壹佰仟元整",
           "壹亿亿元整",
           "壹贰元整",
           "一元整",
           "１元整",
           "壹元 整",
           " 壹元整",
           "壹元整 ",
           "人民币 壹元整",
           "人民币人民币壹元整",
           "负人民币壹元整",
           "壹元整整",
           "壹元正整",
           "壹元整\xE6",
           "壹拾万亿元零壹分",        // one fen above the largest amount
           "玖仟玖佰玖拾玖万亿元整",  // far above it
       }) {
    EXPECT_EQ(parseAmountInCapitals(text), std::nullopt) << text;
  }
}

TEST(ParseAmountInCapitals, ReadsBackEveryAmount) {
  EXPECT_TRUE(rc::check([] {
    // A number of digits first, so that small amounts and rows of zeros are as likely as large ones.
    std::int64_t bound = 1;
    for (int digits = *rc::gen::inRange(0, 15); digits > 0; --digits) bound *= 10;
    std::int64_t const fen = *rc::gen::inRange<std::int64_t>(-bound, bound + 1) * *rc::gen::element(1, 10);
    Fen const amount = Fen::literal(fen);
    RC_ASSERT(parseAmountInCapitals(amountInCapitals(amount)) == amount);
  }));
}

TEST(ParseAmountInCapitals, ReadsBackEveryAmountBelowTwentyThousandYuanByTheJiao) {
  for (std::int64_t fen = 0; fen < 2'000'000; fen += 10) {
    ASSERT_EQ(parseAmountInCapitals(amountInCapitals(Fen::literal(fen))), Fen::literal(fen)) << fen;
  }
}

TEST(ParseAmountInCapitals, GivesTheSameTextToNoTwoAmounts) {
  EXPECT_TRUE(rc::check([] {
    auto const a = *rc::gen::inRange<std::int64_t>(0, Fen::kMaxMagnitude);
    auto const b = *rc::gen::inRange<std::int64_t>(0, Fen::kMaxMagnitude);
    RC_PRE(a != b);
    RC_ASSERT(amountInCapitals(Fen::literal(a)) != amountInCapitals(Fen::literal(b)));
  }));
}

TEST(ParseAmountInCapitals, ReadsNoTextOfItsOwnWordsOtherThanALawfulOne) {
  std::vector<std::string> const words = {"零", "壹", "玖", "拾", "佰", "仟", "万", "亿", "元", "角", "分", "整"};
  EXPECT_TRUE(rc::check([&] {
    std::string text;
    for (auto const i : *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, words.size()))) {
      text += words[i];
    }
    if (auto const amount = parseAmountInCapitals(text)) {
      // Without the optional words both spellings are the same.
      auto const stripped = [](std::string from) {
        for (std::string_view const word : {"人民币", "零", "整"}) {
          for (std::size_t at; (at = from.find(word)) != std::string::npos;) from.erase(at, word.size());
        }
        return from;
      };
      RC_ASSERT(stripped(text) == stripped(amountInCapitals(*amount)));
    }
  }));
}

}  // namespace
}  // namespace fundtrail::ledger::domain

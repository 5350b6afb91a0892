// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/document_number.h"

#include <string>
#include <unordered_set>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fundtrail::ledger::domain {
namespace {

TEST(DocumentNumber, ReadsTheNoticeItself) {
  auto const number = DocumentNumber::parse("粤工信工业互联网函〔2026〕18号");
  ASSERT_TRUE(number);
  EXPECT_EQ(number->issuer(), "粤工信工业互联网函");
  EXPECT_EQ(number->year(), 2026u);
  EXPECT_EQ(number->sequence(), 18u);
  EXPECT_EQ(number->text(), "粤工信工业互联网函〔2026〕18号");
}

TEST(DocumentNumber, IsTheSameWithAndWithoutTheOrdinalWord) {
  auto const plain = DocumentNumber::parse("财会〔2024〕11号");
  ASSERT_TRUE(plain);
  EXPECT_EQ(DocumentNumber::parse("财会〔2024〕第11号"), plain);
  EXPECT_EQ(DocumentNumber::parse("财会〔2024〕第11号")->text(), "财会〔2024〕11号");
  EXPECT_NE(DocumentNumber::parse("财会〔2024〕12号"), plain);
  EXPECT_NE(DocumentNumber::parse("财会〔2023〕11号"), plain);
  EXPECT_NE(DocumentNumber::parse("财税〔2024〕11号"), plain);
}

TEST(DocumentNumber, RefusesWhatIsNotInTheForm) {
  for (char const* const text : {
           "",
           "号",
           "〔2024〕11号",
           "财会2024年11号",
           "财会〔2024〕11",
           "财会〔2024〕号",
           "财会〔2024〕第号",
           "财会[2024]11号",
           "财会（2024）11号",
           "财会【2024】11号",
           "财会〔2024〕011号",
           "财会〔2024〕0号",
           "财会〔2024〕-1号",
           "财会〔2024〕1 1号",
           "财会〔2024〕１１号",
           "财会〔2024〕十一号",
           "财会〔2024〕1000000号",
           "财会〔1949〕1号",
           "财会〔2100〕1号",
           "财会〔24〕1号",
           "财会〔02024〕1号",
           "财会〔+202〕1号",
           "财会〔2024〔1号",
           "财会〕2024〔1号",
           "财会〔〔2024〕1号",
           "财会〔2024〕〕1号",
           "财会〔2024〕1号 ",
           " 财会〔2024〕1号",
           "财 会〔2024〕1号",
           "财会\u200B〔2024〕1号",
           "财会1〔2024〕1号",
           "财会〔2024〕1号号",
           "财会〔2024〕第第1号",
           "财会\xE8〔2024〕1号",
           "财会〔2024〕99999999999999999999999号",
       }) {
    EXPECT_EQ(DocumentNumber::parse(text), std::nullopt) << text;
  }
}

TEST(DocumentNumber, TakesItsLimits) {
  std::string thirty;
  for (int i = 0; i < 30; ++i) thirty += "粤";
  EXPECT_TRUE(DocumentNumber::parse(thirty + "〔1950〕1号"));
  EXPECT_TRUE(DocumentNumber::parse("A〔2099〕999999号"));
  EXPECT_FALSE(DocumentNumber::parse(thirty + "粤〔1950〕1号"));
}

TEST(DocumentNumber, ReadsBackWhatItWrites) {
  std::vector<std::string> const words = {"粤", "工", "信", "函", "财", "会", "号", "第", "鿿", "㐀", "A", "z"};
  EXPECT_TRUE(rc::check([&] {
    std::string issuer;
    for (std::size_t length = *rc::gen::inRange<std::size_t>(1, 31); length > 0; --length) {
      issuer += *rc::gen::elementOf(words);
    }
    auto const year = *rc::gen::inRange(1950, 2100);
    auto const sequence = *rc::gen::inRange(1, 1'000'000);
    std::string const text = issuer + "〔" + std::to_string(year) + "〕" + std::to_string(sequence) + "号";
    auto const number = DocumentNumber::parse(text);
    RC_ASSERT(number.has_value());
    RC_ASSERT(number->text() == text);
    RC_ASSERT(number->issuer() == issuer);
  }));
}

TEST(DocumentNumber, IsOrderedByIssuerYearAndSequence) {
  auto const number = [](char const* text) { return DocumentNumber::parse(text).value(); };
  EXPECT_LT(number("财会〔2024〕9号"), number("财会〔2024〕10号"));
  EXPECT_LT(number("财会〔2023〕10号"), number("财会〔2024〕9号"));
  std::unordered_set<DocumentNumber> const numbers = {number("财会〔2024〕9号"), number("财会〔2024〕第9号"),
                                                      number("财会〔2024〕8号")};
  EXPECT_EQ(numbers.size(), 2u);
}

}  // namespace
}  // namespace fundtrail::ledger::domain

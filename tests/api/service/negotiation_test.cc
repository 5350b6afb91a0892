// SPDX-License-Identifier: Apache-2.0
#include "api/service/negotiation.h"

#include <gtest/gtest.h>

namespace fundtrail::api::service {
namespace {

using ledger::schema::Language;

TEST(MediaOf, TakesTheBestQualityThenTheOrderOfMedia) {
  EXPECT_EQ(mediaOf(""), Media::json);
  EXPECT_EQ(mediaOf("*/*"), Media::json);
  EXPECT_EQ(mediaOf("text/csv"), Media::csv);
  EXPECT_EQ(mediaOf("text/csv;q=0.5, application/json;q=0.4"), Media::csv);
  EXPECT_EQ(mediaOf("text/*"), Media::csv);
  EXPECT_EQ(mediaOf("TEXT/PLAIN"), Media::text);
  EXPECT_EQ(mediaOf("text/html,application/xhtml+xml,*/*;q=0.8"), Media::json) << "a browser";
  EXPECT_EQ(mediaOf("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), Media::workbook);
}

TEST(MediaOf, TheMostExactRangeDecidesOnAType) {
  EXPECT_EQ(mediaOf("application/json;q=0, */*;q=0.1"), Media::csv);
  EXPECT_EQ(mediaOf("text/plain;q=0.9, text/*;q=0.1"), Media::text);
}

TEST(MediaOf, NothingWhereNoneWillDo) {
  for (auto const* const accept : {"image/png", "application/json;q=0", "json", ";;;", "text/csv;q=2"}) {
    EXPECT_FALSE(mediaOf(accept)) << accept;
  }
}

TEST(LanguageOf, IsTheOneThatIsPreferred) {
  EXPECT_EQ(languageOf(""), Language::en);
  EXPECT_EQ(languageOf("zh"), Language::zh);
  EXPECT_EQ(languageOf("zh-CN,zh;q=0.9,en;q=0.8"), Language::zh);
  EXPECT_EQ(languageOf("en-GB,zh;q=0.9"), Language::en);
  EXPECT_EQ(languageOf("fr"), Language::en);
  EXPECT_EQ(languageOf("zh;q=0"), Language::en);
}

TEST(NamesTag, ComparesWeakly) {
  EXPECT_TRUE(namesTag("\"a\", \"b\"", "\"b\""));
  EXPECT_TRUE(namesTag("W/\"b\"", "\"b\""));
  EXPECT_TRUE(namesTag("*", "\"b\""));
  EXPECT_FALSE(namesTag("\"a\"", "\"b\""));
  EXPECT_FALSE(namesTag("", "\"b\""));
}

TEST(Cookies, AreFoundByTheirWholeName) {
  EXPECT_EQ(cookieNamed("a=1; b=2", "b"), "2");
  EXPECT_FALSE(cookieNamed("ab=1", "b"));
  EXPECT_EQ(cookieNamed("b=", "b"), "");
}

TEST(BearerToken, StandsBehindItsScheme) {
  EXPECT_EQ(bearerToken("Bearer abc"), "abc");
  EXPECT_EQ(bearerToken("bearer  abc "), "abc");
  EXPECT_FALSE(bearerToken("Basic abc"));
  EXPECT_FALSE(bearerToken("Bearer"));
}

TEST(Decoded, TakesWhatEncodedGives) {
  for (auto const* const text : {"", "a b", "市", "100%", "a+b&c=d/e?f"}) EXPECT_EQ(decoded(encoded(text)), text);
}

TEST(Decoded, RefusesBrokenEscapesControlsAndWhatIsNoText) {
  for (auto const* const text : {"%", "%4", "%zz", "%00", "%0a", "%7f", "%ff", "%c0%80"}) {
    EXPECT_FALSE(decoded(text)) << text;
  }
}

TEST(ParseQuery, GivesFieldsInOrder) {
  auto const query = parseQuery("b=2&a=%E5%B8%82&c&&d=x+y");
  ASSERT_TRUE(query);
  EXPECT_EQ(*query, (Query{{"b", "2"}, {"a", "市"}, {"c", ""}, {"d", "x y"}}));
}

TEST(ParseQuery, RefusesANameThatStandsTwice) {
  EXPECT_FALSE(parseQuery("a=1&a=2"));
  EXPECT_FALSE(parseQuery("a=1&%61=2"));
  EXPECT_FALSE(parseQuery("=1"));
  EXPECT_FALSE(parseQuery("a=%"));
}

}  // namespace
}  // namespace fundtrail::api::service

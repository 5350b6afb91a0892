// SPDX-License-Identifier: Apache-2.0
#include "api/views/table.h"

#include <sstream>

#include <gtest/gtest.h>

namespace fundtrail::api::views {
namespace {

TEST(DisplayWidth, CountsEastAsianCharactersTwice) {
  EXPECT_EQ(displayWidth(""), 0U);
  EXPECT_EQ(displayWidth("Dongguan"), 8U);
  EXPECT_EQ(displayWidth("东莞市"), 6U);
  EXPECT_EQ(displayWidth("粤财工〔2024〕1号"), 17U);
  EXPECT_EQ(displayWidth("（一）"), 6U);
  EXPECT_EQ(displayWidth("Ａ１"), 4U) << "full-width forms";
  EXPECT_EQ(displayWidth("é"), 1U);
  EXPECT_EQ(displayWidth("e\u0301"), 1U) << "a combining mark takes no room";
  EXPECT_EQ(displayWidth("𠀀"), 2U) << "beyond the basic plane";
}

Table sample() {
  return {{{"城市"}, {"amount", Align::right}, {"title"}}, {{"东莞市", "1.00", "a, \"b\""}, {"X", "10,000.00", "c|d"}}};
}

TEST(Table, AlignsColumnsByDisplayWidth) {
  std::ostringstream out;
  sample().printAligned(out);
  EXPECT_EQ(out.str(),
            "城市       amount  title\n"
            "东莞市       1.00  a, \"b\"\n"
            "X       10,000.00  c|d\n");
}

TEST(Table, BreaksWideCellsWhereALineMayEnd) {
  Table const table{{{"规则"}, {"内容", Align::left, 10}, {"what", Align::left, 8}},
                    {{"F3", "只付给核定的（企业），不超过A1", "paid to the firm"}, {"X", "短", "unbreakable"}}};
  std::ostringstream out;
  table.printAligned(out);
  EXPECT_EQ(out.str(),
            "规则  内容        what\n"
            "F3    只付给核定  paid to\n"
            "      的（企      the firm\n"
            "      业），不超\n"
            "      过A1\n"
            "X     短          unbreaka\n"
            "                  ble\n");
}

TEST(Table, QuotesInCsvWhatNeedsIt) {
  std::ostringstream out;
  sample().printCsv(out);
  EXPECT_EQ(out.str(),
            "\xEF\xBB\xBF"
            "城市,amount,title\n"
            "东莞市,1.00,\"a, \"\"b\"\"\"\n"
            "X,10000.00,c|d\n");
}

TEST(Table, KeepsSpreadsheetsFromExecutingTextsOfACsv) {
  Table const table{{{"title"}, {"amount", Align::right}},
                    {{"=HYPERLINK(\"http://x\")", "-1,000.00"},
                     {"+1+1", "0.00"},
                     {"@SUM(A1)", ""},
                     {"-cmd", "1"},
                     {"-5.00", "1"},
                     {"\t=1", "1"}}};
  std::ostringstream out;
  table.printCsv(out, ByteOrderMark::no);
  EXPECT_EQ(out.str(),
            "title,amount\n"
            "\"'=HYPERLINK(\"\"http://x\"\")\",-1000.00\n"
            "'+1+1,0.00\n"
            "'@SUM(A1),\n"
            "'-cmd,1\n"
            "-5.00,1\n"
            "'\t=1,1\n");
}

TEST(Table, EscapesBarsInMarkdown) {
  std::ostringstream out;
  sample().printMarkdown(out);
  EXPECT_EQ(out.str(),
            "| 城市 | amount | title |\n"
            "|---|---:|---|\n"
            "| 东莞市 | 1.00 | a, \"b\" |\n"
            "| X | 10,000.00 | c\\|d |\n");
}

}  // namespace
}  // namespace fundtrail::api::views

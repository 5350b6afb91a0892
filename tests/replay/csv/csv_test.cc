// SPDX-License-Identifier: Apache-2.0
#include "replay/csv/csv.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace fundtrail::replay::csv {
namespace {

constexpr std::array<std::string_view, 2> kColumns = {"a", "b"};

std::vector<Row> rowsOf(std::string_view text) {
  return read(text, kColumns).value();
}

TEST(Csv, IsReadInTheOrderOfTheColumnsThatWereAskedFor) {
  EXPECT_EQ(rowsOf("b,a\n1,2\n3,4"), (std::vector<Row>{{2, {"2", "1"}}, {3, {"4", "3"}}}));
}

TEST(Csv, TakesAMarkBothEndsOfLinesAndQuotationMarks) {
  EXPECT_EQ(rowsOf("\xEF\xBB\xBF"
                   "a,b\r\n\"x,\"\"y\"\"\", z\r\n"),
            (std::vector<Row>{{2, {"x,\"y\"", " z"}}}));
  EXPECT_EQ(rowsOf("a,b\n,\n\n\n"), (std::vector<Row>{{2, {"", ""}}}));
  EXPECT_EQ(rowsOf("a,b\n\"\",\"\"\n"), (std::vector<Row>{{2, {"", ""}}}));
}

TEST(Csv, RefusesWhatIsNoTable) {
  for (auto const& [text, says] : {
           std::pair<std::string_view, std::string_view>{"", "line 1: must name the columns: a,b"},
           {"a\n1\n", "line 1: must name these columns and no others: a,b"},
           {"a,b,c\n", "line 1: must name these columns"},
           {"a,a\n", "line 1: must name these columns"},
           {"a,b\n1\n", "line 2: has 1 fields, the first line names 2"},
           {"a,b\n1,2,3\n", "line 2: has 3 fields"},
           {"a,b\n\"1,2\n", "line 2: a quotation mark is not closed"},
           {"a,b\n\"1\"x,2\n", "line 2: something follows a closing quotation mark"},
           {"a,b\n1\"2,3\n", "line 2: a quotation mark stands within"},
           {"a,b\n1\t,2\n", "line 2: holds a control character"},
           {"a,b\n\n1,2\n", "line 2: is empty"},
           {"a,b\n1,\xff\n", "line 2: is not UTF-8"},
       }) {
    auto const table = read(text, kColumns);
    ASSERT_FALSE(table) << text;
    EXPECT_NE(table.error().message.find(says), std::string::npos) << table.error().message;
    EXPECT_FALSE(table.error().zh.empty());
  }
}

}  // namespace
}  // namespace fundtrail::replay::csv

// SPDX-License-Identifier: Apache-2.0
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/views/table.h"
#include "ledger/domain/rule.h"
#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Rules, and warnings after them.
std::vector<ledger::domain::Rule> everyRow() {
  auto const rules = ledger::domain::rules();
  auto const warnings = ledger::domain::warnings();
  std::vector<ledger::domain::Rule> rows(rules.begin(), rules.end());
  rows.insert(rows.end(), warnings.begin(), warnings.end());
  return rows;
}

TEST(Rules, AsJsonHaveEveryFieldInBothLanguages) {
  auto const ran = run({"rules", "--format", "json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  auto const list = boost::json::parse(ran.out).as_array();
  auto const rules = everyRow();
  ASSERT_EQ(list.size(), rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    auto const& rule = rules[i];
    bool const warns = i >= ledger::domain::rules().size();
    EXPECT_EQ(list[i], (boost::json::value{{"id", rule.id},
                                           {"clause", rule.clause},
                                           {"kind", warns ? "warning" : "blocking"},
                                           {"statement", {{"zh", rule.statementZh}, {"en", rule.statementEn}}},
                                           {"remedy", {{"zh", rule.remedyZh}, {"en", rule.remedyEn}}}}));
  }
}

TEST(Rules, AsTableKeepToTheWidthOfATerminalInEitherLanguage) {
  for (std::string const language : {"zh", "en"}) {
    auto const ran = run({"rules", "--lang", language});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    std::istringstream lines(ran.out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(api::views::displayWidth(line), 100U) << line;
    for (auto const& rule : everyRow()) EXPECT_THAT(ran.out, HasSubstr("\n" + std::string(rule.id) + " "));
  }
}

TEST(Rules, AsMarkdownAreAPageInTheChosenLanguage) {
  auto const zh = run({"rules", "--format", "markdown", "--lang", "zh"}).out;
  auto const en = run({"rules", "--format", "markdown", "--lang", "en"}).out;
  for (auto const& rule : everyRow()) {
    for (auto const& page : {zh, en}) EXPECT_THAT(page, HasSubstr("\n### " + std::string(rule.id) + "\n"));
    for (auto const text : {rule.statementZh, rule.remedyZh}) {
      EXPECT_THAT(zh, HasSubstr("：" + std::string(text) + "\n"));
      EXPECT_THAT(en, Not(HasSubstr("：" + std::string(text) + "\n")));
    }
    for (auto const text : {rule.statementEn, rule.remedyEn}) {
      EXPECT_THAT(en, HasSubstr(": " + std::string(text) + "\n"));
      EXPECT_THAT(zh, Not(HasSubstr(": " + std::string(text) + "\n")));
    }
  }
}

TEST(Rules, OfTheDocumentsAreThoseOfTheProgram) {
  EXPECT_EQ(readText(FUNDTRAIL_SOURCE_DIR "/docs/RULES.md"), run({"rules", "--format", "markdown-bilingual"}).out)
      << "write it anew: build/dev/bin/fundtrail rules --format markdown-bilingual > docs/RULES.md";
}

}  // namespace
}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
#include "ledger/commandline/language.h"

#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

using ledger::schema::Language;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Language languageOf(std::map<std::string, std::string> const& environment) {
  return ledger::commandline::languageOfLocale([&](char const* name) -> char const* {
    auto const at = environment.find(name);
    return at == environment.end() ? nullptr : at->second.c_str();
  });
}

TEST(Language, FollowsTheFirstLocaleThatIsSet) {
  EXPECT_EQ(languageOf({}), Language::en);
  EXPECT_EQ(languageOf({{"LANG", "zh_CN.UTF-8"}}), Language::zh);
  EXPECT_EQ(languageOf({{"LANG", "zh_CN.UTF-8"}, {"LC_MESSAGES", "en_GB.UTF-8"}}), Language::en);
  EXPECT_EQ(languageOf({{"LC_ALL", "zh_CN"}, {"LC_MESSAGES", "en_GB.UTF-8"}}), Language::zh);
  EXPECT_EQ(languageOf({{"LC_ALL", ""}, {"LANG", "zh_CN"}}), Language::zh) << "an empty variable counts as unset";
}

TEST(Help, IsInBothLanguages) {
  auto const english = run({"--help"});
  EXPECT_EQ(english.exit, 0);
  EXPECT_THAT(english.out, AllOf(HasSubstr("Usage"), HasSubstr("simulate"), HasSubstr("verifiable ledger")));
  auto const chinese = run({"--help"}, {{"LANG", "zh_CN.UTF-8"}});
  EXPECT_EQ(chinese.exit, 0);
  EXPECT_THAT(chinese.out, AllOf(HasSubstr("用法"), HasSubstr("新建账本"), Not(HasSubstr("Usage"))));
  EXPECT_EQ(run({"--lang", "zh", "--help"}).out, chinese.out);
  EXPECT_EQ(run({"--help", "--lang=zh"}).out, chinese.out);
}

TEST(Help, OfEveryCommandNamesItsOptions) {
  for (std::string const command : {"init", "keygen", "submit", "status", "show", "rules", "simulate"}) {
    for (std::string const language : {"en", "zh"}) {
      auto const ran = run({"--lang", language, command, "--help"});
      EXPECT_EQ(ran.exit, 0) << ran.err;
      EXPECT_THAT(ran.out, AllOf(HasSubstr("fundtrail " + command), HasSubstr("--help")));
    }
  }
}

TEST(Help, NamesTheExitCodes) {
  EXPECT_THAT(run({"--help"}).out, HasSubstr("2 a rule refused it"));
  EXPECT_THAT(run({"submit", "--help"}).out, HasSubstr("2 a rule refused it"));
  EXPECT_THAT(run({"submit", "--help", "--lang", "zh"}).out, HasSubstr("2 违反规则"));
}

TEST(Version, IsPrinted) {
  auto const ran = run({"--version"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, testing::MatchesRegex("fundtrail [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

}  // namespace
}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
// What a program says of itself to man and to the shell.

#include <filesystem>
#include <string>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kPrograms[][20] = {"fundtrail", "fundtrail-replay"};

std::string pathOf(std::string const& program) {
  return FUNDTRAIL_BIN_DIR "/" + program;
}

class ManualTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(page_); }
  std::filesystem::path page_ = std::filesystem::temp_directory_path() / ("manual." + std::to_string(::getpid()));
};

TEST_F(ManualTest, IsAPageThatGroffSetsInBothLanguages) {
  for (auto const* program : kPrograms) {
    for (auto const* language : {"zh", "en"}) {
      auto const page = execute({pathOf(program), "--man", "--lang", language}, {});
      ASSERT_EQ(page.exit, 0) << page.err;
      writeText(page_, page.out);
      auto const set =
          execute({"/usr/bin/groff", "-man", "-Tutf8", "-K", "utf8", page_.string()}, {{"PATH", "/usr/bin"}});
      EXPECT_EQ(set.exit, 0) << set.err;
      EXPECT_THAT(set.err, Not(HasSubstr("error")));
      EXPECT_THAT(set.err, Not(HasSubstr("undefined")));
      EXPECT_THAT(set.out, HasSubstr(program));
    }
  }
}

TEST_F(ManualTest, TellsOfEveryCommandAndOption) {
  auto const page = execute({pathOf("fundtrail"), "--man", "--lang", "en"}, {}).out;
  EXPECT_THAT(page, HasSubstr("fundtrail \\- a verifiable ledger"));
  EXPECT_THAT(page, HasSubstr(".SS fundtrail bundle export\n"));
  EXPECT_THAT(page, HasSubstr("\\fB\\-\\-format\\fR \\fI{table,json,csv}\\fR"));
  EXPECT_THAT(page, HasSubstr("a rule refused it"));
}

std::string completionsOf(std::string const& program, std::string const& words, int at) {
  auto const function = program == "fundtrail" ? "_fundtrail" : "_fundtrail_replay";
  auto const script = "source <(" + pathOf(program) + " --completion); COMP_WORDS=(" + words +
                      "); COMP_CWORD=" + std::to_string(at) + "; " + function + "; echo -n \"${COMPREPLY[*]}\"";
  auto const ran = execute({"/bin/bash", "--norc", "-c", script}, {});
  EXPECT_THAT(ran.err, IsEmpty());
  return ran.out;
}

TEST(Completion, OffersCommandsTheirOptionsAndTheirFewValues) {
  EXPECT_EQ(completionsOf("fundtrail", "fundtrail stat", 1), "status");
  EXPECT_EQ(completionsOf("fundtrail", "fundtrail spine ''", 2), "export --lang --help");
  EXPECT_EQ(completionsOf("fundtrail", "fundtrail status --form", 2), "--format");
  EXPECT_EQ(completionsOf("fundtrail", "fundtrail status --format ''", 3), "table json csv");
  EXPECT_EQ(completionsOf("fundtrail", "fundtrail --lang zh status --format j", 5), "json");
  EXPECT_EQ(completionsOf("fundtrail", "fundtrail nonsense --form", 2), "");
  EXPECT_EQ(completionsOf("fundtrail-replay", "fundtrail-replay ver", 1), "verify");
}

}  // namespace
}  // namespace fundtrail::tests

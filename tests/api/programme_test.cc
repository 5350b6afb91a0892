// SPDX-License-Identifier: Apache-2.0
// The whole programme, as large as the notice asks for: 14 cities and 4,000 enterprises, through every rule.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/program.h"
#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::tests {
namespace {

using ::testing::HasSubstr;

/// "… root <64 hex digits>": what a simulation says that it made.
std::string rootIn(std::string const& out) {
  auto const at = out.find(" root ");
  return at == std::string::npos ? std::string() : out.substr(at + 6, 64);
}

TEST(Programme, OfFourThousandEnterprisesIsTheSameEveryTimeAndProven) {
  fundtrail::testing::TemporaryDirectory const directory;
  std::string roots[2];
  for (int i = 0; i < 2; ++i) {
    auto const ledger = (directory / std::to_string(i)).string();
    auto const made = run({"simulate", "--seed", "1", "--enterprises", "4000", "--ledger", ledger});
    ASSERT_EQ(made.exit, 0) << made.err;
    roots[i] = rootIn(made.out);
    ASSERT_EQ(roots[i].size(), 64U) << made.out;
  }
  EXPECT_EQ(roots[0], roots[1]);
  auto const proof =
      execute({FUNDTRAIL_BIN_DIR "/fundtrail-replay", "verify", "--log", (directory / "0").string()}, {});
  EXPECT_EQ(proof.exit, 0) << proof.err;
  EXPECT_THAT(proof.out, HasSubstr("verdict: proven"));
}

}  // namespace
}  // namespace fundtrail::tests

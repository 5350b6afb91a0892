// SPDX-License-Identifier: Apache-2.0
// A backup, and the way back from it.

#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class BackupTest : public CliTest {
 protected:
  std::string path(std::string const& name) const { return (directory_ / name).string(); }
  Ran prove(std::string const& ledger) const {
    return execute({FUNDTRAIL_BIN_DIR "/fundtrail-replay", "verify", "--log", ledger}, {});
  }
  std::string status(std::string const& ledger) const { return fundtrail({"status", "--ledger", ledger}).out; }
};

TEST_F(BackupTest, ARestoredLedgerSaysTheSameAndGoesOn) {
  auto const backed = onLedger({"backup", path("backup")});
  ASSERT_EQ(backed.exit, 0) << backed.err;
  EXPECT_THAT(onLedger({"backup", path("backup"), "--lang", "zh"}).out, HasSubstr("新写 0 字节"));

  auto const restored = fundtrail({"restore", path("backup"), "--ledger", path("again")});
  ASSERT_EQ(restored.exit, 0) << restored.err;
  EXPECT_THAT(restored.out, HasSubstr("restored and verified"));
  EXPECT_EQ(status(path("again")), status(ledger_.string()));
  EXPECT_EQ(prove(path("again")).exit, 0);
  EXPECT_EQ(fundtrail({"spine", "export", path("spine"), "--ledger", path("again")}).exit, 0);
}

TEST_F(BackupTest, ALedgerIsReplacedOnlyWhenAskedAndIsKept) {
  ASSERT_EQ(onLedger({"backup", path("backup")}).exit, 0);
  fs::copy(ledger_, path("there"), fs::copy_options::recursive);
  auto const refused = fundtrail({"restore", path("backup"), "--ledger", path("there")});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.err, HasSubstr("never overwritten"));

  for (auto const& file : fs::directory_iterator(directory_ / "there" / "log")) {  // the damage one restores for
    if (file.path().extension() == ".log" || file.path().extension() == ".sst") fs::resize_file(file, 0);
  }
  EXPECT_NE(prove(path("there")).exit, 0);
  auto const replaced = fundtrail({"restore", path("backup"), "--replace", "--ledger", path("there")});
  ASSERT_EQ(replaced.exit, 0) << replaced.err;
  EXPECT_THAT(replaced.out, HasSubstr("there.replaced"));
  EXPECT_EQ(prove(path("there")).exit, 0);
  EXPECT_TRUE(fs::exists(directory_ / "there.replaced" / "log"));
  EXPECT_FALSE(fs::exists(directory_ / "there.restored"));

  auto const again = fundtrail({"restore", path("backup"), "--replace", "--ledger", path("there")});
  EXPECT_EQ(again.exit, 1);
  EXPECT_THAT(again.err, HasSubstr("move away"));
  EXPECT_EQ(prove(path("there")).exit, 0);
}

TEST_F(BackupTest, ADamagedOneReplacesNothing) {
  ASSERT_EQ(onLedger({"backup", path("backup")}).exit, 0);
  fs::copy(ledger_, path("there"), fs::copy_options::recursive);
  auto const bundle = directory_ / "backup" / "000000000000.bundle";
  fs::resize_file(bundle, fs::file_size(bundle) - 1);
  for (auto const& arguments :
       {std::vector<std::string>{"restore", path("backup"), "--replace", "--ledger", path("there")},
        {"restore", path("backup"), "--ledger", path("new")}}) {
    auto const refused = fundtrail(arguments);
    EXPECT_EQ(refused.exit, 1);
    EXPECT_THAT(refused.err, HasSubstr("000000000000.bundle"));
  }
  EXPECT_EQ(prove(path("there")).exit, 0);
  EXPECT_FALSE(fs::exists(path("new")));
  EXPECT_FALSE(fs::exists(path("there.restored")));
}

TEST_F(BackupTest, ANewerLedgerIsNotDiscardedUnasked) {
  ASSERT_EQ(fundtrail({"simulate", "--enterprises", "6", "--seed", "5", "--ledger", path("newer")}).exit, 0);
  ASSERT_EQ(fundtrail({"init", "--empty", "--ledger", path("small")}).exit, 0);
  ASSERT_EQ(fundtrail({"backup", path("backup"), "--ledger", path("small")}).exit, 0);
  auto const refused = fundtrail({"restore", path("backup"), "--replace", "--ledger", path("newer")});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.err, HasSubstr("--discard-newer"));
  EXPECT_EQ(prove(path("newer")).exit, 0);
  EXPECT_EQ(fundtrail({"restore", path("backup"), "--replace", "--discard-newer", "--ledger", path("newer")}).exit, 0);
  EXPECT_EQ(status(path("newer")), status(path("small")));
}

}  // namespace
}  // namespace fundtrail::tests

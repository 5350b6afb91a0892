// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <future>
#include <sys/file.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/rocksdb_log.h"
#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

namespace fs = std::filesystem;

constexpr char const* kGrant = R"({"events": [{"occurredOn": 20250110, "roleGranted": {"person": "province-industry-1",
    "role": "provinceFinance", "region": 440000, "validFrom": 20250101, "validTo": 20261231}}]})";

TEST_F(CliTest, AWrongPasswordIsSaidToBeWrong) {
  auto const file = (directory_ / "batch.json").string();
  writeText(file, kGrant);
  expectFails(run({"submit", file, "--key", key("security-admin-1"), "--ledger", ledger_.string()},
                  {{"FUNDTRAIL_PASSWORD", "not it"}}),
              "wrong password");
  expectFails(run({"submit", file, "--key", key("security-admin-1"), "--ledger", ledger_.string()},
                  {{"FUNDTRAIL_PASSWORD", "not it"}, {"LC_ALL", "zh_CN.UTF-8"}}),
              "口令不对：它取自环境变量 FUNDTRAIL_PASSWORD");
}

TEST_F(CliTest, ThePublicHalfOfAKeyIsSaidToBeThat) {
  auto const file = (directory_ / "batch.json").string();
  writeText(file, kGrant);
  expectFails(onLedger({"submit", file, "--key", key("security-admin-1") + ".pub"}), "is the public half");
  expectFails(onLedger({"submit", file, "--key", key("security-admin-1") + ".pub", "--lang", "zh"}), "不带 .pub");
}

/// Whether an error is all in Chinese, names of options and files apart.
TEST_F(CliTest, ErrorsInChineseHoldNoEnglish) {
  auto const file = (directory_ / "batch.json").string();
  writeText(file, kGrant);
  writeText(directory_ / "wrong", "not it\n");
  for (auto const& arguments :
       std::vector<std::vector<std::string>>{{"submit", file, "--key", file, "--ledger", ledger_.string()},
                                             {"submit", file, "--key", key("security-admin-1"), "--ledger",
                                              ledger_.string(), "--log-password-file", (directory_ / "wrong").string()},
                                             {"simulate", "--ledger", "x", "--enterprises", "0"},
                                             {"status", "--ledger", "x", "--ledger", "y"},
                                             {"status", "--ledger"},
                                             {"statsu"}}) {
    auto inChinese = arguments;
    inChinese.insert(inChinese.end(), {"--lang", "zh"});
    auto const ran = fundtrail(inChinese);
    expectFails(ran, "");
    for (auto const* const word : {" the ", "required", "range", "password does", "value", "Value"}) {
      EXPECT_THAT(ran.err, testing::Not(testing::HasSubstr(word)));
    }
  }
}

TEST_F(CliTest, AFileThatIsNoKeyIsSaidToBeNone) {
  auto const file = (directory_ / "batch.json").string();
  writeText(file, kGrant);
  expectFails(onLedger({"submit", file, "--key", file}), "fundtrail keygen");
}

TEST_F(CliTest, MalformedJsonIsNamedWithLineAndColumn) {
  expectFails(submit("{\"events\": [\n  {\"occurredOn\": 20250110,,}]}", "security-admin-1"), "line 2");
  expectFails(submit(R"({"events": [{"occurredOn": 20250110, "roleGrantd": {}}]})", "security-admin-1"), "roleGranted");
  expectFails(submit("", "security-admin-1"), "JSON");
}

TEST_F(CliTest, ErrorsOfABatchFileAreInTheLanguageOfTheReader) {
  auto const inChinese = [&](std::string const& event) {
    return submit(R"({"events": [{"occurredOn": 20250110, )" + event + "}]}", "province-finance-1", {"--lang", "zh"});
  };
  expectFails(inChinese(R"("trancheSplit": {"purpos": "reform"})"), "第 1 个事件：trancheSplit.purpos：没有这个字段");
  expectFails(inChinese(R"("trancheSplit": {"amountFen": "12.50"})"), "单位为分");
  expectFails(inChinese(R"("trancheSplit": {"purpose": "reforms"})"), "须为下列之一");
  expectFails(inChinese(R"("trancheSplit": {"purpose": "reform", "amountFen": "1"})"), "trancheSplit.tranche：必填");
  expectFails(inChinese(R"("trancheSplit": {"tranche": "@999"})"), "没有事件 999");
  expectFails(inChinese(R"("trancheSplit": {"tranche": "@nolabel"})"),
              "第 1 个事件：trancheSplit.tranche：“@nolabel”没有");
  expectFails(inChinese(R"("trancheSplit": {"tranche": )"), "JSON 第 1 行第 ");
  expectFails(inChinese(R"("trancheReceived": {}, "occurredOn": "2025-01-10")"), "重复出现");
}

TEST_F(CliTest, AByteOrderMarkBeforeTheBatchIsOverlooked) {
  EXPECT_EQ(submit("\xEF\xBB\xBF" + std::string(kGrant), "security-admin-1").exit, 0);
}

TEST_F(CliTest, AReferenceThatLeadsNowhereIsNamed) {
  expectFails(submit(R"({"events": [{"occurredOn": 20250110, "changeConfirmed": {"change": "@nobody",
      "outcome": "pass"}}]})",
                     "security-admin-1"),
              "@nobody");
  expectFails(submit(R"({"events": [{"occurredOn": 20250110, "changeConfirmed": {"change": "@123456",
      "outcome": "pass"}}]})",
                     "security-admin-1"),
              "123456");
}

TEST_F(CliTest, ADirectoryWithoutALedgerIsNamed) {
  auto const empty = directory_ / "empty";
  fs::create_directory(empty);
  expectFails(fundtrail({"status", "--ledger", empty.string()}), "fundtrail init");
  expectFails(fundtrail({"status", "--ledger", (directory_ / "absent").string()}), "fundtrail init");
  expectFails(fundtrail({"status", "--ledger", empty.string(), "--lang", "zh"}), "不是账本目录");
  fs::create_directory(empty / "log");
  expectFails(fundtrail({"status", "--ledger", empty.string()}), (empty / "log").string());
}

TEST_F(CliTest, TheLogItselfMayBeGivenAsTheLedger) {
  EXPECT_EQ(fundtrail({"status", "--ledger", (ledger_ / "log").string()}).out, onLedger({"status"}).out);
  EXPECT_EQ(fundtrail({"status", "--ledger", ledger_.string() + "/"}).out, onLedger({"status"}).out);
}

TEST_F(CliTest, ADirectoryWithoutPermissionIsNamed) {
  auto const closed = directory_ / "closed";
  fs::create_directory(closed);
  fs::permissions(closed, fs::perms::none);
  auto const obey = [&](std::vector<std::string> const& arguments) {
    return run(arguments, {{"FUNDTRAIL_PASSWORD", kPassword}}, Power::obeysPermissions);
  };
  expectFails(obey({"status", "--ledger", (closed / "ledger").string()}), "permission denied");
  expectFails(obey({"init", "--ledger", (closed / "ledger").string()}), "permission denied");
  expectFails(obey({"init", "--ledger", closed.string()}), "permission denied");
  expectFails(obey({"keygen", "--out", (closed / "key.pem").string()}), "permission denied");
  fs::permissions(closed, fs::perms::owner_all);
  EXPECT_TRUE(fs::is_empty(closed));
}

TEST_F(CliTest, ALedgerThatSomeoneElseWritesIsReadButNotWritten) {
  auto const before = onLedger({"status"});
  auto const other = ledger::log::RocksDbLog::openForWriting(ledger_ / "log");
  ASSERT_TRUE(other) << other.error().message;
  expectFails(submit(kGrant, "security-admin-1"), "conflict");
  EXPECT_EQ(onLedger({"status"}).out, before.out);
}

TEST_F(CliTest, WritersAtOnceWaitForEachOther) {
  std::vector<std::future<Ran>> writers;
  for (int i = 0; i < 6; ++i) {
    auto const file = (directory_ / std::to_string(i)).string();
    writeText(file, R"({"note": ")" + std::to_string(i) + R"(", )" + std::string(kGrant).substr(1));
    writers.push_back(std::async(std::launch::async, [&, file] {
      return onLedger({"submit", file, "--key", key("security-admin-1")});
    }));
  }
  for (auto& writer : writers) EXPECT_EQ(writer.get().err, "");
}

TEST_F(CliTest, InitLeavesADirectoryThatHoldsAnythingAsItIs) {
  auto const other = directory_ / "other";
  fs::create_directory(other);
  writeText(other / "precious", "mine");
  expectFails(fundtrail({"init", "--ledger", other.string()}), "not empty");
  EXPECT_EQ(readText(other / "precious"), "mine");
  EXPECT_EQ(std::distance(fs::directory_iterator(other), fs::directory_iterator()), 1);
  expectFails(onLedger({"init"}), "not empty");
  expectFails(onLedger({"simulate"}), "not empty");
}

TEST_F(CliTest, InitBeginsAnewWhereOneWasKilledAndNothingElseIs) {
  auto const begun = directory_ / "begun";
  for (auto const* const part : {"keys", "log.unfinished", "mine"}) fs::create_directories(begun / part);
  writeText(begun / "keys" / "log.pem", "of the dead");
  expectFails(fundtrail({"init", "--ledger", begun.string()}), "not empty");
  EXPECT_TRUE(fs::exists(begun / "keys" / "log.pem"));
  fs::remove(begun / "mine");
  fs::rename(begun / "log.unfinished", directory_ / "aside");  // keys alone may be in use
  expectFails(fundtrail({"init", "--ledger", begun.string()}), "not empty");
  fs::rename(directory_ / "aside", begun / "log.unfinished");
  {
    auto const held = ::open(begun.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ASSERT_EQ(::flock(held, LOCK_EX), 0);
    expectFails(fundtrail({"init", "--ledger", begun.string()}), "wait until it has ended");
    ::close(held);
  }
  EXPECT_TRUE(fs::exists(begun / "keys" / "log.pem"));

  EXPECT_EQ(fundtrail({"init", "--ledger", begun.string(), "--empty"}).exit, 0);

  EXPECT_FALSE(fs::exists(begun / "log.unfinished"));
  EXPECT_NE(readText(begun / "keys" / "log.pem"), "of the dead");
  EXPECT_EQ(fundtrail({"status", "--ledger", begun.string()}).exit, 0);
}

TEST_F(CliTest, InitThatFailsLeavesNothing) {
  auto const absent = directory_ / "absent";
  expectFails(run({"init", "--ledger", absent.string()}), "FUNDTRAIL_PASSWORD");
  EXPECT_FALSE(fs::exists(absent));
  expectFails(fundtrail({"init", "--ledger", absent.string(), "--origin", "has a space"}), "origin");
  EXPECT_FALSE(fs::exists(absent));
  auto const empty = directory_ / "empty";
  fs::create_directory(empty);
  expectFails(run({"init", "--ledger", empty.string()}), "FUNDTRAIL_PASSWORD");
  EXPECT_TRUE(fs::is_empty(empty));
  expectFails(fundtrail({"init", "--ledger", (absent / "deeper").string()}), absent.string());
}

TEST_F(CliTest, TheLogsPasswordMayBeKeptElsewhere) {
  auto const elsewhere = directory_ / "log.password";
  fs::rename(ledger_ / "keys" / "log.password", elsewhere);
  expectFails(submit(kGrant, "security-admin-1"), "log.password");
  EXPECT_EQ(submit(kGrant, "security-admin-1", {"--log-password-file", elsewhere.string()}).exit, 0);
}

TEST_F(CliTest, ADamagedLogIsSaidToBeDamaged) {
  std::size_t damaged = 0;
  for (auto const& entry : fs::directory_iterator(ledger_ / "log")) {
    auto const extension = entry.path().extension();
    if (extension != ".sst" && extension != ".log") continue;
    auto text = readText(entry.path());
    if (text.empty()) continue;
    text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
    writeText(entry.path(), text);
    ++damaged;
  }
  ASSERT_GT(damaged, 0U);
  auto const ran = onLedger({"status"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
}

TEST_F(CliTest, WrongUsageIsOneLineThatNamesTheHelp) {
  expectFails(fundtrail({}), "--help");
  expectFails(fundtrail({"nonsense"}), "there is no command \"nonsense\"; see");
  expectFails(fundtrail({"statsu", "--ledger", "x"}), "did you mean \"status\"?");
  expectFails(fundtrail({"status", "--ledger", "x", "--colour", "red"}), "--colour red is not expected");
  expectFails(fundtrail({"status"}), "--ledger");
  expectFails(fundtrail({"status", "--as-of", "-1", "--ledger", "x"}), "--as-of");
  expectFails(fundtrail({"simulate", "--seed", "-1", "--ledger", "x"}), "--seed");
  expectFails(fundtrail({"rules", "--format", "xml"}), "xml");
}

}  // namespace
}  // namespace fundtrail::tests

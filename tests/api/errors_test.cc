// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/rocksdb_log.h"
#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

namespace fs = std::filesystem;

constexpr char const* kGrant = R"({"events": [{"occurredOn": 20250110, "roleGranted": {"person": "province-industry-1",
    "role": "auditor", "region": 440000, "validFrom": 20250101, "validTo": 20261231}}]})";

TEST_F(CliTest, AWrongPasswordIsSaidToBeWrong) {
  auto const file = (directory_ / "batch.json").string();
  writeText(file, kGrant);
  expectFails(run({"submit", file, "--key", key("security-admin-1"), "--ledger", ledger_.string()},
                  {{"FUNDTRAIL_PASSWORD", "not it"}}),
              "wrong password");
  expectFails(run({"submit", file, "--key", key("security-admin-1"), "--ledger", ledger_.string()},
                  {{"FUNDTRAIL_PASSWORD", "not it"}, {"LC_ALL", "zh_CN.UTF-8"}}),
              "口令不对");
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
  expectFails(fundtrail({"nonsense"}), "nonsense");
  expectFails(fundtrail({"status"}), "--ledger");
  expectFails(fundtrail({"status", "--as-of", "-1", "--ledger", "x"}), "--as-of");
  expectFails(fundtrail({"simulate", "--seed", "-1", "--ledger", "x"}), "--seed");
  expectFails(fundtrail({"rules", "--format", "xml"}), "xml");
}

}  // namespace
}  // namespace fundtrail::tests

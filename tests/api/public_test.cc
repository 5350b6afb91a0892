// SPDX-License-Identifier: Apache-2.0
// What leaves the ledger: the public part of the log, and receipts.

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class PublicTest : public CliTest {
 protected:
  std::string path(std::string const& name) const { return (directory_ / name).string(); }
  Ran replay(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), FUNDTRAIL_BIN_DIR "/fundtrail-replay");
    return execute(std::move(arguments), {});
  }
  /// A policy that trusts the log by its own word and demands no witness.
  void writePolicy() const {
    auto const said = replay({"verify", "--log", ledger_.string(), "--format", "json"});
    auto const vkey = boost::json::parse(said.out).at("ledger").at("logVkeys").as_array().at(0).as_string();
    writeText(path("policy"), "log " + std::string(vkey) + "\nquorum none\n");
  }
};

TEST_F(PublicTest, TheSpineIsExportedOnceAndGoesOnFromThere) {
  auto const first = onLedger({"spine", "export", path("spine")});
  ASSERT_EQ(first.exit, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("batches are published (0 before)"));
  EXPECT_TRUE(fs::exists(directory_ / "spine" / "checkpoint"));
  auto const proven = replay({"fsck", "--spine", path("spine"), "--log", ledger_.string()});
  EXPECT_EQ(proven.exit, 0) << proven.out << proven.err;

  auto const again = onLedger({"spine", "export", path("spine"), "--lang", "zh"});
  EXPECT_EQ(again.exit, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("新写 0 个文件"));
}

TEST_F(PublicTest, ALedgerMadeWithAnSm2LineIsProvenByBothOfItsKeys) {
  std::map<std::string, std::string> const password{{"FUNDTRAIL_PASSWORD", kPassword}};
  auto const made = run({"init", "--empty", "--sm2-line", "--ledger", path("two")}, password);
  ASSERT_EQ(made.exit, 0) << made.err;
  auto const proven = replay({"verify", "--log", path("two"), "--format", "json"});
  EXPECT_EQ(proven.exit, 0) << proven.out;
  auto const vkeys = boost::json::parse(proven.out).at("ledger").at("logVkeys").as_array();
  ASSERT_EQ(vkeys.size(), 2U);
  for (auto const& vkey : vkeys) {
    writeText(path("trust"), "log " + std::string(vkey.as_string()) + "\n");
    EXPECT_EQ(replay({"verify", "--log", path("two"), "--trust", path("trust")}).exit, 0);
  }

  fs::remove(directory_ / "two" / "keys" / "log-sm2.pem");
  writeText(path("batch.json"), "{\"events\": []}");
  auto const refused =
      run({"submit", path("batch.json"), "--key", path("two/keys/security-admin-1.pem"), "--ledger", path("two")},
          password);
  expectFails(refused, "give the ledger its own, all of them");
  expectFails(run({"init", "--profile", "gm", "--sm2-line", "--ledger", path("three")}, password),
              "leave --sm2-line out");
}

TEST_F(PublicTest, WhatStatusPrintsIsDerivedAgain) {
  auto const printed = onLedger({"status", "--format", "json", "--as-of", "30"});
  ASSERT_EQ(printed.exit, 0) << printed.err;
  writeText(path("figures.json"), printed.out);
  auto const right = replay({"verify", "--log", ledger_.string(), "--figures", path("figures.json")});
  EXPECT_EQ(right.exit, 0) << right.out << right.err;
  auto const kind = onLedger({"status", "--format", "json", "--kind", "prepayment"});
  writeText(path("kind.json"), kind.out);
  expectFails(replay({"verify", "--log", ledger_.string(), "--figures", path("kind.json"), "--lang", "en"}),
              "without --kind");
  auto wrong = printed.out;
  auto const at = wrong.find("\"notReceivedFen\":\"");
  ASSERT_NE(at, std::string::npos);
  wrong.replace(at, 18, "\"notReceivedFen\":\"9");
  writeText(path("figures.json"), wrong);
  auto const told = replay(
      {"verify", "--log", ledger_.string(), "--figures", path("figures.json"), "--figures", path("figures.json")});
  EXPECT_EQ(told.exit, 2) << told.out << told.err;
  EXPECT_THAT(told.out, HasSubstr("figures.json"));
}

TEST_F(PublicTest, TheSpineOfAnotherLogIsLeftAlone) {
  ASSERT_EQ(onLedger({"spine", "export", path("spine")}).exit, 0);
  auto const checkpoint = readText(path("spine/checkpoint"));
  ASSERT_EQ(run({"simulate", "--ledger", path("other"), "--enterprises", "1"}).exit, 0);
  expectFails(run({"spine", "export", path("spine"), "--ledger", path("other")}), "conflict: ");
  EXPECT_EQ(readText(path("spine/checkpoint")), checkpoint);
}

TEST_F(PublicTest, TheSpineSaysWhatIsMissing) {
  expectFails(onLedger({"spine", "export"}), "FOLDER");
  expectFails(onLedger({"spine"}), "usage: ");
  expectFails(onLedger({"spine", "export", path("absent/spine")}), "absent does not exist");
  expectFails(run({"spine", "export", path("spine"), "--ledger", path("absent")}), "absent");
  EXPECT_FALSE(fs::exists(directory_ / "spine"));
}

TEST_F(PublicTest, ABundleIsProvenWithoutTheLedger) {
  writePolicy();
  auto const made = onLedger({"bundle", "export", path("bundle"), "--policy", path("policy")});
  ASSERT_EQ(made.exit, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("bundle: batches 0 to "));
  EXPECT_THAT(made.out, HasSubstr("for what is new alone: --from "));
  EXPECT_FALSE(fs::exists(path("bundle.part")));
  auto const live = replay({"verify", "--log", ledger_.string(), "--cities"});

  fs::remove_all(ledger_);
  auto const proven = replay({"verify", "--log", path("bundle"), "--cities", "--policy", path("policy")});
  EXPECT_EQ(proven.exit, 0) << proven.out << proven.err;
  EXPECT_THAT(proven.out, HasSubstr("no stored tiles were compared"));
  EXPECT_THAT(proven.out, testing::StartsWith(live.out.substr(0, live.out.find("tree  "))));
  auto const whole = readText(path("bundle"));
  writeText(path("torn"), whole.substr(0, whole.size() / 2));
  EXPECT_EQ(replay({"verify", "--log", path("torn")}).exit, 3);
  expectFails(replay({"verify", "--log", path("policy")}), "this is no bundle");
}

TEST_F(PublicTest, ABundleOfACityProvesLess) {
  auto const made = onLedger({"bundle", "export", path("bundle"), "--city", "东莞", "--lang", "zh"});
  ASSERT_EQ(made.exit, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("个事件与其他城市有关，只收录其哈希"));
  auto const checked = replay({"verify", "--log", path("bundle")});
  EXPECT_EQ(checked.exit, 2) << checked.out << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("left out    "));
}

TEST_F(PublicTest, ABundleSaysWhatIsWrong) {
  writeText(path("bundle"), "mine");
  expectFails(onLedger({"bundle", "export", path("bundle")}), "exists and is never overwritten");
  EXPECT_EQ(readText(path("bundle")), "mine");
  expectFails(onLedger({"bundle", "export", path("other"), "--from", "99999999"}),
              "there is none from batch 99999999 on");
  expectFails(onLedger({"bundle", "export", path("other"), "--city", "Shanghai"}), "Shanghai");
  expectFails(onLedger({"bundle", "export", path("other"), "--policy", path("bundle")}), "bundle: ");
  expectFails(onLedger({"bundle", "export", path("absent/other")}), "absent does not exist");
  EXPECT_FALSE(fs::exists(path("other")));

  ASSERT_EQ(onLedger({"bundle", "export", path("next"), "--from", "5"}).exit, 0);
  expectFails(replay({"verify", "--log", path("next")}), "begins with batch 5, batch 0 must come next");
  expectFails(replay({"verify", "--log", ledger_.string(), "--log", path("next")}), "of directories give one");
}

TEST_F(PublicTest, AReceiptVerifiesWithoutTheLedger) {
  writePolicy();
  auto const made = onLedger({"receipt", "3", "--out", path("receipt"), "--qr", path("label.svg")});
  ASSERT_EQ(made.exit, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("event 3 ("));
  auto const at = made.out.find("fundtrail:");
  ASSERT_NE(at, std::string::npos) << made.out;
  auto const label = made.out.substr(at, made.out.find('\n', at) - at);
  EXPECT_THAT(readText(path("label.svg")), testing::StartsWith("<svg xmlns="));

  auto const hash = boost::json::parse(onLedger({"show", "3", "--format", "json"}).out).at("hash").as_string();
  auto const byHash = onLedger({"receipt", std::string(hash), "--out", path("by-hash")});
  ASSERT_EQ(byHash.exit, 0) << byHash.err;
  EXPECT_EQ(readText(path("by-hash")), readText(path("receipt")));

  fs::remove_all(ledger_);
  auto const holds = replay({"receipt", path("receipt"), "--trust", path("policy"), "--label", label});
  EXPECT_EQ(holds.exit, 0) << holds.out << holds.err;
  EXPECT_THAT(holds.out, HasSubstr(std::string(hash)));
}

TEST_F(PublicTest, AReceiptSaysWhatIsMissing) {
  expectFails(onLedger({"receipt", "999999", "--out", path("receipt")}), "not found: ");
  expectFails(onLedger({"receipt", "nonsense", "--out", path("receipt")}), "not found: ");
  expectFails(onLedger({"receipt", "3"}), "--out");
  EXPECT_FALSE(fs::exists(path("receipt")));
  writeText(path("receipt"), "mine");
  expectFails(onLedger({"receipt", "3", "--out", path("receipt")}), "exists and is never overwritten");
  EXPECT_EQ(readText(path("receipt")), "mine");
}

TEST_F(PublicTest, HelpIsInBothLanguages) {
  EXPECT_THAT(run({"--help", "--lang", "zh"}).out, HasSubstr("出具一个事件的回执"));
  EXPECT_THAT(run({"spine", "export", "--help"}).out, HasSubstr("any web server can serve"));
  EXPECT_THAT(run({"receipt", "--help", "--lang", "zh"}).out, HasSubstr("二维码"));
}

}  // namespace
}  // namespace fundtrail::tests

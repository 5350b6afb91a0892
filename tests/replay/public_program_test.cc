// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay on what leaves the ledger: a published log, and a receipt.

#include <fstream>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "crypto/cosignature.h"
#include "crypto/note.h"
#include "ledger/files/files.h"
#include "ledger/receipt/receipts.h"
#include "ledger/spine/publish.h"
#include "tests/replay/program.h"

namespace fundtrail::replay {
namespace {

class PublicProgram : public Program {
 protected:
  static constexpr std::size_t kBatches = 40;

  std::string published() const {
    auto const log = logOf(kBatches);
    crypto::ensure(ledger::spine::publish(*log, file("spine")).has_value(), "a log can be published");
    return "fsck --spine " + path("spine");
  }

  /// The receipt of a tranche's receipt, by an enrolled clerk, and a policy with that quorum of one witness; the answer
  /// is the event's label.
  std::string receipt(std::string const& quorum) const {
    auto const log = logOf(find(schema::Event::Which::TRANCHE_RECEIVED).batch + 1);
    domain::EventNumber const last(log->size().events - 1);
    auto const made = ledger::receipt::Receipts(*log).make(last, **log->checkpoint()).value();
    std::ofstream(file("receipt"), std::ios::binary) << crypto::asText(made.file.bytes());
    auto const logKey = History::shared().simulation.logKey();
    auto const witness = crypto::PrivateKey::fromEd25519Seed({5});
    std::ofstream(file("policy"))
        << "log " << crypto::NoteVerifier::make("fundtrail.example/gd-sme-digital", logKey.publicKey())->vkey()
        << "\nwitness one " << crypto::CosignatureVerifier::make("one.example", witness.publicKey())->vkey()
        << "\nquorum " << quorum << "\n";
    return made.label;
  }

  std::string command() const { return "receipt " + path("receipt") + " --trust " + path("policy"); }
};

TEST_F(PublicProgram, FsckProvesAFolderAndNamesTheFileThatIsWrong) {
  auto const fsck = published();
  auto const log = " --log " + ledger(kBatches);
  auto const alone = run(fsck);
  EXPECT_EQ(alone.exitCode, 0) << alone.out << alone.err;
  EXPECT_NE(alone.out.find("the log's own word"), std::string::npos) << alone.out;
  EXPECT_NE(alone.out.find("are the folder's own"), std::string::npos) << alone.out;
  EXPECT_TRUE(alone.out.ends_with("verdict: the published log is, file by file, what its checkpoint states\n"));
  EXPECT_NE(run(fsck + log).out.find("those of the log that you brought"), std::string::npos);

  std::ofstream(file("trust")) << "ledger " << History::shared().simulation.ledgerId().text() << "\n";
  EXPECT_EQ(run(fsck + " --trust " + path("trust")).out.find("the log's own word"), std::string::npos);

  fs::resize_file(file("spine/tile/0/000.p/40"), 32);
  auto const damaged = run(fsck + log);
  EXPECT_EQ(damaged.exitCode, 3);
  EXPECT_NE(damaged.out.find("✗ tile/0/000.p/40: has 32 bytes where 40 hashes must stand"), std::string::npos)
      << damaged.out;
  auto const chinese = run(fsck + " --lang zh");
  EXPECT_NE(chinese.out.find("✗ tile/0/000.p/40 有 32 字节，应为 40 个哈希"), std::string::npos) << chinese.out;
  EXPECT_TRUE(chinese.out.ends_with("结论：被改动、不完整或无法验证\n"));
  auto const json = boost::json::parse(run(fsck + " --format json").out);
  EXPECT_EQ(json.at("verdict").as_string(), "tampered");
  EXPECT_EQ(json.at("findings").at(0).at("file").as_string(), "tile/0/000.p/40");
}

TEST_F(PublicProgram, FsckSaysInOneLineWhyItCannotRun) {
  fs::create_directory(file("empty"));
  expectOneLineAndExitOne(run("fsck"));
  expectOneLineAndExitOne(run("fsck --spine " + path("absent")));
  expectOneLineAndExitOne(run("fsck --spine " + path("empty")));
  expectOneLineAndExitOne(run(published() + " --log " + path("absent")));
  expectOneLineAndExitOne(run("fsck --spine " + path("spine") + " --trust " + path("absent")));
}

TEST_F(PublicProgram, AReceiptIsReadOutInTheReadersLanguage) {
  auto const label = receipt("none");
  auto const english = run(command());
  EXPECT_EQ(english.exitCode, 0) << english.out << english.err;
  for (auto const* words : {"signed by   ", "enrolled    ", "when        signed ", "demands none",
                            "a receipt cannot say", "verdict: the event is on record"}) {
    EXPECT_NE(english.out.find(words), std::string::npos) << words << english.out;
  }
  auto const chinese = run(command() + " --lang zh");
  for (auto const* words : {"签名      ", "登记      ", "时间      签署 ", "回执不能说明", "结论：事件在账"}) {
    EXPECT_NE(chinese.out.find(words), std::string::npos) << words << chinese.out;
  }
  auto const json = boost::json::parse(run(command() + " --format json").out);
  EXPECT_EQ(json.at("verdict").as_string(), "proven");
  EXPECT_EQ(json.at("signers").as_array().size(), 3U) << "the clerk and two security administrators";
  EXPECT_EQ(json.at("label").as_string(), label);
}

TEST_F(PublicProgram, AReceiptIsThatOfTheNotice) {
  auto const label = receipt("none");
  EXPECT_EQ(run(command() + " --label '" + label + "'").exitCode, 0);
  auto const other = run(command() + " --label '" + label + "0'");
  EXPECT_EQ(other.exitCode, 3);
  EXPECT_EQ(other.out,
            "verdict: it does not hold: it is the receipt of " + label + ", which is not what the notice carries\n");
}

TEST_F(PublicProgram, AReceiptWithTooFewWitnessesExitsWithTwo) {
  receipt("one");
  auto const ran = run(command());
  EXPECT_EQ(ran.exitCode, 2);
  EXPECT_NE(ran.out.find("0 of the 1 that your policy demands"), std::string::npos) << ran.out;
  EXPECT_TRUE(ran.out.ends_with("verdict: authentic, but too few witnesses\n"));
  EXPECT_EQ(boost::json::parse(run(command() + " --format json").out).at("verdict").as_string(), "findings");
}

TEST_F(PublicProgram, AReceiptThatDoesNotHoldExitsWithThreeAndSaysWhyInOneLine) {
  receipt("none");
  auto const witness = crypto::NoteVerifier::make("fundtrail.example/gd-sme-digital",
                                                  crypto::PrivateKey::fromEd25519Seed({5}).publicKey());
  std::ofstream(file("policy")) << "log " << witness->vkey() << "\nquorum none\n";
  auto const ran = run(command() + " --lang zh");
  EXPECT_EQ(ran.exitCode, 3);
  EXPECT_TRUE(ran.out.starts_with("结论：回执不成立：检查点：")) << ran.out;
  EXPECT_EQ(std::ranges::count(ran.out, '\n'), 1);
  EXPECT_EQ(boost::json::parse(run(command() + " --format json").out).at("verdict").as_string(), "tampered");
}

TEST_F(PublicProgram, WhatIsNoReceiptExitsWithOne) {
  receipt("none");
  std::ofstream(file("receipt")) << "no receipt";
  expectOneLineAndExitOne(run(command()));
  fs::remove(file("receipt"));
  expectOneLineAndExitOne(run(command()));
  receipt("none");
  std::ofstream(file("policy")) << "log nothing\n";
  expectOneLineAndExitOne(run(command()));
  expectOneLineAndExitOne(run("receipt " + path("receipt")));
}

}  // namespace
}  // namespace fundtrail::replay

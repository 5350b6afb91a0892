// SPDX-License-Identifier: Apache-2.0
#include "replay/trust.h"

#include <fstream>

#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "crypto/keys.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/support/sm2_keys.h"

namespace fundtrail::replay {
namespace {

std::string const kLedger(64, 'a');

std::string vkey() {
  return crypto::NoteVerifier::make("log.example", crypto::PrivateKey::fromEd25519Seed({3}).publicKey())->vkey();
}

TEST(Trust, ReadsLedgerAndLogKey) {
  auto const trust = parseTrust("# what the audit office wrote down\n\nledger " + kLedger + "\r\nlog " + vkey());
  ASSERT_TRUE(trust) << trust.error().message;
  EXPECT_EQ(trust->ledger->text(), kLedger);
  EXPECT_EQ(trust->log->vkey(), vkey());
}

TEST(Trust, TakesTheSm2KeyOfALogOfTheGmProfile) {
  auto const sm2 = crypto::NoteVerifier::make("log.example", tests::sm2KeyOf("log").publicKey())->vkey();
  auto const trust = parseTrust("log " + sm2 + "\n");
  ASSERT_TRUE(trust) << trust.error().message;
  EXPECT_EQ(trust->log->vkey(), sm2);
}

TEST(Trust, TakesEitherAlone) {
  EXPECT_TRUE(parseTrust("ledger " + kLedger + "\n"));
  EXPECT_TRUE(parseTrust("log " + vkey() + "\n"));
}

TEST(Trust, ReadsACheckpointInBase64AndInHexadecimalDigits) {
  crypto::Digest root;
  root.bytes.fill(0xfb);
  KnownRoot const expected{1908, root};
  for (auto const& written : {crypto::toBase64(root.view()), root.hex()}) {
    auto const trust = parseTrust("checkpoint 1908 " + written + "\n");
    ASSERT_TRUE(trust) << trust.error().message;
    EXPECT_EQ(trust->checkpoint, expected);
  }
  for (auto const* wrong : {"1908", "1908 abc", "-1 ", "01908 ", " 1908 "}) {
    auto const line = "checkpoint " + std::string(wrong) + (std::string(wrong).ends_with(' ') ? root.hex() : "");
    EXPECT_FALSE(parseTrust(line)) << line;
  }
  EXPECT_FALSE(parseTrust("checkpoint 1 " + root.hex() + "\ncheckpoint 1 " + root.hex()));
}

TEST(Trust, PassesOverAByteOrderMark) {
  EXPECT_TRUE(parseTrust("\xEF\xBB\xBFledger " + kLedger + "\r\n"));
}

TEST(Trust, NamesTheLineThatIsWrong) {
  auto const messageOf = [](std::string const& text) { return parseTrust(text).error().message; };
  EXPECT_TRUE(messageOf("ledger " + kLedger + "\nledger " + kLedger).starts_with("line 2: "));
  EXPECT_TRUE(messageOf("log " + vkey() + "\nlog " + vkey()).starts_with("line 2: "));
  EXPECT_TRUE(messageOf("ledger abc").starts_with("line 1: "));
  EXPECT_TRUE(messageOf("log abc").starts_with("line 1: "));
  EXPECT_TRUE(messageOf("\nkey abc").starts_with("line 2: "));
}

TEST(Trust, IsNotEmpty) {
  EXPECT_EQ(parseTrust("").error().kind, crypto::ErrorKind::badInput);
  EXPECT_EQ(parseTrust("# nothing\n").error().kind, crypto::ErrorKind::badInput);
}

TEST(Trust, IsReadFromAFile) {
  testing::TemporaryDirectory const directory;
  EXPECT_EQ(readTrust(directory / "absent").error().kind, crypto::ErrorKind::notFound);
  std::ofstream(directory / "trust") << "ledger " << kLedger << "\n";
  EXPECT_EQ(readTrust(directory / "trust")->ledger->text(), kLedger);
  std::ofstream(directory / "trust") << "ledger\n";
  auto const wrong = readTrust(directory / "trust");
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().message.starts_with((directory / "trust").string() + ": line 1: "));
}

}  // namespace
}  // namespace fundtrail::replay

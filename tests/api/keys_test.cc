// SPDX-License-Identifier: Apache-2.0
#include "crypto/keys.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST_F(CliTest, KeygenWritesAnEncryptedKeyAndItsPublicHalf) {
  for (std::string const algorithm : {"ed25519", "p256", "sm2"}) {
    auto const file = (directory_ / (algorithm + ".pem")).string();
    auto const ran = fundtrail({"keygen", "--out", file, "--algorithm", algorithm});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    auto const key = crypto::PrivateKey::fromPem(readText(file), kPassword);
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(crypto::name(key->algorithm()), algorithm);
    EXPECT_EQ(readText(file + ".pub"), key->publicKey().pem());
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    auto const hash = algorithm == "sm2" ? crypto::HashAlgorithm::sm3 : crypto::HashAlgorithm::sha256;
    EXPECT_THAT(ran.out, HasSubstr(key->publicKey().fingerprint(hash).hex()));
    EXPECT_THAT(ran.out, HasSubstr(crypto::toHex(key->publicKey().spki()))) << "what an enrolment states";
  }
}

TEST_F(CliTest, KeygenNeverOverwrites) {
  auto const file = directory_ / "mine.pem";
  writeText(file, "precious");
  expectFails(fundtrail({"keygen", "--out", file.string()}), "never overwritten");
  EXPECT_EQ(readText(file), "precious");
  fs::remove(file);
  writeText(file.string() + ".pub", "precious");
  expectFails(fundtrail({"keygen", "--out", file.string()}), "never overwritten");
  EXPECT_FALSE(fs::exists(file));
}

TEST_F(CliTest, KeygenNamesTheFolderThatIsMissing) {
  auto const folder = directory_ / "nowhere";
  expectFails(run({"keygen", "--out", (folder / "mine.pem").string()}), folder.string() + " does not exist");
}

TEST_F(CliTest, KeygenTakesThePasswordFromTheFilesFirstLine) {
  auto const file = (directory_ / "mine.pem").string();
  auto const password = (directory_ / "password").string();
  writeText(password, "from the file\nnot this\n");
  auto const ran = fundtrail({"keygen", "--out", file, "--password-file", password});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(crypto::PrivateKey::fromPem(readText(file), "from the file"));
}

TEST_F(CliTest, KeygenWithoutPasswordOrTerminalSaysWhereToGiveOne) {
  auto const file = directory_ / "mine.pem";
  expectFails(run({"keygen", "--out", file.string()}), "FUNDTRAIL_PASSWORD");
  EXPECT_FALSE(fs::exists(file));
  expectFails(run({"keygen", "--out", file.string()}, {{"FUNDTRAIL_PASSWORD", ""}}), "empty");
}

TEST_F(CliTest, InitKeepsEveryKeyForItsOwnerAlone) {
  std::size_t keys = 0;
  for (auto const& entry : fs::directory_iterator(ledger_ / "keys")) {
    if (entry.path().extension() == ".pub") continue;
    ++keys;
    EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write) << entry.path();
  }
  EXPECT_EQ(keys, 8U) << "four founders, two of the province, the log's key and its password";
}

}  // namespace
}  // namespace fundtrail::tests

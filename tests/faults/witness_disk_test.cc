// SPDX-License-Identifier: Apache-2.0
// A witness whose disk is full cosigns nothing that it cannot keep, goes on answering, and goes on when there is room.

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/cosignature.h"
#include "crypto/keys.h"
#include "crypto/witness_protocol.h"
#include "ledger/files/files.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/support/founders.h"
#include "tests/support/process.h"
#include "tests/support/raw_http.h"
#include "tests/support/watched_log.h"

namespace fundtrail::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kPassword[] = "a password";
constexpr int kLogKeys = 40;     // each signs: a checkpoint's note is some kilobytes long
constexpr int kMostBlocks = 96;  // of 512 bytes, that a file of the witness may have

class WitnessDisk : public ::testing::Test {
 protected:
  WitnessDisk() {
    auto key = crypto::PrivateKey::generate(crypto::KeyAlgorithm::ed25519).value();
    EXPECT_TRUE(ledger::files::replaceFile(file("key"), key.toPem(kPassword).value()));
    std::string policy;
    for (int i = 0; i < kLogKeys; ++i) {
      signers_.push_back(crypto::NoteSigner::make("log.example", keyOf(fmt::format("log {}", i))).value());
      policy += "log " + signers_.back().verifier().vkey() + "\n";
    }
    EXPECT_TRUE(ledger::files::replaceFile(file("logs"), policy + "quorum none\n"));
  }

  [[nodiscard]] std::string file(std::string const& name) const { return (directory_ / name).string(); }

  /// `before` is said by a shell before it becomes the witness.
  Process start(std::string const& before) {
    Process process(
        {"/bin/sh", "-c",
         before + "exec '" FUNDTRAIL_BIN_DIR "/fundtrail-witness' serve --name w.example --key '" + file("key") +
             "' --state '" + file("state") + "' --logs '" + file("logs") + "' --listen 127.0.0.1:0 --lang en"},
        {{"FUNDTRAIL_PASSWORD", kPassword}});
    auto const line = process.readLine();
    EXPECT_THAT(line, HasSubstr("http://"));
    port_ = portOf(line);
    return process;
  }

  [[nodiscard]] std::string note(std::uint64_t size) const {
    auto const text = crypto::formatCheckpoint(log_.checkpoint(size));
    std::vector<std::string> lines;
    lines.reserve(signers_.size());
    for (auto const& signer : signers_) lines.push_back(signer.signatureLine(text));
    return crypto::formatNote(text, lines);
  }
  [[nodiscard]] std::string add(std::uint64_t from, std::uint64_t to) const {
    auto const body = crypto::formatAddCheckpoint({from, log_.proof(from, to), note(to)});
    return tests::exchange(port_, postRequest("/add-checkpoint", body));
  }
  [[nodiscard]] std::string get(std::string const& path) const { return tests::exchange(port_, getRequest(path)); }

  fundtrail::testing::TemporaryDirectory directory_;
  WatchedLog log_{"log.example", keyOf("log 0"), crypto::HashAlgorithm::sha256};
  std::vector<crypto::NoteSigner> signers_;
  std::uint16_t port_ = 0;
};

TEST_F(WitnessDisk, ThatIsFullLetsNoCosignatureOut) {
  std::uint64_t size = 0;  // that left it cosigned
  {
    auto process = start(fmt::format("ulimit -f {}; trap '' XFSZ; ", kMostBlocks));
    ASSERT_FALSE(HasFailure());
    std::string answer;
    while (size < 19) {  // it takes 20 at once
      answer = add(size, size + 1);
      if (!answer.starts_with("HTTP/1.1 200")) break;
      ++size;
    }
    ASSERT_GT(size, 0U) << answer;
    ASSERT_THAT(answer, StartsWith("HTTP/1.1 500")) << "the disk is not full after " << size;
    EXPECT_THAT(answer, Not(HasSubstr("\xE2\x80\x94"))) << "a cosignature left that is not stored";

    EXPECT_THAT(add(size, size + 1), StartsWith("HTTP/1.1 500")) << "what the store holds is not known";
    EXPECT_THAT(get("/metrics"), HasSubstr("fundtrail_witness_requests_total{status=\"500\"} 2\n"));
    EXPECT_THAT(get("/metrics"),
                HasSubstr(fmt::format("fundtrail_witness_cosigned_size{{origin=\"log.example\"}} {}\n", size)));
    EXPECT_EQ(process.terminate(), 0);
  }
  // Started anew where there is room, it knows everything that left it, and goes on from there.
  auto process = start("");
  ASSERT_FALSE(HasFailure());
  auto const stories = add(0, size + 2);
  EXPECT_THAT(stories, StartsWith("HTTP/1.1 409"));
  auto const known = std::stoull(stories.substr(stories.find("\r\n\r\n") + 4));
  EXPECT_GE(known, size);
  EXPECT_LE(known, size + 1) << "the one whose storing failed may be stored, and never left";
  EXPECT_THAT(add(known, known + 3), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(process.terminate(), 0);
}

}  // namespace
}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
// A witness that is killed at any moment never cosigns two roots of one size.

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/witness/store.h"
#include "crypto/cosignature.h"
#include "crypto/keys.h"
#include "ledger/files/files.h"
#include "ledger/http/client.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/support/process.h"
#include "tests/support/sm2_keys.h"
#include "tests/support/watched_log.h"

namespace fundtrail::tests {
namespace {

constexpr int kKills = 100;
constexpr char kPassword[] = "a password";
constexpr std::uint64_t kStep = 5;  // entries between two checkpoints

/// What left the witness: for each size, the texts that it cosigned.
class Cosigned {
 public:
  void add(std::uint64_t size, std::string text) {
    std::lock_guard const lock(mutex_);
    texts_[size].insert(std::move(text));
  }
  std::map<std::uint64_t, std::set<std::string>> texts() const {
    std::lock_guard const lock(mutex_);
    return texts_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::uint64_t, std::set<std::string>> texts_;
};

struct WitnessKill : ::testing::TestWithParam<crypto::KeyAlgorithm> {
  WitnessKill() {
    auto key = crypto::PrivateKey::generate(GetParam()).value();
    verifier = crypto::CosignatureVerifier::make("w.example", key.publicKey()).value();
    EXPECT_TRUE(ledger::files::replaceFile(directory / "key", key.toPem(kPassword).value()));
    EXPECT_TRUE(ledger::files::replaceFile(directory / "logs", log.policy()));
  }

  Process start(std::string& url) const {
    Process process({FUNDTRAIL_BIN_DIR "/fundtrail-witness", "serve", "--name", "w.example", "--key",
                     (directory / "key").string(), "--state", (directory / "state").string(), "--logs",
                     (directory / "logs").string(), "--listen", "127.0.0.1:0", "--lang", "en"},
                    {{"FUNDTRAIL_PASSWORD", kPassword}});
    auto const line = process.readLine();
    url = line.substr(line.rfind(' ') + 1);
    EXPECT_TRUE(url.starts_with("http://")) << line;
    return process;
  }

  /// Asks for one story's next checkpoints, each from where the witness says that it is, until the witness is gone.
  void press(WatchedLog const& story, std::string const& url, Cosigned& cosigned, std::atomic<int>& answers) const {
    std::uint64_t from = 0;
    while (true) {
      auto const to = from + kStep;
      auto const body = story.request(from, to);
      ledger::http::Request request{url + "/add-checkpoint", "text/plain", crypto::asBytes(body)};
      auto const answer = ledger::http::post(request);
      if (!answer) return;
      ++answers;
      if (answer->status == 200) {
        auto const text = crypto::formatCheckpoint(story.checkpoint(to));
        auto const lines = crypto::parseNoteLines(answer->body);
        ASSERT_TRUE(lines && verifier->verify(lines->front(), text));
        cosigned.add(to, text);
        from = to;
      } else if (answer->status == 409) {
        from = crypto::parseTreeSize(answer->body).value();
      } else if (answer->status != 429) {
        return;  // 422: the witness has taken the other side for good
      }
    }
  }

  fundtrail::testing::TemporaryDirectory directory;
  static bool gm() { return GetParam() == crypto::KeyAlgorithm::sm2; }

  WatchedLog log{"log.example", gm() ? sm2KeyOf("log") : crypto::PrivateKey::fromEd25519Seed({1}),
                 gm() ? crypto::HashAlgorithm::sm3 : crypto::HashAlgorithm::sha256};
  std::optional<crypto::CosignatureVerifier> verifier;
};

INSTANTIATE_TEST_SUITE_P(Profiles, WitnessKill,
                         ::testing::Values(crypto::KeyAlgorithm::ed25519, crypto::KeyAlgorithm::sm2),
                         [](auto const& test) { return test.param == crypto::KeyAlgorithm::sm2 ? "gm" : "standard"; });

TEST_P(WitnessKill, NoTwoRootsOfOneSizeAreCosigned) {
  std::mt19937 draw(1);
  Cosigned cosigned;
  std::uint64_t reached = 0;
  for (int round = 0; round < kKills; ++round) {
    // The operator forks anew behind what is cosigned, and both sides are pressed at once.
    auto const fork = log.forked(reached, fmt::format("fork {}-", round));
    std::string url;
    auto process = start(url);
    ASSERT_FALSE(HasFailure());
    auto const patience = std::uniform_int_distribution<int>(0, 12)(draw);
    std::atomic<int> answers = 0;
    std::atomic<bool> done = false;
    // Killed after so many answers, while other requests are on their way; or when neither side gets any further.
    std::thread killer([&] {
      while (answers < patience && !done) std::this_thread::yield();
      process.kill();
    });
    std::vector<std::thread> clients;
    for (WatchedLog const* story : {static_cast<WatchedLog const*>(&log), &fork}) {
      clients.emplace_back([&, story] { press(*story, url, cosigned, answers); });
    }
    for (auto& client : clients) client.join();
    done = true;
    killer.join();

    // What it remembers is history from now on, whichever side it is of, and whether its answer arrived or not.
    auto const store = api::witness::Store::openReadOnly(directory / "state");
    ASSERT_TRUE(store) << store.error().message;
    auto const newest = (*store)->newest("log.example").value();
    if (!newest) continue;
    auto const text = crypto::parseNote(*newest)->text;
    reached = crypto::parseCheckpoint(text)->size;
    bool const isFork = text != crypto::formatCheckpoint(log.checkpoint(reached));
    if (isFork) log = fork;
    ASSERT_EQ(text, crypto::formatCheckpoint(log.checkpoint(reached))) << "round " << round;
    auto const texts = cosigned.texts();
    for (auto const& [size, all] : texts) {
      ASSERT_LE(size, reached) << "round " << round << ": it forgot what it cosigned";
      ASSERT_EQ(all, std::set{crypto::formatCheckpoint(log.checkpoint(size))}) << "round " << round;
    }
  }
  EXPECT_GT(cosigned.texts().size(), static_cast<std::size_t>(kKills));
}

}  // namespace
}  // namespace fundtrail::tests

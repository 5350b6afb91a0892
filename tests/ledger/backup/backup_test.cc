// SPDX-License-Identifier: Apache-2.0
#include "ledger/backup/backup.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "crypto/note.h"
#include "ledger/log/memory_log.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/replay/history.h"

namespace fundtrail::ledger::backup {
namespace {

namespace fs = std::filesystem;
using crypto::ErrorKind;

constexpr std::size_t kBatches = 60;

std::string textOf(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(fs::path const& file, std::string const& text) {
  std::ofstream(file, std::ios::binary) << text;
}

class Backup : public ::testing::Test {
 protected:
  Backup() {
    for (auto const* name : {"keys", "new-keys"}) fs::create_directory(directory_ / name);
    write(directory_ / "keys" / "log.pem", "the log's key");
  }

  crypto::Result<BackedUp> backUp(log::EventLog const& log) const {
    return backup::write(log, attestation::Attestations(directory_ / "attestations"), directory_ / "keys", folder_);
  }

  struct Again {
    crypto::Result<Restored> outcome;
    std::unique_ptr<log::MemoryLog> log{};
  };
  Again restored() const {
    Again again{{Restored{}}};
    auto const make = [&](crypto::HashAlgorithm algorithm) -> crypto::Result<log::EventLog*> {
      again.log = std::make_unique<log::MemoryLog>(algorithm);
      return again.log.get();
    };
    again.outcome = restore(folder_, make, attestation::Attestations(directory_ / "again"), directory_ / "new-keys");
    return again;
  }

  std::vector<std::string> bundles() const {
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator(folder_)) {
      if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }

  /// Goes on writing where the log ends.
  static void grow(log::EventLog& log, std::size_t to) {
    auto const all = std::span(replay::History::shared().batches);
    auto const from = log.size().batches;
    replay::write(log, all.subspan(from, to - from));
    replay::seal(log);
  }

  testing::TemporaryDirectory directory_;
  fs::path folder_ = directory_ / "backup";
};

void expectRefused(crypto::Error const& error, ErrorKind kind, std::string const& words) {
  EXPECT_EQ(error.kind, kind) << error.message;
  EXPECT_NE(error.message.find(words), std::string::npos) << error.message;
  EXPECT_FALSE(error.zh.empty()) << error.message;
}

TEST_F(Backup, GivesBackALogThatIsProven) {
  auto const log = replay::logOf(kBatches);
  auto const done = backUp(*log).value();
  EXPECT_EQ(done.checkpoint.size, kBatches);
  EXPECT_EQ(done.before, 0U);
  EXPECT_EQ(bundles(), std::vector<std::string>{"000000000000.bundle"});

  auto const again = restored();
  ASSERT_TRUE(again.outcome) << again.outcome.error().message;
  EXPECT_EQ(again.outcome->size, log->size());
  EXPECT_EQ(again.log->root(), log->root());
  EXPECT_EQ(again.log->checkpoint().value(), log->checkpoint().value());
  for (std::uint64_t i = 0; i < log->size().events; ++i) {
    ASSERT_EQ(again.log->event(domain::EventNumber(i)).value(), log->event(domain::EventNumber(i)).value());
  }
  // The indexes too, which no bundle holds: a replay derives them a second time.
  EXPECT_EQ(replay::kindsOf(replay::replayOf(*again.log)), replay::kindsOf(replay::replayOf(*log)));
  EXPECT_EQ(textOf(directory_ / "new-keys" / "log.pem"), "the log's key");
  EXPECT_EQ(fs::status(directory_ / "new-keys" / "log.pem").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Backup, GainsOnlyWhatIsNew) {
  log::MemoryLog log(crypto::HashAlgorithm::sha256);
  grow(log, 20);
  ASSERT_TRUE(backUp(log));
  auto const first = textOf(folder_ / "000000000000.bundle");
  EXPECT_EQ(backUp(log)->bytes, 0U);
  EXPECT_EQ(bundles().size(), 1U);
  for (std::size_t const size : {std::size_t{21}, kBatches}) {
    auto const before = log.size().batches;
    grow(log, size);
    auto const done = backUp(log).value();
    EXPECT_EQ(done.before, before);
    EXPECT_EQ(done.checkpoint.size, size);
    EXPECT_GT(done.bytes, 0U);
  }
  EXPECT_EQ(bundles(), (std::vector<std::string>{"000000000000.bundle", "000000000020.bundle", "000000000021.bundle"}));
  EXPECT_EQ(textOf(folder_ / "000000000000.bundle"), first);
  EXPECT_EQ(restored().log->root(), log.root());
}

TEST_F(Backup, TakesOverKeysThatChanged) {
  auto const log = replay::logOf(20);
  ASSERT_TRUE(backUp(*log));
  write(directory_ / "keys" / "log.pem", "another password");
  ASSERT_TRUE(backUp(*log));
  EXPECT_EQ(textOf(folder_ / "keys" / "log.pem"), "another password");
  ASSERT_TRUE(backup::write(*log, attestation::Attestations(directory_ / "attestations"), std::nullopt,
                            directory_ / "without-keys"));
  EXPECT_FALSE(fs::exists(directory_ / "without-keys" / "keys"));
}

TEST_F(Backup, OfAnotherHistoryOrANewerOneIsLeftAlone) {
  auto const log = replay::logOf(30);
  ASSERT_TRUE(backUp(*log));
  expectRefused(backUp(*replay::logOf(29)).error(), ErrorKind::conflict, "older copy");

  log::MemoryLog other(crypto::HashAlgorithm::sha256);
  auto const all = std::span(replay::History::shared().batches);
  replay::write(other, all.first(28));
  replay::write(other, all.subspan(29, 5));
  replay::seal(other);
  expectRefused(backUp(other).error(), ErrorKind::conflict, "are not this ledger's");
  EXPECT_EQ(bundles().size(), 1U);
}

TEST_F(Backup, NoticesDamageWhenItIsAddedToAndWhenItIsRestored) {
  auto const log = replay::logOf(kBatches);
  ASSERT_TRUE(backUp(*log));
  auto const file = folder_ / "000000000000.bundle";
  auto const sound = textOf(file);
  std::minstd_rand random(7);
  for (int i = 0; i < 60; ++i) {
    auto damaged = sound;
    auto const at = random() % damaged.size();
    if (i % 3 == 0) {
      damaged.resize(at);
    } else {
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << (random() % 8)));
    }
    write(file, damaged);
    EXPECT_FALSE(backUp(*log)) << at;
    EXPECT_FALSE(restored().outcome) << at;
  }
  write(file, sound);
  EXPECT_TRUE(restored().outcome);
}

TEST_F(Backup, WithoutAPartOfItIsNotRestored) {
  log::MemoryLog log(crypto::HashAlgorithm::sha256);
  for (std::size_t const size : {20U, 40U, 60U}) {
    grow(log, size);
    ASSERT_TRUE(backUp(log));
  }
  fs::rename(folder_ / "000000000020.bundle", directory_ / "aside");
  EXPECT_EQ(restored().outcome.error().kind, ErrorKind::badInput);  // names the one to bring
  fs::rename(folder_ / "000000000000.bundle", directory_ / "aside");
  fs::rename(folder_ / "000000000040.bundle", directory_ / "aside");
  expectRefused(restored().outcome.error(), ErrorKind::notFound, "holds no backup");
}

/// The log's own key signs whatever it is told: that does not make a batch its author's.
TEST_F(Backup, IsNotRestoredWhereAnAuthorsSignatureDoesNotHold) {
  auto const& batches = replay::History::shared().batches;
  log::MemoryLog log(crypto::HashAlgorithm::sha256);
  replay::write(log, std::span(batches).first(30));
  auto forged = batches[30];
  forged.batch.signature = batches[29].batch.signature;
  replay::write(log, std::span(&forged, 1));
  replay::seal(log);
  ASSERT_TRUE(backUp(log));
  expectRefused(restored().outcome.error(), ErrorKind::corrupt, "signature does not hold");
}

TEST_F(Backup, IsNotRestoredWhereAnEventBreaksARule) {
  auto const& batches = replay::History::shared().batches;
  log::MemoryLog log(crypto::HashAlgorithm::sha256);
  replay::write(log, std::span(batches).first(30));
  replay::write(log, std::span(batches).subspan(29, 1));  // once more
  replay::seal(log);
  ASSERT_TRUE(backUp(log));
  EXPECT_EQ(restored().outcome.error().kind, ErrorKind::corrupt);
}

TEST_F(Backup, IsNotRestoredWhereAnotherKeySignedTheCheckpoint) {
  auto const log = std::make_unique<log::MemoryLog>(crypto::HashAlgorithm::sha256);
  replay::write(*log, std::span(replay::History::shared().batches).first(30));
  replay::seal(*log, replay::authorOf(replay::History::shared().batches[5].batch));
  ASSERT_TRUE(backUp(*log));
  expectRefused(restored().outcome.error(), ErrorKind::corrupt, "not signed by the log's key");
}

}  // namespace
}  // namespace fundtrail::ledger::backup

// SPDX-License-Identifier: Apache-2.0
// The disk dies at every single write and sync of an append, and of a recovery: afterwards a group is there or it is
// not.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include "ledger/log/rocksdb_log.h"
#include "tests/ledger/log/fault_file_system.h"
#include "tests/ledger/log/sample.h"
#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::ledger::log::testing {
namespace {

namespace fs = std::filesystem;
using crypto::ErrorKind;
using crypto::HashAlgorithm;

enum class Aftermath { processDies, powerIsLost };

class Faults : public ::testing::TestWithParam<Aftermath> {
 protected:
  Faults() {
    auto const log = RocksDbLog::create(original_, HashAlgorithm::sha256).value();
    EXPECT_TRUE(append(*log, acknowledged_));
  }

  // A copy of the log on a disk of its own.
  struct Trial {
    explicit Trial(fs::path const& original) { fs::copy(original, path, fs::copy_options::recursive); }

    ::fundtrail::testing::TemporaryDirectory directory;
    fs::path path = directory / "log";
    std::shared_ptr<::fundtrail::testing::FaultFileSystem> disk =
        std::make_shared<::fundtrail::testing::FaultFileSystem>();
    std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(disk);
    RocksDbLogOptions options{.env = env.get()};
  };

  static std::vector<SampleBatch> joined(std::vector<SampleBatch> first, std::vector<SampleBatch> const& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
  }

  ::fundtrail::testing::TemporaryDirectory directory_;
  fs::path original_ = directory_ / "log";
  std::vector<SampleBatch> acknowledged_ = sampleBatches(0, 10);
  // Several of the blocks in which RocksDB writes its log ahead.
  std::vector<SampleBatch> group_ = sampleBatches(10, 40);
};
INSTANTIATE_TEST_SUITE_P(Disk, Faults, ::testing::Values(Aftermath::processDies, Aftermath::powerIsLost),
                         [](auto const& kind) {
                           return kind.param == Aftermath::processDies ? "LivesOn" : "LosesPower";
                         });

TEST_P(Faults, AtAnyPointOfAnAppendLeaveAllOfTheGroupOrNothing) {
  std::size_t failures = 0;
  for (std::size_t k = 0;; ++k) {
    SCOPED_TRACE(k);
    Trial trial(original_);
    bool stored = false;
    {
      auto const log = RocksDbLog::openForWriting(trial.path, trial.options).value();
      trial.disk->dieAt(k);
      auto const appended = append(*log, group_);
      stored = appended.has_value();
      if (!stored) {
        ASSERT_TRUE(trial.disk->dead());
        EXPECT_EQ(appended.error().kind, ErrorKind::io);
        expectHolds(*log, acknowledged_);  // reads go on, without the group
        EXPECT_EQ(append(*log, group_).error().kind, ErrorKind::io);
        EXPECT_EQ(log->storeCheckpoint(checkpointNote(10, log->root())).error().kind, ErrorKind::io);
      }
    }
    if (GetParam() == Aftermath::powerIsLost) {
      trial.disk->losePower();
    }
    auto const log = RocksDbLog::openForWriting(trial.path).value();
    bool const isThere = log->size().batches > acknowledged_.size();
    EXPECT_TRUE(isThere || !stored);
    expectHolds(*log, isThere ? joined(acknowledged_, group_) : acknowledged_);
    ASSERT_TRUE(append(*log, sampleBatches(log->size().batches, 3)));  // and the log goes on
    if (stored) {
      break;
    }
    ++failures;
  }
  EXPECT_GE(failures, 2U);  // the write and the sync
}

TEST_P(Faults, AtAnyPointOfARecoveryLoseNothing) {
  std::size_t failures = 0;
  for (std::size_t k = 0;; ++k) {
    SCOPED_TRACE(k);
    Trial trial(original_);
    trial.disk->dieAt(k);
    bool const opened = RocksDbLog::openForWriting(trial.path, trial.options).has_value();
    bool const died = trial.disk->dead();
    if (GetParam() == Aftermath::powerIsLost) {
      trial.disk->losePower();
    }
    expectHolds(*RocksDbLog::openForWriting(trial.path).value(), acknowledged_);
    if (opened && !died) {
      break;
    }
    ++failures;
  }
  EXPECT_GE(failures, 3U);
}

}  // namespace
}  // namespace fundtrail::ledger::log::testing

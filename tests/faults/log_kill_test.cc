// SPDX-License-Identifier: Apache-2.0
// kill -9 at fifty points: what was acknowledged is there, and nothing half.
#include <array>
#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <filesystem>
#include <random>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "ledger/log/rocksdb_log.h"
#include "tests/ledger/log/sample.h"
#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::ledger::log::testing {
namespace {

// The program append_child on that directory.
class Child {
 public:
  explicit Child(std::filesystem::path const& directory) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::execl(FUNDTRAIL_APPEND_CHILD, "append_child", directory.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    acknowledgements_ = ends[0];
  }
  ~Child() { ::close(acknowledgements_); }
  Child(Child const&) = delete;
  Child& operator=(Child const&) = delete;

  /// The next acknowledgement: how many batches are stored. 0 when the child has ended.
  std::uint64_t next() {
    std::uint64_t stored = 0;
    return ::read(acknowledgements_, &stored, sizeof stored) == sizeof stored ? stored : 0;
  }
  void kill() { EXPECT_EQ(::kill(pid_, SIGKILL), 0); }
  int wait() {
    int status = 0;
    EXPECT_EQ(::waitpid(pid_, &status, 0), pid_);
    return status;
  }

 private:
  pid_t pid_ = -1;
  int acknowledgements_ = -1;
};

TEST(KilledLog, HoldsWhatItAcknowledgedAndNoHalfGroup) {
  constexpr int kKills = 50;
  ::fundtrail::testing::TemporaryDirectory const directory;
  auto const path = directory / "log";
  ASSERT_TRUE(RocksDbLog::create(path, crypto::HashAlgorithm::sha256));
  // Where a group may end: the sizes follow from the place, whoever appends.
  std::set<std::uint64_t> ends;
  for (std::uint64_t end = 0; end < 100'000; end += end % 9 + 1) {
    ends.insert(end);
  }

  std::mt19937_64 random(20240601);
  std::uint64_t stored = 0;
  for (int round = 0; round < kKills; ++round) {
    SCOPED_TRACE(round);
    std::uint64_t acknowledged = stored;
    Child child(path);
    for (auto groups = random() % 6 + 1; groups > 0; --groups) {
      auto const next = child.next();
      ASSERT_GT(next, acknowledged);
      acknowledged = next;
    }
    for (auto spin = random() % 2'000'000; spin > 0; --spin) {
      asm volatile("");
    }
    child.kill();
    EXPECT_TRUE(WIFSIGNALED(child.wait()));
    while (auto const next = child.next()) {
      acknowledged = next;  // said before it died
    }
    auto const log = RocksDbLog::openForWriting(path).value();
    stored = log->size().batches;
    ASSERT_GE(stored, acknowledged);
    ASSERT_TRUE(ends.contains(stored)) << stored;
    if (round % 10 == 9) {
      expectHolds(*log, sampleBatches(0, stored));
    } else {
      EXPECT_EQ(log->root(), rootOfEntries(crypto::HashAlgorithm::sha256, sampleBatches(0, stored)));
    }
  }
}

TEST(KilledLog, RefusesAWriterInAnotherProcess) {
  ::fundtrail::testing::TemporaryDirectory const directory;
  auto const path = directory / "log";
  auto const log = RocksDbLog::create(path, crypto::HashAlgorithm::sha256).value();
  {
    Child second(path);
    EXPECT_EQ(second.next(), 0U);
    auto const status = second.wait();
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 3);
  }
  EXPECT_TRUE(append(*log, sampleBatches(0, 1)));
}

}  // namespace
}  // namespace fundtrail::ledger::log::testing

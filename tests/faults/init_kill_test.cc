// SPDX-License-Identifier: Apache-2.0
// kill -9 while `fundtrail init` works: either there is no ledger yet and a second init makes one, or it is whole.
#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <poll.h>
#include <string>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/api/program.h"
#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::tests {
namespace {

namespace fs = std::filesystem;

/// Counts the names that appear in a directory, and in the directories that appear there.
class Watch {
 public:
  explicit Watch(fs::path const& root) { add(root); }
  Watch(Watch const&) = delete;
  Watch& operator=(Watch const&) = delete;
  ~Watch() { ::close(descriptor_); }

  /// Waits until so many have appeared; false if `ended` is closed before.
  bool reaches(int count, int ended) {
    while (seen_ < count) {
      std::array<pollfd, 2> both{pollfd{descriptor_, POLLIN, 0}, pollfd{ended, POLLIN, 0}};
      EXPECT_GT(::poll(both.data(), both.size(), -1), 0);
      if ((both[0].revents & POLLIN) == 0) return false;
      take();
    }
    return true;
  }

 private:
  void add(fs::path const& directory) {
    auto const number = ::inotify_add_watch(descriptor_, directory.c_str(), IN_CREATE | IN_MOVED_TO | IN_ONLYDIR);
    if (number >= 0) directories_[number] = directory;
  }

  void take() {
    alignas(inotify_event) std::array<char, 16'384> buffer{};
    auto const size = ::read(descriptor_, buffer.data(), buffer.size());
    for (std::ptrdiff_t at = 0; at < size; ++seen_) {
      auto const* const event = reinterpret_cast<inotify_event const*>(buffer.data() + at);
      if ((event->mask & IN_ISDIR) != 0) add(directories_[event->wd] / event->name);
      at += static_cast<std::ptrdiff_t>(sizeof(inotify_event)) + event->len;
    }
  }

  int const descriptor_ = ::inotify_init1(IN_CLOEXEC);
  std::map<int, fs::path> directories_;
  int seen_ = 0;
};

class KilledInit : public ::testing::Test {
 protected:
  KilledInit() { fs::create_directory(ledger_); }

  /// Runs init until so many files have appeared, then kills it. False if it ended before.
  bool killAt(int files) const {
    Watch watch(ledger_);
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    auto const child = ::fork();
    if (child == 0) {
      ::close(ends[0]);  // the other end closes when the program ends
      ::dup2(::open("/dev/null", O_WRONLY), STDOUT_FILENO);
      ::execle(FUNDTRAIL_BIN_DIR "/fundtrail", "fundtrail", "init", "--ledger", ledger_.c_str(), nullptr,
               std::array{kPassword, static_cast<char const*>(nullptr)}.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    auto const reached = watch.reaches(files, ends[0]);
    if (reached) {
      EXPECT_EQ(::kill(child, SIGKILL), 0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(reached ? WIFSIGNALED(status) : WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    ::close(ends[0]);
    return reached;
  }

  Ran initAgain() const { return run({"init", "--ledger", ledger_.string()}, {{"FUNDTRAIL_PASSWORD", "pass word"}}); }

  bool isThere() const { return fs::exists(ledger_ / "log"); }

  void expectProven() const {
    auto const command =
        std::string("'" FUNDTRAIL_BIN_DIR "/fundtrail-replay' verify --quiet --log '") + ledger_.string() + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
  }

  static constexpr char const* kPassword = "FUNDTRAIL_PASSWORD=pass word";
  ::fundtrail::testing::TemporaryDirectory const directory_;
  fs::path const ledger_ = directory_ / "ledger";
};

TEST_F(KilledInit, LeavesAWholeLedgerOrNoneAndThenTheNextMakesIt) {
  int killed = 0;
  for (int files = 1;; files = files * 3 / 2 + 1) {
    SCOPED_TRACE(files);
    if (!killAt(files)) break;
    ++killed;
    if (!isThere()) {
      // A second kill, before the first one's remains are gone.
      killAt(1);
      auto const again = initAgain();
      EXPECT_EQ(again.exit, 0) << again.err;
    }
    expectProven();
    auto const refused = initAgain();
    EXPECT_EQ(refused.exit, 1);
    EXPECT_NE(refused.err.find("not empty"), std::string::npos) << refused.err;
    fs::remove_all(ledger_);
    fs::create_directory(ledger_);
  }
  EXPECT_GE(killed, 5);
  expectProven();
}

}  // namespace
}  // namespace fundtrail::tests

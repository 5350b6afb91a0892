// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/read_journal.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace fundtrail::api::daemon {
namespace {

namespace fs = std::filesystem;

class PrivateReads : public testing::Test {
 protected:
  PrivateReads() {
    std::string name = fs::temp_directory_path() / "fundtrail-journal-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    file_ = folder_ / "journal" / "reads";
  }
  ~PrivateReads() override { fs::remove_all(folder_); }

  static access::PrivateRead read(std::string const& what) {
    auto const at = ledger::domain::Instant::parse("2026-01-02T03:04:05.678+08:00").value();
    return {at, "440100-auditor-1", "abc", "10.0.0.1", "id-1", what};
  }
  std::vector<std::string> lines(fs::path const& file) const {
    std::ifstream stream(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
  }

  fs::path folder_;
  fs::path file_;
};

TEST_F(PrivateReads, AreALineEach) {
  auto const journal = ReadJournal::open(file_).value();
  ASSERT_TRUE(journal->record(read("GET /v1/payments?x=\"\n")));
  auto const written = lines(file_);
  ASSERT_EQ(written.size(), 1U);
  auto const object = boost::json::parse(written[0]).as_object();
  EXPECT_EQ(object.at("time").as_string(), "2026-01-02T03:04:05.678+08:00");
  EXPECT_EQ(object.at("person").as_string(), "440100-auditor-1");
  EXPECT_EQ(object.at("what").as_string(), "GET /v1/payments?x=\"\n");
  EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(PrivateReads, OfSeveralThreadsDoNotMix) {
  auto const journal = ReadJournal::open(file_).value();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 20; ++j) EXPECT_TRUE(journal->record(read(std::string(3000, 'x'))));
    });
  }
  for (auto& thread : threads) thread.join();
  auto const written = lines(file_);
  EXPECT_EQ(written.size(), 80U);
  for (auto const& line : written) EXPECT_EQ(boost::json::parse(line).at("what").as_string().size(), 3000U);
}

TEST_F(PrivateReads, GoOnBehindALineThatACrashCutOff) {
  fs::create_directory(file_.parent_path());
  std::ofstream(file_) << "{\"time\":\"2026";
  auto const journal = ReadJournal::open(file_).value();
  ASSERT_TRUE(journal->record(read("a")));
  auto const written = lines(file_);
  ASSERT_EQ(written.size(), 2U);
  EXPECT_EQ(boost::json::parse(written[1]).at("what").as_string(), "a");
}

TEST_F(PrivateReads, GoOnInANewFileWhenTheOldOneWasMovedAway) {
  auto const journal = ReadJournal::open(file_).value();
  ASSERT_TRUE(journal->record(read("a")));
  fs::rename(file_, folder_ / "old");
  ASSERT_TRUE(journal->reopen());
  ASSERT_TRUE(journal->record(read("b")));
  EXPECT_EQ(lines(folder_ / "old").size(), 1U);
  EXPECT_EQ(lines(file_).size(), 1U);
}

TEST_F(PrivateReads, ThatCannotBeKeptAreAnError) {
  EXPECT_FALSE(ReadJournal::open("/nowhere/at/all"));
  auto const journal = ReadJournal::open("/dev/full");
  ASSERT_TRUE(journal) << journal.error().message;
  EXPECT_FALSE((*journal)->record(read("a")));
}

}  // namespace
}  // namespace fundtrail::api::daemon

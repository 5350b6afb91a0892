// SPDX-License-Identifier: Apache-2.0
// Runs fundtrail-replay as an auditor calls it.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/wait.h>

#include <gtest/gtest.h>

#include "ledger/log/rocksdb_log.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/replay/history.h"

namespace fundtrail::replay {

namespace fs = std::filesystem;

struct Ran {
  int exitCode;
  std::string out;
  std::string err;
};

class Program : public ::testing::Test {
 protected:
  Ran run(std::string const& arguments, std::string const& environment = "LC_ALL=C") const {
    auto const out = directory_ / "out";
    auto const err = directory_ / "err";
    auto const command = environment + " '" + FUNDTRAIL_BIN_DIR "/fundtrail-replay' " + arguments + " >'" +
                         out.string() + "' 2>'" + err.string() + "' </dev/null";
    auto const status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents(out), contents(err)};
  }

  /// A sealed ledger of the first batches, laid out as a ledger's directory.
  std::string ledger(std::size_t count = 6) const {
    fs::create_directories(directory_ / "ledger");
    auto const log = log::RocksDbLog::create(directory_ / "ledger" / "log", crypto::HashAlgorithm::sha256).value();
    write(*log, std::span(History::shared().batches).first(count));
    if (count > 0) seal(*log);
    return "'" + (directory_ / "ledger").string() + "'";
  }

  std::string path(std::string const& name) const { return "'" + (directory_ / name).string() + "'"; }
  fs::path file(std::string const& name) const { return directory_ / name; }

 private:
  static std::string contents(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  testing::TemporaryDirectory directory_;
};

inline void expectOneLineAndExitOne(Ran const& ran) {
  EXPECT_EQ(ran.exitCode, 1) << ran.out << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
}

}  // namespace fundtrail::replay

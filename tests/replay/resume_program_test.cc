// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay verify --resume, as an auditor calls it month after month.

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/replay/history.h"
#include "tests/replay/program.h"

namespace fundtrail::replay {
namespace {

using ResumeProgram = Program;

std::string contentsOf(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(ResumeProgram, TakesOverTheSignaturesThatItVerifiedLastMonth) {
  auto const command = " --until 2000-01-01 --resume " + path("resume");
  auto const first = run("verify --log " + ledger(40) + command);
  EXPECT_EQ(first.exitCode, 0) << first.out << first.err;
  EXPECT_EQ(first.out.find("by earlier runs"), std::string::npos);
  auto const kept = contentsOf(file("resume"));
  EXPECT_NE(kept.find("\nverified 40 "), std::string::npos) << kept;

  fs::remove_all(file("ledger"));
  auto const log = "verify --log " + ledger(60);
  auto const second = run(log + command);
  EXPECT_EQ(second.exitCode, 0) << second.out << second.err;
  EXPECT_NE(second.out.find("the first 40 were verified by earlier runs"), std::string::npos) << second.out;
  EXPECT_NE(contentsOf(file("resume")).find("\nverified 60 "), std::string::npos);

  auto const third = run(log + command + " --format json");
  EXPECT_EQ(boost::json::parse(third.out).at("takenOver").at("size").as_int64(), 60);
  EXPECT_EQ(run(log + command + " --lang zh").out.find("earlier"), std::string::npos);
}

TEST_F(ResumeProgram, RefusesAFileThatIsNotItsOwnAndLeavesItAsItIs) {
  auto const command = "verify --log " + ledger(20) + " --until 2000-01-01 --resume " + path("resume");
  ASSERT_EQ(run(command).exitCode, 0);
  auto const kept = contentsOf(file("resume"));
  auto const refused = [&](std::string const& text, std::string_view words) {
    std::ofstream(file("resume"), std::ios::binary) << text;
    auto const ran = run(command);
    expectOneLineAndExitOne(ran);
    EXPECT_NE(ran.err.find(words), std::string::npos) << ran.err;
    EXPECT_EQ(contentsOf(file("resume")), text);
  };
  auto edited = kept;
  edited.replace(edited.find("verified 20"), 11, "verified 19");
  refused(edited, "damaged or edited");
  refused("", "no resume file");
  refused("checkpoint 3 abc\n", "no resume file");

  std::ofstream(file("resume"), std::ios::binary) << kept;
  fs::permissions(file("resume"), fs::perms::others_write, fs::perm_options::add);
  expectOneLineAndExitOne(run(command));
  fs::permissions(file("resume"), fs::perms::others_write, fs::perm_options::remove);

  fs::remove_all(file("ledger"));
  ledger(19);
  auto const shorter = run(command);
  expectOneLineAndExitOne(shorter);
  EXPECT_NE(shorter.err.find("--trust"), std::string::npos) << shorter.err;
  EXPECT_EQ(contentsOf(file("resume")), kept);
}

TEST_F(ResumeProgram, SaysWhereTheFileCannotBeWritten) {
  auto const ran = run("verify --log " + ledger(6) + " --until 2000-01-01 --resume " + path("absent/resume"));
  expectOneLineAndExitOne(ran);
}

TEST_F(ResumeProgram, GoesOnAfterCtrlCAtAnyTime) {
  auto const log = "verify --log " + ledger(History::shared().batches.size());
  auto const once = run(log);
  ASSERT_EQ(once.exitCode, 0) << once.out << once.err;
  // Whenever the signal comes: before the program is ready for it, in the middle, or after its end.
  for (int i = 0; i < 8; ++i) {
    fs::remove(file("resume"));
    auto const resume = log + " --resume " + path("resume");
    auto const pressed = run(resume, fmt::format("LC_ALL=C timeout --preserve-status -s INT {}", 0.01 * (1 << i)));
    auto const early = pressed.exitCode == -1 || pressed.exitCode == 128 + SIGINT;
    EXPECT_TRUE(early || pressed.exitCode == 4 || pressed.exitCode == 0) << pressed.exitCode << pressed.err;
    if (pressed.exitCode == 4) {
      EXPECT_EQ(pressed.out, "") << "nothing is concluded";
      EXPECT_NE(pressed.err.find("interrupted"), std::string::npos);
    }
    auto const again = run(resume);
    EXPECT_EQ(again.exitCode, 0) << again.err;
    EXPECT_TRUE(again.out.ends_with("verdict: proven\n"));
    EXPECT_TRUE(fs::exists(file("resume")));
  }
}

}  // namespace
}  // namespace fundtrail::replay

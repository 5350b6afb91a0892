// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay as an auditor calls it: what it prints and how it exits.

#include "tests/replay/program.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "ledger/log/rocksdb_log.h"
#include "tests/replay/history.h"

namespace fundtrail::replay {
namespace {

TEST_F(Program, SaysInChineseWhyItCannotRun) {
  auto const empty = ledger(0);
  for (auto const& [arguments, words] : {
           std::pair<std::string, std::string>{"", "缺少命令"},
           {"verfy --log " + empty, "没有命令“verfy”，是否应为“verify”？"},
           {"verify", "缺少 --log"},
           {"verify --log " + empty + " --colour red", "不认识 --colour red；"},
           {"verify --log " + empty + " --threads 0", "--threads 须在 1 至 1024 之间，而不是 0"},
           {"verify --log " + empty + " --threads x", "--threads 须在 1 至 1024 之间，而不是 x"},
           {"verify --log " + empty + " --format xml", "--format 须为 {text,json} 之一，而不是 xml"},
           {"verify --log", "--log 之后缺少值"},
           {"verify --log " + empty + " --log " + empty, "只有数据包才能给出多个 --log"},
           {"verify --log " + empty + " --trust a --trust b", "--trust 给出了不止一次"},
           {"verify --log " + empty, "日志是空的"},
       }) {
    auto const ran = run(arguments, "LC_ALL=zh_CN.UTF-8");
    expectOneLineAndExitOne(ran);
    EXPECT_NE(ran.err.find(words), std::string::npos) << ran.err;
  }
}

/// What a program of the build takes from shared libraries, a name a line.
std::string importsOf(std::string const& program) {
  std::string names;
  auto const command = "nm -D --undefined-only " FUNDTRAIL_BIN_DIR "/" + program;
  auto* const listing = popen(command.c_str(), "r");
  std::array<char, 4096> piece{};
  while (fgets(piece.data(), static_cast<int>(piece.size()), listing) != nullptr) {
    std::istringstream line(piece.data());
    std::string kind;
    std::string name;
    if (line >> kind >> name) names += "\n" + name.substr(0, name.find('@')) + "\n";
  }
  EXPECT_EQ(pclose(listing), 0);
  return names;
}

TEST(ProgramFile, CanOpenNoSocketAndLinksNothingOfTheServer) {
  auto const imports = importsOf("fundtrail-replay");
  ASSERT_NE(imports.find("\nfflush\n"), std::string::npos) << "it takes its names from the C library";
  for (auto const* name : {"socket", "connect", "bind", "listen", "accept", "accept4", "getaddrinfo"}) {
    EXPECT_EQ(imports.find("\n" + std::string(name) + "\n"), std::string::npos) << name;
  }
  EXPECT_EQ(imports.find("\ncurl_"), std::string::npos) << "libcurl is the ledger's, to ask witnesses";
}

TEST_F(Program, PrintsItsVersion) {
  EXPECT_TRUE(run("--version").out.starts_with("fundtrail-replay 0."));
}

TEST_F(Program, ProvesACleanLedgerNamedByItsDirectoryOrItsLog) {
  auto const named = ledger();
  for (auto const& directory : {named, path("ledger/log")}) {
    auto const ran = run("verify --log " + directory);
    EXPECT_EQ(ran.exitCode, 0) << ran.out << ran.err;
    EXPECT_TRUE(ran.out.ends_with("verdict: proven\n")) << ran.out;
    EXPECT_NE(ran.out.find(History::shared().simulation.ledgerId().text()), std::string::npos);
    EXPECT_NE(ran.out.find("the log's own word"), std::string::npos);
    EXPECT_EQ(ran.err, "");
  }
}

TEST_F(Program, SpeaksTheLanguageOfTheLocaleUnlessTold) {
  auto const log = "verify --log " + ledger();
  EXPECT_TRUE(run(log, "LC_ALL= LC_MESSAGES= LANG=zh_CN.UTF-8").out.ends_with("结论：账本得到完整证明\n"));
  EXPECT_TRUE(run(log, "LC_ALL=en_US.UTF-8 LANG=zh_CN.UTF-8").out.ends_with("verdict: proven\n"));
  EXPECT_TRUE(run(log + " --lang zh").out.ends_with("结论：账本得到完整证明\n"));
  EXPECT_TRUE(run("--lang zh " + log).out.ends_with("结论：账本得到完整证明\n"));
  EXPECT_NE(run("--help --lang zh").out.find("退出码"), std::string::npos);
  EXPECT_NE(run("verify --log " + path("absent") + " --lang zh").err.find("请核对路径"), std::string::npos);
}

TEST_F(Program, PrintsJsonCitiesOrNothing) {
  auto const log = "verify --until 2000-01-01 --log " + ledger(find(schema::Event::Which::TRANCHE_RECEIVED).batch + 1);
  auto const json = run(log + " --format json --threads 1");
  EXPECT_EQ(boost::json::parse(json.out).at("verdict").as_string(), "proven");
  EXPECT_NE(run(log + " --cities").out.find("744,000,000.00"), std::string::npos) << "the first tranche, all cities";
  auto const quiet = run(log + " --quiet");
  EXPECT_EQ(quiet.exitCode, 0);
  EXPECT_EQ(quiet.out + quiet.err, "");
}

TEST_F(Program, BelievesTheTrustFile) {
  auto const log = "verify --log " + ledger() + " --trust " + path("trust");
  std::ofstream(file("trust")) << "ledger " << History::shared().simulation.ledgerId().text() << "\n";
  auto const right = run(log);
  EXPECT_EQ(right.exitCode, 0);
  EXPECT_EQ(right.out.find("the log's own word"), std::string::npos);
  std::ofstream(file("trust")) << "ledger " << std::string(64, '0') << "\n";
  EXPECT_EQ(run(log).exitCode, 3);
  std::ofstream(file("trust")) << "nonsense\n";
  expectOneLineAndExitOne(run(log));
  fs::remove(file("trust"));
  expectOneLineAndExitOne(run(log));
}

TEST_F(Program, DoesNotTakeAShortenedLogForAWholeOne) {
  auto const directory = ledger(6);
  auto const whole = run("verify --log " + directory).out;
  auto const at = whole.find("checkpoint 6 ");
  ASSERT_NE(at, std::string::npos) << "the line to keep: " << whole;
  std::ofstream(file("trust")) << whole.substr(at, whole.find('\n', at) - at) << "\n";
  auto const trusted = "verify --trust " + path("trust") + " --log " + directory;
  EXPECT_EQ(run(trusted).exitCode, 0);

  fs::remove(file("ledger/log/CHECKPOINT"));
  auto const unknown = run("verify --log " + directory);
  EXPECT_EQ(unknown.exitCode, 3);
  EXPECT_NE(unknown.out.find("a shortened log cannot be told from a whole one"), std::string::npos) << unknown.out;
  EXPECT_EQ(run(trusted).exitCode, 0) << "the auditor knows its end";

  fs::remove_all(file("ledger"));
  ledger(4);  // as an older copy, its file and all
  EXPECT_EQ(run("verify --log " + directory).exitCode, 0);
  auto const cut = run(trusted);
  EXPECT_EQ(cut.exitCode, 3);
  EXPECT_NE(cut.out.find("the checkpoint that you brought covers 6 batches, the log holds 4"), std::string::npos)
      << cut.out;
}

TEST_F(Program, ExitsWithTwoForAnUnlawfulEvent) {
  auto const at = find(schema::Event::Which::TRANCHE_RECEIVED);
  auto const directory = ledger(at.batch);
  {
    auto const log = log::RocksDbLog::openForWriting(file("ledger/log")).value();
    auto const& original = History::shared().batches[at.batch].batch;
    write(*log, altered(
                    original, at.event,
                    [](schema::Event::Builder event) {
                      auto body = event.getTrancheReceived();
                      body.setAmountFen(100 * body.getAmountFen());
                    },
                    authorOf(original)));
    seal(*log);
  }
  auto const ran = run("verify --log " + directory);
  EXPECT_EQ(ran.exitCode, 2) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("rule F1 [rule]"), std::string::npos) << ran.out;
}

TEST_F(Program, SaysInOneLineWhatIsWrongWithThePath) {
  fs::create_directory(file("empty"));
  fs::create_directory(file("other"));
  std::ofstream(file("other/readme.txt")) << "not a ledger\n";
  expectOneLineAndExitOne(run("verify --log " + path("absent")));
  expectOneLineAndExitOne(run("verify --log " + path("empty")));
  expectOneLineAndExitOne(run("verify --log " + path("other")));
  expectOneLineAndExitOne(run("verify --log " + path("other/readme.txt")));
}

TEST_F(Program, SaysThatAnEmptyLogHoldsNoLedger) {
  expectOneLineAndExitOne(run("verify --log " + ledger(0)));
}

TEST_F(Program, ExitsWithOneForWrongUsageAndZeroForHelp) {
  EXPECT_EQ(run("").exitCode, 1);
  EXPECT_EQ(run("verify").exitCode, 1);
  EXPECT_EQ(run("verify --log x --format xml").exitCode, 1);
  EXPECT_EQ(run("prove --log x").exitCode, 1);
  EXPECT_EQ(run("--help").exitCode, 0);
  EXPECT_EQ(run("verify --help").exitCode, 0);
}

TEST_F(Program, ClaimsNothingOfALogThatCannotBeOpened) {
  auto const directory = ledger();
  fs::remove(file("ledger/log/CURRENT"));
  auto const ran = run("verify --log " + directory);
  EXPECT_EQ(ran.exitCode, 3) << ran.err;
  EXPECT_EQ(std::ranges::count(ran.out, '\n'), 2) << "the finding and the verdict: " << ran.out;
  EXPECT_EQ(ran.out.find("conserved"), std::string::npos) << ran.out;
}

/// Every file of the store, cut in half or taken away: never proven, never a crash.
TEST_F(Program, ATruncatedStoreIsNeverProven) {
  auto const directory = ledger();
  auto const log = file("ledger/log");
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator(log)) {
    auto const name = entry.path().filename().string();
    bool const holdsData = name == "CURRENT" || name.starts_with("MANIFEST-") || name.ends_with(".sst") ||
                           (name.ends_with(".log") && entry.file_size() > 0);
    if (holdsData) files.push_back(entry.path());
  }
  ASSERT_GE(files.size(), 3U);
  for (auto const& victim : files) {
    auto const safe = file("safe");
    fs::copy_file(victim, safe, fs::copy_options::overwrite_existing);
    fs::resize_file(victim, fs::file_size(victim) / 2);
    auto const cut = run("verify --log " + directory);
    EXPECT_TRUE(cut.exitCode == 3 || cut.exitCode == 1) << victim << " cut: " << cut.exitCode << cut.out << cut.err;
    fs::remove(victim);
    auto const gone = run("verify --log " + directory);
    EXPECT_TRUE(gone.exitCode == 3 || gone.exitCode == 1)
        << victim << " gone: " << gone.exitCode << gone.out << gone.err;
    fs::copy_file(safe, victim, fs::copy_options::overwrite_existing);
  }
  EXPECT_EQ(run("verify --log " + directory).exitCode, 0) << "each file was put back";
}

}  // namespace
}  // namespace fundtrail::replay

// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay trace, as an auditor calls it.

#include <filesystem>
#include <fstream>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "ledger/log/rocksdb_log.h"
#include "tests/replay/history.h"
#include "tests/replay/program.h"

namespace fundtrail::replay {
namespace {

using E = schema::Event::Which;

std::uint64_t numberOf(Found const& found) {
  std::uint64_t number = found.event;
  for (std::size_t i = 0; i < found.batch; ++i) number += History::shared().batches[i].batch.events.size();
  return number;
}

TEST_F(Program, TracesATrancheInBothLanguagesAndDrawsIt) {
  auto const first = numberOf(find(E::TRANCHE_ISSUED));
  auto const trace = "trace --until 2000-01-01 --log " + ledger(find(E::TRANCHE_RECEIVED).batch + 1) + " --tranche " +
                     std::to_string(first);
  auto const text = run(trace + " --svg " + path("flow.svg"));
  EXPECT_EQ(text.exitCode, 0) << text.err;
  EXPECT_NE(text.out.find("which is what was issued"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("fundtrail receipt " + std::to_string(first)), std::string::npos) << text.out;
  EXPECT_NE(run(trace + " --lang zh").out.find("与下达金额相符"), std::string::npos);
  EXPECT_EQ(boost::json::parse(run(trace + " --format json").out).at("verdict").as_string(), "proven");
  std::ifstream svg(file("flow.svg"));
  std::string line;
  std::getline(svg, line);
  EXPECT_TRUE(line.starts_with("<svg xmlns=")) << line;
}

TEST_F(Program, TracesExactlyOneThing) {
  auto const log = "trace --until 2000-01-01 --log " + ledger(4);
  expectOneLineAndExitOne(run(log));
  expectOneLineAndExitOne(run(log + " --tranche 1 --invoice 2"));
  expectOneLineAndExitOne(run(log + " --tranche nothing"));
  EXPECT_NE(run(log + " --payment 7 --lang zh").err.find("没有"), std::string::npos);
}

TEST_F(Program, TracesNothingOfALogThatWasTamperedWith) {
  auto const directory = ledger(find(E::TRANCHE_RECEIVED).batch + 1);
  std::filesystem::remove(file("ledger/log/CHECKPOINT"));
  auto const ran = run("trace --until 2000-01-01 --log " + directory + " --tranche " +
                       std::to_string(numberOf(find(E::TRANCHE_ISSUED))));
  EXPECT_EQ(ran.exitCode, 3);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("nothing is shown"), std::string::npos) << ran.err;
}

TEST_F(Program, TracesALogWithAnUnlawfulEventUpToItAndSaysSo) {
  auto const at = find(E::TRANCHE_RECEIVED);
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
  auto const ran = run("trace --until 2000-01-01 --log " + directory + " --tranche " +
                       std::to_string(numberOf(find(E::TRANCHE_ISSUED))));
  EXPECT_EQ(ran.exitCode, 2) << ran.err;
  EXPECT_NE(ran.err.find("only what stands before the first of them is shown"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("F1"), std::string::npos) << ran.err;
  EXPECT_NE(ran.out.find("not received"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace fundtrail::replay

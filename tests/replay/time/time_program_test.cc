// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay state and diff, as an auditor calls them.

#include <filesystem>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/replay/documented.h"
#include "tests/replay/history.h"
#include "tests/replay/program.h"

namespace fundtrail::replay {
namespace {

using E = schema::Event::Which;

TEST_F(Program, ShowsTheStateAtAPointInBothLanguagesAndAsJson) {
  auto const batches = find(E::TRANCHE_RECEIVED).batch + 1;
  auto const state = "state --until 2000-01-01 --log " + ledger(batches);
  auto const whole = run(state);
  EXPECT_EQ(whole.exitCode, 0) << whole.err;
  EXPECT_NE(whole.out.find("checkpoint of " + std::to_string(batches) + " batches"), std::string::npos) << whole.out;
  EXPECT_NE(run(state + " --lang zh").out.find("账本状态（元）"), std::string::npos);
  EXPECT_NE(run(state + " --at 2025-12-31 --known-at 3").out.find("the first 3 events"), std::string::npos);
  expectDocumented(run(state + " --format json").out);
  auto const json = boost::json::parse(run(state + " --at checkpoint:3 --format json").out);
  EXPECT_EQ(json.at("verdict").as_string(), "proven");
  EXPECT_EQ(json.at("basis").at("treeSize").as_int64(), 3);
  EXPECT_TRUE(json.at("disagreement").is_null());
  EXPECT_EQ(boost::json::parse(run(state + " --format json --city 441900").out).at("cities").as_array().size(), 1U);
  expectOneLineAndExitOne(run(state + " --at 999999"));
  expectOneLineAndExitOne(run(state + " --at soon"));
  expectOneLineAndExitOne(run(state + " --city Atlantis"));
  expectOneLineAndExitOne(run(state + " --at 3 --known-at 2"));
}

TEST_F(Program, ShowsWhatChangedBetweenTwoPoints) {
  auto const diff = "diff --until 2000-01-01 --log " + ledger(find(E::TRANCHE_RECEIVED).batch + 1);
  auto const text = run(diff + " --from 0");
  EXPECT_EQ(text.exitCode, 0) << text.err;
  EXPECT_NE(text.out.find("new tranche"), std::string::npos) << text.out;
  EXPECT_NE(run(diff + " --from 0 --lang zh").out.find("新批次"), std::string::npos);
  auto const json = boost::json::parse(run(diff + " --from checkpoint:3 --format json").out);
  expectDocumented(run(diff + " --from checkpoint:3 --format json").out);
  EXPECT_EQ(json.at("from").at("treeSize").as_int64(), 3);
  EXPECT_FALSE(json.at("events").as_array().empty());
  expectOneLineAndExitOne(run(diff + " --from 5 --to 3"));
  expectOneLineAndExitOne(run(diff));
}

TEST_F(Program, ShowsNoStateOfALogThatWasTamperedWith) {
  auto const directory = ledger();
  std::filesystem::remove(file("ledger/log/CHECKPOINT"));
  for (auto const* command : {"state", "diff --from 1"}) {
    auto const ran = run(std::string(command) + " --log " + directory);
    EXPECT_EQ(ran.exitCode, 3);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find("nothing is shown"), std::string::npos) << ran.err;
  }
}

}  // namespace
}  // namespace fundtrail::replay

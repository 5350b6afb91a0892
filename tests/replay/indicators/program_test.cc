// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay indicators, as an auditor calls it.
#include "tests/replay/program.h"

#include <fstream>
#include <iterator>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "replay/indicators/report.h"

namespace fundtrail::replay {
namespace {

class IndicatorsProgram : public Program {
 protected:
  std::string write(std::string const& name, std::string const& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
    return path(name);
  }
};

TEST_F(IndicatorsProgram, ExaminesAProvenLedger) {
  auto const log = ledger(History::shared().batches.size());
  auto const settings = write("settings.json", R"({"K18": {"off": "clock not kept"}, "K17": {"days": 3650}})");
  auto const ran = run("indicators --log " + log + " --format json --indicators " + settings);
  ASSERT_TRUE(ran.exitCode == 0 || ran.exitCode == 2) << ran.err;
  auto const json = boost::json::parse(ran.out).as_object();
  auto const& all = json.at("indicators").as_array();
  ASSERT_EQ(all.size(), 25U);
  std::size_t hits = 0;
  for (auto const& value : all) {
    auto const& indicator = value.as_object();
    hits += indicator.at("hits").as_array().size();
    auto const& id = indicator.at("id").as_string();
    if (id == "K18") {
      EXPECT_EQ(indicator.at("state"), "off");
      EXPECT_EQ(indicator.at("reason").as_object().at("en"), "clock not kept");
    } else if (id == "K10" || id == "K12") {
      EXPECT_EQ(indicator.at("state"), "notExamined");
    } else {
      EXPECT_EQ(indicator.at("state"), "examined") << id;
    }
    if (id == "K9" || id == "K15" || id == "K17") {
      EXPECT_GT(indicator.at("population").to_number<int>(), 0) << id;
    }
  }
  EXPECT_EQ(ran.exitCode, hits > 0 ? 2 : 0);
}

TEST_F(IndicatorsProgram, AnswersByItsExitCodeWhetherThereAreSigns) {
  auto const log = ledger(History::shared().batches.size());
  auto const strict = write("strict.json", R"({"K15": {"sitesPerDay": 0}})");
  auto const lenient = write("lenient.json", R"({"K15": {"sitesPerDay": 1000}})");
  EXPECT_EQ(run("indicators --log " + log + " --only K15 --indicators " + strict).exitCode, 2);
  EXPECT_EQ(run("indicators --log " + log + " --only K15 --indicators " + lenient).exitCode, 0);
}

TEST_F(IndicatorsProgram, ShowsNothingOfALogThatWasTamperedWith) {
  {
    fs::create_directories(file("ledger"));
    auto const log = log::RocksDbLog::create(file("ledger") / "log", crypto::HashAlgorithm::sha256).value();
    replay::write(*log, std::span(History::shared().batches).first(6));
    seal(*log, crypto::PrivateKey::generate(crypto::KeyAlgorithm::ed25519).value());
  }
  auto const ran = run("indicators --log " + path("ledger"));
  EXPECT_EQ(ran.exitCode, 3) << ran.err;
  EXPECT_EQ(ran.out.find("K1 "), std::string::npos) << ran.out;
  EXPECT_NE(ran.err.find("no indicators are shown"), std::string::npos) << ran.err;
}

TEST_F(IndicatorsProgram, SaysInOneLineWhyItCannotRun) {
  auto const log = ledger();
  auto const settings = write("settings.json", R"({"K9": {"off": ""}})");
  auto const registry = write("registry.csv", "uscc,kind\n");
  for (auto const& [arguments, words] : {
           std::pair<std::string, std::string>{"", "--log is missing"},
           {"--log " + log + " --only K9,K26", "--only: there is no indicator K26"},
           {"--log " + log + " --as-of 2026-02-30", "--as-of 2026-02-30: is no date"},
           {"--log " + log + " --indicators " + settings, "settings.json: K9.off: say why"},
           {"--log " + log + " --registry " + registry, "registry.csv: line 1: must name these columns"},
           {"--log " + log + " --format markdown-bilingual", "is for --list"},
       }) {
    auto const ran = run("indicators " + arguments);
    expectOneLineAndExitOne(ran);
    EXPECT_NE(ran.err.find(words), std::string::npos) << ran.err;
  }
}

TEST_F(IndicatorsProgram, ListsItsTable) {
  EXPECT_NE(run("indicators --list").out.find("K9   inflated price"), std::string::npos);
  EXPECT_NE(run("indicators --list --lang zh").out.find("K9   报价虚高"), std::string::npos);
}

TEST_F(IndicatorsProgram, WritesThePageOfIndicators) {
  std::ifstream in(FUNDTRAIL_SOURCE_DIR "/docs/INDICATORS.md", std::ios::binary);
  std::string const page{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(page, run("indicators --list --format markdown-bilingual").out)
      << "write it anew: build/dev/bin/fundtrail-replay indicators --list --format markdown-bilingual > "
         "docs/INDICATORS.md";
}

}  // namespace
}  // namespace fundtrail::replay

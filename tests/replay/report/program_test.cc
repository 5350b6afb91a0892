// SPDX-License-Identifier: Apache-2.0
// From a copy of a ledger to a signed conclusion on record, as an auditor types it.
#include "tests/replay/program.h"

#include <fstream>
#include <regex>
#include <sstream>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "ledger/simulation/simulation.h"

namespace fundtrail::replay {
namespace {

class ReportProgram : public Program {
 protected:
  std::string contentsOf(std::string const& name) const {
    std::ifstream in(file(name), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  Ran fundtrail(std::string const& arguments) const {
    auto const command = "FUNDTRAIL_PASSWORD=simulated LC_ALL=C '" FUNDTRAIL_BIN_DIR "/fundtrail' " + arguments + " >" +
                         path("out1") + " 2>" + path("err1") + " </dev/null";
    auto const status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contentsOf("out1"), contentsOf("err1")};
  }
};

TEST_F(ReportProgram, LeadsFromACopyToASignedConclusionOnRecord) {
  ASSERT_EQ(fundtrail("simulate --seed 4 --enterprises 20 --ledger " + path("ledger")).exitCode, 0);
  auto const log = " --log " + path("ledger");
  auto const made = run("report" + log + " --html " + path("report.html") + " --xlsx " + path("report.xlsx") +
                        " --json " + path("report.json") + " --conclusion " + path("conclusion.json"));
  ASSERT_TRUE(made.exitCode == 0 || made.exitCode == 2) << made.out << made.err;

  // The batch file binds the page, the log's size and its root.
  auto const report = boost::json::parse(contentsOf("report.json"));
  auto const batch = boost::json::parse(contentsOf("conclusion.json"));
  auto const& body = batch.at("events").at(0).at("auditConcluded");
  auto const page = contentsOf("report.html");
  auto const digest = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(page)).hex();
  EXPECT_EQ(body.at("reportDigest").as_string(), digest);
  EXPECT_NE(made.out.find(digest), std::string::npos) << made.out;
  EXPECT_EQ(body.at("rootHash"), report.at("verify").at("root"));
  EXPECT_EQ(body.at("treeSize").as_string(),
            std::to_string(report.at("verify").at("size").at("batches").to_number<std::uint64_t>()));
  auto const verdict = report.at("verdict").as_string();
  EXPECT_EQ(body.at("verdict").as_string(), verdict == "proven"      ? "clean"
                                            : verdict == "notProven" ? "notProven"
                                                                     : "findings");
  EXPECT_EQ(made.exitCode, verdict == "proven" ? 0 : 2);

  // The auditor signs it; it is on record, and shown.
  ledger::simulation::Simulation const simulation({.seed = 4, .enterprises = 20, .alone = false});
  std::ofstream(file("auditor.pem")) << simulation.keyOf("440000-auditor-1").toPem("simulated").value();
  auto const submitted =
      fundtrail("submit " + path("conclusion.json") + " --key " + path("auditor.pem") + " --ledger " + path("ledger"));
  ASSERT_EQ(submitted.exitCode, 0) << submitted.out << submitted.err;
  auto const event = report.at("verify").at("size").at("events").to_number<std::uint64_t>();
  auto const shown = fundtrail("show " + std::to_string(event) + " --ledger " + path("ledger"));
  EXPECT_EQ(shown.exitCode, 0) << shown.err;
  EXPECT_NE(shown.out.find(digest), std::string::npos) << shown.out;

  // What was exported balances, and the files of both bookkeeping formats are there.
  auto const exported = run("export" + log + " --hledger " + path("fund.journal") + " --gb24589 " + path("gb24589"));
  EXPECT_EQ(exported.exitCode, made.exitCode) << exported.out << exported.err;
  EXPECT_EQ(std::system(("LC_ALL=C.UTF-8 hledger -f " + path("fund.journal") + " check --strict").c_str()), 0);
  EXPECT_TRUE(fs::exists(file("gb24589/440100-2024/公共档案.xml")));
  EXPECT_TRUE(fs::exists(file("gb24589/440100-2024/总账.xml")));
}

TEST_F(ReportProgram, SaysInOneLineWhyItCannotRun) {
  auto const log = " --log " + ledger();
  expectOneLineAndExitOne(run("report" + log));
  expectOneLineAndExitOne(run("report" + log + " --json " + path("r") + " --conclusion " + path("c")));
  expectOneLineAndExitOne(run("report" + log + " --html " + path("r") + " --region 440103"));
  expectOneLineAndExitOne(run("report" + log + " --html " + path("r") + " --on soon"));
  expectOneLineAndExitOne(run("report" + log + " --html " + path("absent/r")));
  expectOneLineAndExitOne(run("export" + log));
  EXPECT_FALSE(fs::exists(file("r")));
}

TEST_F(ReportProgram, OfADamagedLogStillWritesAPageThatSaysSo) {
  auto const directory = ledger();
  for (auto const& each : fs::directory_iterator(file("ledger/log"))) {
    if (each.path().filename().string().starts_with("MANIFEST")) fs::resize_file(each.path(), 10);
  }
  auto const ran = run("report --log " + directory + " --html " + path("page") + " --json " + path("json"));
  EXPECT_EQ(ran.exitCode, 3) << ran.out << ran.err;
  EXPECT_NE(contentsOf("page").find("class=\"verdict tampered\""), std::string::npos);
  auto const json = boost::json::parse(contentsOf("json"));
  EXPECT_EQ(json.at("verdict").as_string(), "tampered");
  EXPECT_EQ(json.at("verify").at("findings").at(0).at("kind").as_string(), "damage");
  EXPECT_EQ(json.at("verify").at("parts").at(0).at("standing").as_string(), "notProven");
}

TEST_F(ReportProgram, ExportsNothingOfALogThatWasTamperedWith) {
  auto const directory = ledger();
  {
    auto const log = log::RocksDbLog::openForWriting(file("ledger/log")).value();
    seal(*log, crypto::PrivateKey::fromEd25519Seed({9}));  // a checkpoint by another key
  }
  auto const ran = run("export --log " + directory + " --hledger " + path("fund.journal"));
  EXPECT_EQ(ran.exitCode, 3) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("nothing was written"), std::string::npos) << ran.out;
  EXPECT_FALSE(fs::exists(file("fund.journal")));
}

}  // namespace
}  // namespace fundtrail::replay

// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay bundle: what a bundle holds beside the log is shown and taken out, and believed by nobody.

#include <fstream>
#include <string>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/attestation/attestations.h"
#include "ledger/bundle/export.h"
#include "ledger/files/files.h"
#include "tests/replay/program.h"

namespace fundtrail::replay {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace bundle = ledger::bundle;

class BundleProgram : public Program {
 protected:
  static constexpr std::size_t kBatches = 40;
  static inline std::string const kPolicy = "# the operator's witnesses\nquorum none\n";

  BundleProgram() {
    auto const log = logOf(kBatches);
    ledger::attestation::Attestations const beside(file("attestations"));
    auto const lock = beside.lock().value();
    crypto::ensure(beside.keep(earlier_, true) && beside.keep({earlier_, {1, 2, 3}}), "attestations are kept");
    bundle::Request request;
    request.policies = {kPolicy, "\x1b[2Jquorum none\n"};
    bundle::write(*log, beside, request, file("a.bundle")).value();
  }

  [[nodiscard]] std::string contents(std::string const& name) const {
    return ledger::files::readFile(file(name), 1'000'000).value();
  }

  std::string earlier_ = **logOf(20)->checkpoint();
};

TEST_F(BundleProgram, ShowsPoliciesAndTrustFileInBothLanguages) {
  auto const english = run("bundle " + path("a.bundle"));
  EXPECT_EQ(english.exitCode, 0) << english.err;
  for (auto const* words :
       {"bundle      from batch 0 on, up to the checkpoint of 40 batches",
        "checkpoint  of 20 batches, with 1 signature lines (not verified here",
        "time-stamp  of the checkpoint of 20 batches, 3 bytes (not verified here",
        "policy 1, what the exporter suggests to trust:\n    # the operator's witnesses\n    quorum none\n",
        "trust file, what the log says of itself:\n    ", "    checkpoint 40 ", "all of it is the exporter's word"}) {
    EXPECT_THAT(english.out, HasSubstr(words));
  }
  EXPECT_THAT(english.out, HasSubstr("(it is no policy: line 1: "));
  EXPECT_THAT(english.out, HasSubstr("(a line of 15 bytes that cannot be shown)"));
  EXPECT_THAT(english.out, Not(HasSubstr("\x1b"))) << "nothing that a terminal obeys";
  auto const chinese = run("bundle " + path("a.bundle") + " --lang zh");
  for (auto const* words : {"数据包    第 0 批起", "信任策略 1，导出方的建议：", "可信信息文件，日志自己的说法："}) {
    EXPECT_THAT(chinese.out, HasSubstr(words));
  }
}

TEST_F(BundleProgram, TakesEachOutAsItIsAndOverwritesNothing) {
  auto const command = "bundle " + path("a.bundle") + " --out " + path("taken");
  ASSERT_EQ(run(command).exitCode, 0);
  EXPECT_EQ(contents("taken/policy-1"), kPolicy);
  EXPECT_EQ(contents("taken/policy-2"), "\x1b[2Jquorum none\n");
  EXPECT_EQ(contents("taken/note-1"), earlier_);
  EXPECT_EQ(contents("taken/stamp-1.checkpoint"), earlier_);
  EXPECT_EQ(contents("taken/stamp-1.tst"), std::string("\1\2\3"));
  EXPECT_EQ(contents("taken/checkpoint"), **logOf(kBatches)->checkpoint());
  EXPECT_EQ(run("verify --log " + path("a.bundle") + " --until 2023-12-31 --trust " + path("taken/trust")).exitCode, 0)
      << "the trust file is one";
  expectOneLineAndExitOne(run(command));
}

TEST_F(BundleProgram, AsJsonHasTheTextsThatAreTexts) {
  auto const json = boost::json::parse(run("bundle " + path("a.bundle") + " --format json").out);
  EXPECT_EQ(json.at("batches").as_int64(), 40);
  EXPECT_EQ(json.at("bundles").at(0).at("from").as_int64(), 0);
  EXPECT_TRUE(json.at("bundles").at(0).at("city").is_null());
  EXPECT_EQ(json.at("policies").at(0).as_string(), kPolicy);
  EXPECT_TRUE(json.at("policies").at(1).is_null());
  EXPECT_EQ(json.at("stamps").at(0).at("token").as_string(), "AQID");
  EXPECT_EQ(json.at("notes").as_array().size(), 1U);
  EXPECT_THAT(std::string(json.at("trust").as_string()), HasSubstr("ledger "));
}

TEST_F(BundleProgram, SaysInOneLineWhyItCannotRun) {
  expectOneLineAndExitOne(run("bundle"));
  expectOneLineAndExitOne(run("bundle " + path("absent")));
  std::ofstream(file("no.bundle")) << "no bundle";
  expectOneLineAndExitOne(run("bundle " + path("no.bundle")));
}

}  // namespace
}  // namespace fundtrail::replay

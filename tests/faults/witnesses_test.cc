// SPDX-License-Identifier: Apache-2.0
// Fourteen cities' witnesses, each a process of its own, ten of which must cosign.

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/program.h"
#include "tests/support/city_witness.h"

namespace fundtrail::tests {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

constexpr int kWitnesses = 14;
constexpr int kNeeded = 10;

class FourteenWitnesses : public CliTest, public testing::WithParamInterface<char const*> {
 protected:
  FourteenWitnesses() : CliTest(GetParam()) {
    auto const said = replay({"verify", "--log", ledger_.string(), "--format", "json"});
    auto const vkey = json::parse(said.out).at("ledger").at("logVkeys").as_array().at(0).as_string();
    auto const log = "log " + std::string(vkey) + "\n";
    writeText(path("logs"), log + "quorum none\n");
    std::string members;
    std::string lines;
    for (int i = 0; i < kWitnesses; ++i) {
      auto& witness = witnesses_.emplace_back(directory_, fmt::format("city-{}", i), algorithm(), kPassword);
      witness.start(path("logs"));
      lines += witness.policyLine();
      members += " " + witness.name();
    }
    writeText(path("policy"), log + lines + fmt::format("group cities {}{}\nquorum cities\n", kNeeded, members));
  }

  std::string path(std::string const& file) const { return (directory_ / file).string(); }
  static std::string algorithm() { return std::string_view(GetParam()) == "gm" ? "sm2" : "ed25519"; }

  static Ran replay(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), FUNDTRAIL_BIN_DIR "/fundtrail-replay");
    return execute(std::move(arguments), {});
  }

  void kill(std::size_t first, std::size_t last) {
    for (auto i = first; i < last; ++i) witnesses_[i].kill();
  }

  json::object ask(int exit) const {
    auto const ran = onLedger({"witness", "--policy", path("policy"), "--format", "json"});
    EXPECT_EQ(ran.exit, exit) << ran.out << ran.err;
    return json::parse(ran.out).as_object();
  }

  /// Records one more event.
  void record() {
    auto const batch = fmt::format(
        R"({{"events": [{{"occurredOn": 20260105, "keyEnrolled": {{"person": "p{}", "personName": "P", "organisation": "office",
            "algorithm": "{}", "publicKey": "{}"}}}}]}})",
        ++recorded_, algorithm(), publicKey());
    auto const ran = submit(batch, "security-admin-1");
    ASSERT_EQ(ran.exit, 0) << ran.out << ran.err;
  }

  std::string publicKey() {
    auto const file = path(fmt::format("new-{}.pem", recorded_));
    auto const made = fundtrail({"keygen", "--out", file, "--algorithm", algorithm()});
    constexpr std::string_view kBefore = "to enrol    ";
    auto const at = made.out.find(kBefore);
    EXPECT_NE(at, std::string::npos) << made.out;
    auto const line = made.out.substr(at + kBefore.size());
    return line.substr(0, line.find('\n'));
  }

  /// The receipt of the newest event, verified by the policy: 0 where enough have witnessed, 2 where too few.
  int receiptExit() {
    auto const status = this->status();
    auto const events = status.at("basis").at("position").to_number<std::uint64_t>();
    auto const file = path(fmt::format("receipt-{}", ++receipts_));
    auto const made = onLedger({"receipt", std::to_string(events - 1), "--out", file});
    EXPECT_EQ(made.exit, 0) << made.err;
    return replay({"receipt", file, "--trust", path("policy")}).exit;
  }

  std::vector<CityWitness> witnesses_;
  int recorded_ = 0;
  int receipts_ = 0;
};

TEST_P(FourteenWitnesses, TenAreEnoughNineAreNotAndARestartHeals) {
  EXPECT_EQ(receiptExit(), 2) << "nobody was asked yet";
  auto const all = ask(0);
  EXPECT_EQ(all.at("reached"), 14);
  EXPECT_EQ(all.at("lagBatches"), 0);
  EXPECT_EQ(receiptExit(), 0);

  kill(0, 4);
  record();
  EXPECT_EQ(receiptExit(), 2) << "the new event is not witnessed yet";
  auto const ten = ask(0);
  EXPECT_EQ(ten.at("reached"), 10);
  EXPECT_EQ(ten.at("witnesses").at(0).at("result"), "unreachable");
  EXPECT_EQ(receiptExit(), 0);

  kill(4, 5);
  record();
  auto const nine = ask(2);
  EXPECT_EQ(nine.at("reached"), 9);
  EXPECT_EQ(nine.at("lagBatches"), 1);
  EXPECT_EQ(nine.at("witnessedSize").as_int64() + 1, nine.at("size").as_int64());
  EXPECT_EQ(nine.at("witnessedTime"), ten.at("witnessedTime"));
  EXPECT_EQ(receiptExit(), 2);
  record();  // nothing else stops
  EXPECT_EQ(onLedger({"spine", "export", path("spine")}).exit, 0);
  EXPECT_EQ(replay({"fsck", "--spine", path("spine"), "--log", ledger_.string()}).exit, 0);

  for (std::size_t i = 0; i < 5; ++i) witnesses_[i].start(path("logs"));
  EXPECT_EQ(ask(0).at("reached"), 14);
  EXPECT_EQ(receiptExit(), 0);
  for (auto& witness : witnesses_) EXPECT_EQ(witness.terminate(), 0);
}

INSTANTIATE_TEST_SUITE_P(Profiles, FourteenWitnesses, testing::Values("standard", "gm"),
                         [](auto const& profile) { return std::string(profile.param); });

}  // namespace
}  // namespace fundtrail::tests

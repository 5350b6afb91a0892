// SPDX-License-Identifier: Apache-2.0
// Fourteen cities' witnesses, each a process of its own, ten of which must cosign.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/program.h"
#include "tests/support/process.h"

namespace fundtrail::tests {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

constexpr int kWitnesses = 14;
constexpr int kNeeded = 10;

class FourteenWitnesses : public CliTest {
 protected:
  FourteenWitnesses() {
    auto const said = replay({"verify", "--log", ledger_.string(), "--format", "json"});
    auto const vkey = json::parse(said.out).at("ledger").at("logVkeys").as_array().at(0).as_string();
    log_ = "log " + std::string(vkey) + "\n";
    writeText(path("logs"), log_ + "quorum none\n");
    for (int i = 0; i < kWitnesses; ++i) {
      EXPECT_EQ(fundtrail({"keygen", "--out", path(name(i) + ".pem")}).exit, 0);
      auto const vkeyOf = execute(witness("vkey", i), environment());
      EXPECT_EQ(vkeyOf.exit, 0) << vkeyOf.err;
      vkeys_.push_back(vkeyOf.out.substr(0, vkeyOf.out.find('\n')));
      processes_.push_back(start(i, "127.0.0.1:0"));
    }
    writePolicy();
  }

  static std::string name(int number) { return fmt::format("city-{}", number); }
  std::string path(std::string const& file) const { return (directory_ / file).string(); }
  static std::map<std::string, std::string> environment() { return {{"FUNDTRAIL_PASSWORD", kPassword}}; }

  static Ran replay(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), FUNDTRAIL_BIN_DIR "/fundtrail-replay");
    return execute(std::move(arguments), {});
  }

  std::vector<std::string> witness(std::string const& command, int number) const {
    return {FUNDTRAIL_BIN_DIR "/fundtrail-witness",
            command,
            "--lang",
            "en",
            "--name",
            name(number) + ".example",
            "--key",
            path(name(number) + ".pem")};
  }

  Process start(int number, std::string const& listen) {
    auto command = witness("serve", number);
    command.insert(command.end(), {"--state", path(name(number)), "--logs", path("logs"), "--listen", listen});
    Process process(std::move(command), environment());
    auto const line = process.readLine();
    EXPECT_THAT(line, HasSubstr("listening on http://127.0.0.1:"));
    urls_.resize(kWitnesses);
    urls_[static_cast<std::size_t>(number)] = line.substr(line.rfind(' ') + 1);
    return process;
  }

  void writePolicy() const {
    auto text = log_;
    std::string members;
    for (int i = 0; i < kWitnesses; ++i) {
      auto const at = static_cast<std::size_t>(i);
      text += fmt::format("witness {} {} {}\n", name(i), vkeys_[at], urls_[at]);
      members += " " + name(i);
    }
    writeText(path("policy"), text + fmt::format("group cities {}{}\nquorum cities\n", kNeeded, members));
  }

  void kill(int first, int last) {
    for (int i = first; i < last; ++i) processes_[static_cast<std::size_t>(i)].kill();
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
            "algorithm": "ed25519", "publicKey": "{}"}}}}]}})",
        ++recorded_, publicKey());
    auto const ran = submit(batch, "security-admin-1");
    ASSERT_EQ(ran.exit, 0) << ran.out << ran.err;
  }

  std::string publicKey() {
    auto const file = path(fmt::format("new-{}.pem", recorded_));
    auto const made = fundtrail({"keygen", "--out", file});
    auto const at = made.out.find("302a30");
    EXPECT_NE(at, std::string::npos) << made.out;
    return made.out.substr(at, 88);
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

  std::string log_;
  std::vector<std::string> vkeys_;
  std::vector<std::string> urls_;
  std::vector<Process> processes_;
  int recorded_ = 0;
  int receipts_ = 0;
};

TEST_F(FourteenWitnesses, TenAreEnoughNineAreNotAndARestartHeals) {
  EXPECT_EQ(receiptExit(), 2) << "nobody was asked yet";
  EXPECT_EQ(ask(0).at("reached"), 14);
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
  EXPECT_LT(nine.at("witnessedSize").as_int64(), nine.at("size").as_int64()) << "the lag is told";
  EXPECT_EQ(receiptExit(), 2);
  record();  // nothing else stops
  EXPECT_EQ(onLedger({"spine", "export", path("spine")}).exit, 0);
  EXPECT_EQ(replay({"fsck", "--spine", path("spine"), "--log", ledger_.string()}).exit, 0);

  for (int i = 0; i < 5; ++i) {
    auto const url = urls_[static_cast<std::size_t>(i)];
    processes_[static_cast<std::size_t>(i)] = start(i, url.substr(url.rfind('/') + 1));
  }
  EXPECT_EQ(ask(0).at("reached"), 14);
  EXPECT_EQ(receiptExit(), 0);
  for (auto& process : processes_) EXPECT_EQ(process.terminate(), 0);
}

}  // namespace
}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
// fundtrail with --server, against fundtraild, as people use them.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/program.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/support/process.h"

namespace fundtrail::tests {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kAuditor[] = "440000-auditor-1";
constexpr char kClerk[] = "440100-ind-clerk-1";

/// A simulated ledger, made once.
fs::path const& pattern() {
  static fundtrail::testing::TemporaryDirectory const directory;
  static fs::path const ledger = [] {
    auto path = directory / "pattern";
    auto const made =
        run({"simulate", "--seed", "3", "--enterprises", "30", "--ledger", path.string()}, {{"LANG", "C"}});
    EXPECT_EQ(made.exit, 0) << made.err;
    return path;
  }();
  return ledger;
}

/// A unified social credit code of Yuexiu, by number.
std::string creditCode(unsigned number) {
  constexpr std::string_view kDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  constexpr unsigned kWeights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
  auto code = fmt::format("91440104MA{:07}", number);
  unsigned sum = 0;
  for (std::size_t i = 0; i < code.size(); ++i) sum += static_cast<unsigned>(kDigits.find(code[i])) * kWeights[i];
  return code + kDigits[(31 - sum % 31) % 31];
}

std::string registration(unsigned number) {
  return fmt::format(
      R"({{"events": [{{"occurredOn": 20260713, "organisationRegistered": {{"uscc": "{}", "name": "某某{}公司",
  "kind": "enterprise", "region": 440104, "industry": "3561", "staff": 18, "annualRevenueFen": "9400000",
  "accounts": [{{"number": "442015035{:08}", "name": "某某{}公司", "bank": "105584000021", "bankName": "某行"}}]}}}}]}})",
      creditCode(number), number, number, number);
}

class Remote : public ::testing::Test {
 protected:
  Remote() {
    fs::copy(pattern(), ledger_, fs::copy_options::recursive);
    server_ = serve("127.0.0.1:0");
  }

  Process serve(std::string const& listen) {
    Process process({"/bin/sh", "-c", "exec \"$@\" 2>>" + (directory_ / "server.log").string(), "sh",
                     FUNDTRAIL_BIN_DIR "/fundtraild", "serve", "--lang", "en", "--ledger", ledger_.string()},
                    {{"FUNDTRAIL_SERVER_LISTEN", listen}, {"FUNDTRAIL_ACCESS_REQUESTS_PER_ADDRESS", "0"}});
    for (auto line = process.readLine(); !line.empty(); line = process.readLine()) {
      if (!line.starts_with("listening on ")) continue;
      url_ = line.substr(line.find("https"));
      return process;  // it says no more while it serves
    }
    ADD_FAILURE() << "it did not start: " << readText(directory_ / "server.log");
    return process;
  }
  /// The same place again, after it was killed.
  void serveAgain() { server_ = serve(url_.substr(url_.find("//") + 2)); }

  Ran fundtrail(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--lang", "en"});
    return run(arguments, {{"FUNDTRAIL_PASSWORD", "simulated"}, {"XDG_STATE_HOME", (directory_ / "state").string()}});
  }
  Ran atServer(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--server", url_});
    return fundtrail(std::move(arguments));
  }
  Ran inDirectory(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--ledger", ledger_.string()});
    return fundtrail(std::move(arguments));
  }
  std::string key(std::string const& person) const { return (ledger_ / "keys" / (person + ".pem")).string(); }
  std::string certificate() const { return (ledger_ / "tls" / "self-signed.pem").string(); }
  Ran login(std::string const& person) const {
    return atServer({"login", "--key", key(person), "--certificate", certificate()});
  }
  std::vector<std::string> files(unsigned count) const {
    std::vector<std::string> names;
    for (unsigned i = 0; i < count; ++i) {
      names.push_back((directory_ / fmt::format("{:03}.json", i)).string());
      writeText(names.back(), registration(i));
    }
    return names;
  }

  fundtrail::testing::TemporaryDirectory directory_;
  fs::path ledger_ = directory_ / "ledger";
  std::string url_;
  Process server_{{"/bin/true"}, {}};
};

TEST_F(Remote, ShowsWhatTheLedgerShowsToWhoMaySeeAllOfIt) {
  ASSERT_EQ(login(kAuditor).exit, 0);
  auto const payments = json::parse(inDirectory({"payments", "--format", "json"}).out).at("payments").as_array();
  ASSERT_FALSE(payments.empty());
  auto const payment = json::serialize(payments[0].at("event"));
  std::string const enterprise(payments[0].at("enterprise").as_string());
  std::vector<std::vector<std::string>> const commands{{"status"},
                                                       {"status", "--city", "广州"},
                                                       {"status", "--on", "2025-01-31", "--kind", "prepayment"},
                                                       {"status", "--as-of", "2000"},
                                                       {"progress"},
                                                       {"payments"},
                                                       {"payments", "--stage", "settled", "--city", "441900"},
                                                       {"payments", "--stage", "reviewed", "--as-of", "0"},
                                                       {"payment", payment},
                                                       {"enterprise", enterprise},
                                                       {"worklist", "--role", "cityIndustryReviewer"}};
  for (auto const& command : commands) {
    for (auto const* const format : {"table", "json", "csv"}) {
      auto formatted = command;
      formatted.insert(formatted.end(), {"--format", format});
      auto const remote = atServer(formatted);
      auto const local = inDirectory(formatted);
      EXPECT_EQ(remote.exit, 0) << command[0] << ' ' << remote.err;
      EXPECT_EQ(remote.out, local.out) << command[0] << ' ' << format;
    }
  }
  for (auto const* const format : {"text", "json"}) {
    EXPECT_EQ(atServer({"show", payment, "--format", format}).out,
              inDirectory({"show", payment, "--format", format}).out);
  }
}

TEST_F(Remote, TrustsNoServerThatItDoesNotKnow) {
  auto const ran = atServer({"status"});
  expectFails(ran, "certificate");
  EXPECT_THAT(ran.err, HasSubstr("fundtrail login --certificate FILE"));
}

TEST_F(Remote, SaysHowToSignInWhereThatIsNeeded) {
  ASSERT_EQ(login(kClerk).exit, 0);
  EXPECT_THAT(atServer({"whoami"}).out, AllOf(StartsWith(kClerk), HasSubstr("cityIndustryClerk  region 440100")));
  EXPECT_EQ(atServer({"logout"}).exit, 0);
  EXPECT_EQ(login(kClerk).exit, 0);
  // A server that was started anew has forgotten who had signed in.
  server_.kill();
  serveAgain();
  expectFails(atServer({"payments"}), "To sign in: fundtrail login --server " + url_);
}

TEST_F(Remote, AKeyThatIsNotEnrolledSignsNobodyIn) {
  ASSERT_EQ(fundtrail({"keygen", "--out", (directory_ / "nobody.pem").string()}).exit, 0);
  auto const ran = atServer({"login", "--key", (directory_ / "nobody.pem").string(), "--certificate", certificate()});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.err, HasSubstr("not enrolled"));
  expectFails(atServer({"whoami"}), "");
}

TEST_F(Remote, RecordsWhatTheKeySignsAndGivesItsReceipt) {
  ASSERT_EQ(login(kClerk).exit, 0);
  auto const file = files(1)[0];
  auto const before = json::parse(inDirectory({"status", "--format", "json"}).out).at("basis").at("position");
  EXPECT_THAT(atServer({"submit", file, "--key", key(kClerk), "--dry-run"}).out, HasSubstr("nothing was recorded"));
  auto const ran = atServer({"submit", file, "--key", key(kClerk)});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(StartsWith("batch "), HasSubstr("organisation registered")));
  EXPECT_THAT(atServer({"submit", file, "--key", key(kClerk)}).out, HasSubstr("handed in this file before"));
  EXPECT_EQ(json::parse(atServer({"status", "--format", "json"}).out).at("basis").at("position").to_number<int>(),
            before.to_number<int>() + 1);

  ASSERT_EQ(login(kAuditor).exit, 0);
  auto const receipt = (directory_ / "receipt").string();
  auto const made = atServer({"receipt", json::serialize(before), "--out", receipt});
  ASSERT_EQ(made.exit, 0) << made.err;
  // Of this log alone; the simulation has no witnesses here.
  auto const said =
      execute({FUNDTRAIL_BIN_DIR "/fundtrail-replay", "verify", "--log", ledger_.string(), "--format", "json"}, {});
  auto const vkey = json::parse(said.out).at("ledger").at("logVkeys").as_array().at(0).as_string();
  auto const policy = (directory_ / "policy").string();
  writeText(policy, "log " + std::string(vkey) + "\nquorum none\n");
  auto const verified =
      execute({FUNDTRAIL_BIN_DIR "/fundtrail-replay", "receipt", receipt, "--trust", policy, "--lang", "en"}, {});
  EXPECT_EQ(verified.exit, 0) << verified.out << verified.err;
}

TEST_F(Remote, ARefusalNamesItsRule) {
  ASSERT_EQ(login(kClerk).exit, 0);
  auto const file = files(1)[0];
  ASSERT_EQ(atServer({"submit", file, "--key", key(kClerk)}).exit, 0);
  auto const again = atServer({"submit", file, "--key", key(kClerk), "--again", "1"});
  EXPECT_EQ(again.exit, 2) << again.out;
  EXPECT_THAT(again.err, AllOf(StartsWith("refused: "), HasSubstr("rule ")));
}

TEST_F(Remote, SignsNothingButWhatTheFileSays) {
  ASSERT_EQ(login(kAuditor).exit, 0);
  // The key decides who is the author, whoever has signed in.
  auto const ran = atServer({"submit", files(1)[0], "--key", key(kClerk)});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(atServer({"events", "--last", "1"}).out, HasSubstr(kClerk));
}

TEST_F(Remote, ManyFilesGoOnAfterTheServerWasKilledAndEachIsRecordedOnce) {
  ASSERT_EQ(login(kClerk).exit, 0);
  auto const all = files(60);
  std::vector<std::string> command{"submit"};
  command.insert(command.end(), all.begin(), all.end());
  command.insert(command.end(), {"--key", key(kClerk)});
  Ran ran;
  std::thread client([&] { ran = atServer(command); });
  // Killed once some were recorded.
  auto const recorded = [&] { return fs::file_size(directory_ / "server.log"); };
  auto const start = recorded();
  while (recorded() < start + 4'000) std::this_thread::yield();
  server_.kill();
  serveAgain();
  client.join();
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("files recorded"));
  EXPECT_THAT(atServer(command).out, HasSubstr("0 files recorded, 60 were on record before"));
  EXPECT_EQ(server_.terminate(), 0);
  auto const events = json::parse(inDirectory({"events", "--by", kClerk, "--type", "organisationRegistered", "--last",
                                               "1000", "--with", "某某", "--format", "json"})
                                      .out)
                          .at("events")
                          .as_array();
  EXPECT_EQ(events.size(), 60U);
  auto const proof =
      execute({FUNDTRAIL_BIN_DIR "/fundtrail-replay", "verify", "--log", ledger_.string(), "--lang", "en"}, {});
  EXPECT_EQ(proof.exit, 0) << proof.out;
}

TEST_F(Remote, WatchShowsEachStep) {
  ASSERT_EQ(login(kClerk).exit, 0);
  Process watch(
      {FUNDTRAIL_BIN_DIR "/fundtrail", "watch", "--server", url_, "--count", "2", "--format", "json", "--lang", "en"},
      {{"XDG_STATE_HOME", (directory_ / "state").string()}});
  auto const first = json::parse(watch.readLine()).at("position").to_number<int>();
  ASSERT_EQ(atServer({"submit", files(1)[0], "--key", key(kClerk)}).exit, 0);
  EXPECT_EQ(json::parse(watch.readLine()).at("position").to_number<int>(), first + 1);
  EXPECT_THAT(watch.readLine(), IsEmpty()) << "it ended";
}

TEST_F(Remote, NamesALedgerOrAServer) {
  expectFails(fundtrail({"status"}), "--ledger DIR, or --server URL");
  expectFails(atServer({"status", "--ledger", ledger_.string()}), "one of the two");
  expectFails(fundtrail({"status", "--server", "http://127.0.0.1:1"}), "https://host:port");
}

}  // namespace
}  // namespace fundtrail::tests

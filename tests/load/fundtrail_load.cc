// SPDX-License-Identifier: Apache-2.0
// fundtrail-load [--clients N] [--seconds S] [--kills N] [--directory DIR]
//
// Many clients write to fundtraild and read from it at once, while it is killed (SIGKILL) now and then and started
// again on the same ledger. Each client hands in what it got no answer for until it is acknowledged, by the same
// idempotency key. Afterwards the replay proves the ledger, and every acknowledged batch must be there exactly once, by
// each client's own receipts. The exit code is 0 if so.
#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "crypto/keys.h"
#include "tests/load/clients.h"
#include "tests/load/verification.h"
#include "tests/support/clerks.h"
#include "tests/support/daemon.h"
#include "tests/support/https.h"

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
namespace crypto = fundtrail::crypto;
namespace domain = fundtrail::ledger::domain;
using fundtrail::tests::Account;
using fundtrail::tests::Behaviour;
using fundtrail::tests::Clerks;
using fundtrail::tests::Clients;
using fundtrail::tests::Daemon;
using fundtrail::tests::HttpAsk;
using fundtrail::tests::HttpsClient;
using fundtrail::tests::programAt;
using std::chrono::steady_clock;

struct Plan {
  unsigned clients = 1000;
  unsigned seconds = 120;
  unsigned kills = 3;
  unsigned pause = 0;
  unsigned reads = 1;
  fs::path directory = fs::temp_directory_path() / "fundtrail-load";
};

template <class... Args>
void say(fmt::format_string<Args...> text, Args&&... args) {
  fmt::print("{}\n", fmt::format(text, std::forward<Args>(args)...));
  std::fflush(stdout);
}

double secondsSince(steady_clock::time_point begin) {
  return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

std::string textOf(fs::path const& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Runs a program of this build to its end, what it prints in a file.
int runProgram(std::string const& command) {
  auto const status = std::system(command.c_str());  // the command holds nothing that came from outside
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// A port that is free, and that the system gives to no client: who tries to reach a server that is down might else be
/// given its port, and speak with itself.
std::uint16_t quietPort() {
  constexpr std::uint16_t kFirst = 20'000;
  constexpr std::uint16_t kLast = 32'000;
  for (auto port = static_cast<std::uint16_t>(kFirst + ::getpid() % 10'000); port < kLast; ++port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool const free = ::bind(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    ::close(socket);
    if (free) return port;
  }
  throw std::runtime_error("no port is free");
}

class Load {
 public:
  explicit Load(Plan plan) : plan_(std::move(plan)) {
    fs::remove_all(plan_.directory);
    fs::create_directories(plan_.directory);
    auto const made =
        runProgram(fmt::format("{} simulate --seed 3 --enterprises 30 --ledger '{}' >'{}'", programAt("fundtrail"),
                               ledger().string(), (plan_.directory / "simulate").string()));
    if (made != 0) throw std::runtime_error("the ledger cannot be made");
    auto const limit = std::to_string(plan_.clients + 24);
    environment_ = {{"FUNDTRAIL_SERVER_LISTEN", fmt::format("127.0.0.1:{}", quietPort())},
                    {"FUNDTRAIL_SERVER_CONNECTIONS", limit},
                    {"FUNDTRAIL_SERVER_CONNECTIONS_PER_ADDRESS", limit},
                    {"FUNDTRAIL_ACCESS_REQUESTS_PER_ADDRESS", "0"},
                    {"FUNDTRAIL_LOG_LEVEL", "warning"}};
  }

  /// Whether everything holds.
  bool run() {
    Daemon daemon(ledger(), log(), environment_);
    auto const clerks = appointed(daemon.port());
    auto const begin = steady_clock::now();
    Clients clients(clerks, daemon.port(), {std::chrono::milliseconds(plan_.pause), plan_.reads});
    for (unsigned kill = 1; kill <= plan_.kills; ++kill) {
      std::this_thread::sleep_until(begin +
                                    std::chrono::milliseconds(1000UL * plan_.seconds * kill / (plan_.kills + 1)));
      auto const down = steady_clock::now();
      daemon.kill();
      daemon = Daemon(ledger(), log(), environment_);
      say("killed after {:.1f} s, serving again {:.2f} s later", std::chrono::duration<double>(down - begin).count(),
          secondsSince(down));
    }
    std::this_thread::sleep_until(begin + std::chrono::seconds(plan_.seconds));
    auto const accounts = clients.finish();
    auto const took = secondsSince(begin);
    auto const memory = daemon.memory();
    bool const ended = daemon.terminate() == 0;
    say("fundtraild {}; at most {} MiB of memory since its last start",
        ended ? "ended in order" : "DID NOT END IN ORDER", memory.most >> 20U);
    tell(accounts, took);
    return verify(clerks, accounts) && ended;
  }

 private:
  [[nodiscard]] fs::path ledger() const { return plan_.directory / "ledger"; }
  [[nodiscard]] fs::path log() const { return plan_.directory / "log"; }

  [[nodiscard]] crypto::PrivateKey keyOf(std::string const& person) const {
    return crypto::PrivateKey::fromPem(textOf(ledger() / "keys" / (person + ".pem")), "simulated").value();
  }

  /// As many clerks as there are clients, enrolled by the front door.
  [[nodiscard]] Clerks appointed(std::uint16_t port) const {
    HttpsClient client(port);
    auto const known = json::parse(client.ask({"GET", "/v1/ledger"}).value().body).as_object();
    auto const id = domain::LedgerId::parse(known.at("ledger").as_string()).value();
    Clerks clerks(id, crypto::HashAlgorithm::sha256, plan_.clients);
    auto const batches = clerks.appointment(keyOf("440000-security-admin-1"), keyOf("440000-security-admin-2"),
                                            fundtrail::tests::wallClock());
    for (auto const& batch : batches) {
      auto const answer = client.exchange(fundtrail::tests::requestOf(batch)).value();
      if (answer.status != 201) throw std::runtime_error("a clerk is not appointed: " + answer.body);
    }
    return clerks;
  }

  void tell(std::vector<Account> const& accounts, double took) const {
    std::vector<float> times;
    std::size_t reads = 0;
    std::size_t retries = 0;
    std::size_t again = 0;
    std::size_t fewest = accounts.front().acknowledged.size();
    for (auto const& account : accounts) {
      times.insert(times.end(), account.writeMilliseconds.begin(), account.writeMilliseconds.end());
      reads += account.reads;
      retries += account.retries;
      again += account.again;
      fewest = std::min(fewest, account.acknowledged.size());
    }
    std::ranges::sort(times);
    auto const at = [&](double share) {
      return times.empty() ? 0.F : times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    say("{} clients, {:.0f} s: {} batches acknowledged ({:.0f} /s), {} answers read ({:.0f} /s)", accounts.size(), took,
        times.size(), static_cast<double>(times.size()) / took, reads, static_cast<double>(reads) / took);
    say("each client had at least {} acknowledged; p50 {:.0f} ms, p99 {:.0f} ms, slowest {:.0f} ms, kills included",
        fewest, at(0.5), at(0.99), at(1));
    say("{} attempts had no answer and were repeated; {} batches had been recorded nevertheless, and were found again",
        retries, again);
  }

  [[nodiscard]] bool verify(Clerks const& clerks, std::vector<Account> const& accounts) const {
    auto const begin = steady_clock::now();
    auto const report = plan_.directory / "verify.json";
    auto const proof = runProgram(fmt::format("{} verify --log '{}' --format json >'{}'", programAt("fundtrail-replay"),
                                              ledger().string(), report.string()));
    say("fundtrail-replay verify: exit code {}, {} ({:.1f} s)", proof, proof == 0 ? "proven" : "NOT PROVEN",
        secondsSince(begin));
    auto const parsed = json::parse(textOf(report)).as_object();
    std::string const vkey(parsed.at("ledger").at("logVkeys").at(0).as_string());
    auto const verifying = steady_clock::now();
    auto const verified = fundtrail::tests::verifyAccounts(ledger() / "log", vkey, clerks, accounts);
    say("{} batches of the clients in the log, {} receipts verified ({:.1f} s): {}", verified.batches,
        verified.receipts, secondsSince(verifying),
        verified.faults.empty() ? "every acknowledged batch is there exactly once" : "FAULTS");
    for (auto const& fault : verified.faults) say("  {}", fault);
    return proof == 0 && verified.faults.empty() && verified.batches > 0;
  }

  Plan plan_;
  std::map<std::string, std::string> environment_;
};

}  // namespace

int main(int argc, char** argv) {
  Plan plan;
  bool keep = false;
  CLI::App app("Clients write to fundtraild and read from it while it is killed and started again");
  app.add_option("--clients", plan.clients, "clients at once")->check(CLI::Range(1U, Clerks::kMost));
  app.add_option("--seconds", plan.seconds, "for how long")->check(CLI::Range(1, 3600));
  app.add_option("--kills", plan.kills, "how often fundtraild is killed")->check(CLI::Range(0, 100));
  app.add_option("--pause", plan.pause, "milliseconds that a client rests after each batch")
      ->check(CLI::Range(0, 60'000));
  app.add_option("--reads", plan.reads, "questions that a client asks after each batch")->check(CLI::Range(0, 100));
  app.add_option("--directory", plan.directory, "where the ledger is made, and removed afterwards");
  app.add_flag("--keep", keep, "leave the ledger there");
  CLI11_PARSE(app, argc, argv);
  auto const directory = plan.directory;
  try {
    bool const holds = Load(std::move(plan)).run();
    if (!keep && holds) fs::remove_all(directory);
    return holds ? EXIT_SUCCESS : EXIT_FAILURE;
  } catch (std::exception const& exception) {
    fmt::print(stderr, "fundtrail-load: {}\n", exception.what());
    return EXIT_FAILURE;
  }
}

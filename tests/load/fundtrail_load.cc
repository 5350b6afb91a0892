// SPDX-License-Identifier: Apache-2.0
// fundtrail-load [--clients N] [--seconds S] [--kills N] [--directory DIR]
//
// Many clients write to fundtraild and read from it at once, while it is killed (SIGKILL) now and then and started
// again on the same ledger. Each client hands in what it got no answer for until it is acknowledged, by the same
// idempotency key. Afterwards the replay proves the ledger, and every acknowledged batch must be there exactly once, by
// each client's own receipts. The exit code is 0 if so.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "tests/api/program.h"
#include "tests/load/clients.h"
#include "tests/load/served_ledger.h"
#include "tests/load/verification.h"
#include "tests/support/clerks.h"
#include "tests/support/process.h"

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using fundtrail::tests::Account;
using fundtrail::tests::Clerks;
using fundtrail::tests::Clients;
using fundtrail::tests::execute;
using fundtrail::tests::programAt;
using fundtrail::tests::ServedLedger;
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

class Load {
 public:
  explicit Load(Plan plan) : plan_(std::move(plan)), ledger_(plan_.directory, plan_.clients) {}

  /// Whether everything holds.
  bool run() {
    auto daemon = ledger_.start();
    auto const clerks = ledger_.appoint(daemon.port());
    auto const begin = steady_clock::now();
    Clients clients(clerks, daemon.port(), {std::chrono::milliseconds(plan_.pause), plan_.reads});
    for (unsigned kill = 1; kill <= plan_.kills; ++kill) {
      std::this_thread::sleep_until(begin +
                                    std::chrono::milliseconds(1000UL * plan_.seconds * kill / (plan_.kills + 1)));
      auto const down = steady_clock::now();
      daemon.kill();
      daemon = ledger_.start();
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
    auto const proof =
        execute({programAt("fundtrail-replay"), "verify", "--log", ledger_.path().string(), "--format", "json"}, {});
    say("fundtrail-replay verify: exit code {}, {} ({:.1f} s)", proof.exit, proof.exit == 0 ? "proven" : "NOT PROVEN",
        secondsSince(begin));
    auto const parsed = json::parse(proof.out).as_object();
    std::string const vkey(parsed.at("ledger").at("logVkeys").at(0).as_string());
    auto const verifying = steady_clock::now();
    auto const verified = fundtrail::tests::verifyAccounts(ledger_.path() / "log", vkey, clerks, accounts);
    say("{} batches of the clients in the log, {} receipts verified ({:.1f} s): {}", verified.batches,
        verified.receipts, secondsSince(verifying),
        verified.faults.empty() ? "every acknowledged batch is there exactly once" : "FAULTS");
    for (auto const& fault : verified.faults) say("  {}", fault);
    return proof.exit == 0 && verified.faults.empty() && verified.batches > 0;
  }

  Plan plan_;
  ServedLedger ledger_;
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

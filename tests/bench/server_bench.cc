// SPDX-License-Identifier: Apache-2.0
// fundtrail-server-bench [--events N] [--questions N] [--directory DIR]
//
// What fundtraild answers per second over HTTPS, beside what the same clients get from a server that does nothing, and
// what the ledger does without a network, all measured in this run (docs/PERFORMANCE.md, G4 and G5). Clients and server
// share the machine.
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "api/http/server.h"
#include "tests/api/program.h"
#include "tests/bench/askers.h"
#include "tests/bench/measure.h"
#include "tests/bench/site.h"
#include "tests/load/clients.h"
#include "tests/load/served_ledger.h"
#include "tests/support/clerks.h"
#include "tests/support/https.h"

namespace {

namespace fs = std::filesystem;
namespace crypto = fundtrail::crypto;
namespace http = fundtrail::api::http;
using fundtrail::tests::ask;
using fundtrail::tests::Asked;
using fundtrail::tests::Batches;
using fundtrail::tests::Clerks;
using fundtrail::tests::HttpAsk;
using fundtrail::tests::row;
using fundtrail::tests::seconds;
using fundtrail::tests::ServedLedger;
using fundtrail::tests::Site;
using fundtrail::tests::stop;

constexpr unsigned kClients = 64;
constexpr unsigned kWriters = 16;  // who are the load while others ask
constexpr unsigned kThreads = 4;   // as fundtraild has by default

/// Each connection asks the same so many times.
fundtrail::tests::NextRequest repeated(std::string const& target, unsigned times) {
  auto const left = std::make_shared<std::vector<unsigned>>(kClients, times / kClients);
  return [left, request = HttpAsk{"GET", target}.text()](unsigned connection) {
    if ((*left)[connection] == 0) return std::string();
    --(*left)[connection];
    return request;
  };
}

/// A server that answers the same to all, with the certificate of fundtraild.
std::unique_ptr<http::Server> emptyServer(fs::path const& ledger) {
  http::Options options;
  auto const pem = fundtrail::tests::readText(ledger / "tls" / "self-signed.pem");
  options.tls = http::Tls{pem, pem};
  options.threads = kThreads;
  auto server = http::Server::listen(options, http::Handler([](http::Request const&) {
                                       return http::Response{200, "application/json", "{}"};
                                     }));
  if (!server) stop(server.error().message);
  return *std::move(server);
}

void times(Asked const& asked) {
  fmt::print("    p50 {:.2f} ms, p99 {:.2f} ms, slowest {:.1f} ms\n", asked.within(0.5), asked.within(0.99),
             asked.within(1));
  std::fflush(stdout);
}

/// So many registrations by each of the first clerks, from a number on.
std::vector<Batches> registrations(Clerks const& clerks, unsigned writers, unsigned from, unsigned each) {
  std::vector<Batches> all(writers);
  for (unsigned clerk = 0; clerk < writers; ++clerk) {
    for (unsigned i = 0; i < each; ++i) {
      all[clerk].push_back(clerks.registration(clerk, from + i, fundtrail::tests::wallClock()));
    }
  }
  return all;
}

std::vector<std::vector<std::string>> requestsOf(std::vector<Batches> const& batches) {
  std::vector<std::vector<std::string>> all(batches.size());
  for (std::size_t i = 0; i < batches.size(); ++i) {
    for (auto const& batch : batches[i]) all[i].push_back(fundtrail::tests::requestOf(batch));
  }
  return all;
}

/// The ledger in this process, each event signed alone: events per second.
double withoutNetwork(fs::path const& directory, std::uint32_t payments) {
  Site site(directory, payments);
  auto batches = site.payRuns(1);
  auto const events = static_cast<double>(fundtrail::tests::eventsIn(batches));
  return events / seconds([&] { site.record(std::move(batches)); });
}

/// Signatures of the clerks' batches that all cores verify per second.
double verification(Clerks const& clerks, std::vector<Batches> const& byClerk) {
  Batches batches;
  for (auto const& some : byClerk) batches.insert(batches.end(), some.begin(), some.end());
  std::vector<crypto::PublicKey> keys;
  for (unsigned clerk = 0; clerk < clerks.count(); ++clerk) keys.push_back(clerks.key(clerk).publicKey());
  return static_cast<double>(batches.size()) / fundtrail::tests::verificationSeconds(batches, keys);
}

struct Plan {
  unsigned events = 32'000;
  unsigned questions = 320'000;
  fs::path directory = fs::temp_directory_path() / "fundtrail-server-bench";
};

void measure(Plan const& plan) {
  constexpr unsigned kEventsPerPayment = 5;
  auto const ledgerAlone = withoutNetwork(plan.directory / "alone", plan.events / kEventsPerPayment + 1);

  ServedLedger const served(plan.directory / "served", kClients + kWriters);
  auto daemon = served.start();
  auto const clerks = served.appoint(daemon.port());
  auto const each = plan.events / kClients;
  {
    auto const empty = emptyServer(served.path());
    auto const nothing = ask(empty->port(), kClients, 200, repeated("/", plan.questions));
    constexpr char kCity[] = "/v1/cities/440100";
    auto const city = ask(daemon.port(), kClients, 200, repeated(kCity, plan.questions));
    row("G5", fmt::format("a city's allocation, {} clients", kClients), city.rate(), "an empty handler",
        nothing.rate());
    times(city);

    // The same while others write; what they hand in is ready before.
    auto const load = requestsOf(registrations(clerks, kWriters, 0, plan.events / kWriters));
    std::atomic<bool> over = false;
    auto writing = std::async(std::launch::async, [&] {
      std::vector<std::size_t> next(kWriters, 0);
      return ask(daemon.port(), kWriters, 201, [&](unsigned writer) {
        return over || next[writer] == load[writer].size() ? std::string() : load[writer][next[writer]++];
      });
    });
    auto const underLoad = ask(daemon.port(), kClients, 200, repeated(kCity, plan.questions / 4));
    over = true;
    auto const written = writing.get();
    row("G5", fmt::format("the same, while {} write {:.0f} events/s", kWriters, written.rate()), underLoad.rate(),
        "an empty handler, nobody writing", nothing.rate());
    times(underLoad);

    auto const batches = registrations(clerks, kClients, plan.events / kWriters, each);
    auto const requests = requestsOf(batches);
    auto const verified = verification(clerks, batches);
    std::vector<std::size_t> next(kClients, 0);
    auto const recorded = ask(daemon.port(), kClients, 201, [&](unsigned client) {
      return next[client] == each ? std::string() : requests[client][next[client]++];
    });
    row("G4", fmt::format("one event with its receipt, {} clients", kClients), recorded.rate(),
        "the ledger without a network (G2)", ledgerAlone);
    times(recorded);
    row("", "the same", recorded.rate(), "signatures verified on all cores", verified);
    row("", "the same", recorded.rate(), "an empty handler", nothing.rate());
  }
  if (daemon.terminate() != 0) stop("fundtraild did not end in order");
}

}  // namespace

int main(int argc, char** argv) {
  Plan plan;
  CLI::App app("Measures fundtraild over HTTPS beside the machine's own limits");
  app.add_option("--events", plan.events, "events that are recorded, each signed alone")
      ->check(CLI::Range(kClients, Clerks::kMostRegistrations * kWriters / 2));
  app.add_option("--questions", plan.questions, "questions that are asked of each server")
      ->check(CLI::Range(4 * kClients, 100'000'000U));
  app.add_option("--directory", plan.directory, "where the ledgers are made, and removed afterwards");
  CLI11_PARSE(app, argc, argv);
  fs::create_directories(plan.directory);
  fmt::print("{} cores, shared by clients and server; {} events, {} questions\n", fundtrail::tests::cores(),
             plan.events, plan.questions);
  measure(plan);
  fs::remove_all(plan.directory);
}

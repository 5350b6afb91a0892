// SPDX-License-Identifier: Apache-2.0
// replay_scale make DIR [--payments N] [--per-batch N]   writes a ledger of pay runs, and keeps it
// replay_scale prove DIR [--threads N] [--resumed]        replays it in a process of its own
//
// How a replay does on a long log: events per second and the most memory that was resident, beside what reading and
// hashing the same log takes (docs/PERFORMANCE.md). With --resumed it is replayed twice, and the second time goes on
// from what the first has verified.

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "crypto/merkle.h"
#include "ledger/log/rocksdb_log.h"
#include "replay/verify.h"
#include "tests/bench/measure.h"
#include "tests/bench/site.h"

namespace {

namespace fs = std::filesystem;
namespace crypto = fundtrail::crypto;
namespace domain = fundtrail::ledger::domain;
namespace logs = fundtrail::ledger::log;
namespace replay = fundtrail::replay;
using fundtrail::tests::seconds;
using fundtrail::tests::Site;
using fundtrail::tests::stop;

std::unique_ptr<logs::RocksDbLog> open(fs::path const& directory) {
  auto log = logs::RocksDbLog::openReadOnly(directory);
  if (!log) stop(log.error().message);
  return *std::move(log);
}

/// Reads every batch and hashes every event and entry, on one core, and nothing else.
double readAndHash(logs::EventLog const& log) {
  return seconds([&] {
    crypto::TreeHasher hasher(log.hashAlgorithm());
    auto const cursor = log.read(domain::BatchNumber(0));
    while (true) {
      auto const batch = cursor->next();
      if (!batch) stop(batch.error().message);
      if (!*batch) return;
      for (auto const event : (*batch)->events) static_cast<void>(hasher.leaf(event));
      static_cast<void>(hasher.leaf((*batch)->entry));
    }
  });
}

long residentMebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  constexpr long kKibibytes = 1024;
  return usage.ru_maxrss / kKibibytes;
}

std::optional<replay::VerifiedBeginning> prove(logs::EventLog const& log, replay::Options options,
                                               std::string_view what) {
  std::optional<replay::VerifiedBeginning> reached;
  options.reached = [&](replay::VerifiedBeginning const& beginning) { reached = beginning; };
  std::uint64_t judged = 0;
  auto const time = seconds([&] {
    auto const report = replay::verify(log, {}, options);
    if (!report) stop(report.error().message);
    // No bank statement is imported here: that part of the proof stays open.
    if (report->verdict > replay::Verdict::notProven) stop("the ledger does not hold");
    judged = report->proof.judged;
  });
  fmt::print("{:<44}{:>12.0f} /s {:>10.1f} s {:>8} MiB resident at most\n", what, static_cast<double>(judged) / time,
             time, residentMebibytes());
  std::fflush(stdout);
  return reached;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures the replay of a long log");
  app.require_subcommand(1);
  fs::path directory;
  std::uint32_t payments = 32'768;
  std::size_t perBatch = 8192;
  auto* const make = app.add_subcommand("make", "writes a ledger of pay runs, and keeps it");
  make->add_option("DIR", directory)->required();
  make->add_option("--payments", payments, "some fifteen events each")->check(CLI::Range(1, 10'000'000));
  make->add_option("--per-batch", perBatch, "events under one signature")->check(CLI::Range(1, 8192));
  replay::Options options;
  bool resumed = false;
  auto* const provePart = app.add_subcommand("prove", "replays it");
  provePart->add_option("DIR", directory)->required();
  provePart->add_option("--threads", options.threads)->check(CLI::Range(1, 1024));
  provePart->add_flag("--resumed", resumed);
  CLI11_PARSE(app, argc, argv);

  if (make->parsed()) {
    Site site(directory, payments);
    site.keep();
    site.record(site.payRuns(perBatch));
    return 0;
  }
  auto const log = open(directory);
  auto const size = log->size();
  fmt::print("{} events in {} batches\n", size.events, size.batches);
  auto const raw = readAndHash(*log);
  fmt::print("{:<44}{:>12.0f} /s {:>10.1f} s {:>8} MiB resident at most\n", "read and hash, one core",
             static_cast<double>(size.events) / raw, raw, residentMebibytes());
  auto const reached = prove(*log, options, "replay");
  if (!resumed || !reached) return 0;
  options.resume = replay::goneOn({}, *reached, domain::Instant::startOf(domain::Date::parse("2026-01-01").value()));
  prove(*log, options, "resumed: no signature is verified");
}

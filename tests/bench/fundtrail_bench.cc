// SPDX-License-Identifier: Apache-2.0
// fundtrail-bench [--payments N] [--alone N] [--directory DIR]
//
// What the ledger and the replay do per second, beside what the machine can do at all, both measured in this run: the
// goals are ratios (docs/PERFORMANCE.md). Every rule is on, and a batch counts when it is acknowledged, which is after
// the disk has it.

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "crypto/merkle.h"
#include "ledger/log/rocksdb_log.h"
#include "tests/bench/measure.h"
#include "tests/bench/site.h"
#include "tests/bench/transparency_cost.h"
#include "tests/support/founders.h"

namespace {

namespace fs = std::filesystem;
namespace crypto = fundtrail::crypto;
namespace batch = fundtrail::ledger::batch;
namespace domain = fundtrail::ledger::domain;
namespace logs = fundtrail::ledger::log;
using fundtrail::tests::Batches;
using fundtrail::tests::eventsIn;
using fundtrail::tests::keyOf;
using fundtrail::tests::row;
using fundtrail::tests::seconds;
using fundtrail::tests::Site;
using fundtrail::tests::stop;
using fundtrail::tests::verificationSeconds;

constexpr auto kSha256 = crypto::HashAlgorithm::sha256;

/// What the same batches cost without any rule: leaves, root, entry, one synced append each.
double rawWrite(fs::path const& directory, Batches const& batches) {
  fs::remove_all(directory);
  auto log = logs::RocksDbLog::create(directory, kSha256);
  if (!log) stop(log.error().message);
  auto const time = seconds([&] {
    std::uint64_t first = 0;
    batch::IdempotencyKey key{};
    for (auto const& signedBatch : batches) {
      auto const views = signedBatch.events.views();
      crypto::TreeHasher hasher(kSha256);
      std::vector<crypto::Digest> leaves;
      leaves.reserve(views.size());
      for (auto const view : views) leaves.push_back(hasher.leaf(view));
      static_cast<void>(crypto::rootOf(kSha256, leaves));
      auto const entry =
          batch::makeEntry(signedBatch, domain::Instant::startOf(domain::Date::first()), domain::EventNumber(first));
      for (std::size_t i = 0; i < key.size() && ++key[i] == 0; ++i) {
      }
      logs::PreparedBatch const prepared[] = {{entry.bytes(), views, domain::KeyId(crypto::Digest{}), key, {}}};
      if (auto const appended = (*log)->append(prepared); !appended) stop(appended.error().message);
      first += views.size();
    }
  });
  log->reset();
  fs::remove_all(directory);
  return time;
}

/// Those of the pay runs.
std::vector<crypto::PublicKey> signers() {
  std::vector<crypto::PublicKey> keys;
  for (auto const* const person :
       {"finance-clerk-1", "finance-clerk-2", "finance-clerk-3", "finance-reviewer", "finance-approver"}) {
    keys.push_back(keyOf(person).publicKey());
  }
  return keys;
}

/// The share of checkpoints, proofs and the public spine in recording: 0.05 is the most that is wanted.
void transparencyRow(fs::path const& directory, std::uint32_t payments) {
  constexpr std::size_t kEventsPerBatch = 256;
  auto const cost = fundtrail::tests::measureTransparency(directory, payments, kEventsPerBatch);
  constexpr double kMilliseconds = 1e3;
  fmt::print("    {} batches of {} events, {} checkpoints: recorded in {:.0f} ms; signing {:.1f}, storing {:.1f}, ",
             cost.batches, kEventsPerBatch, cost.checkpoints, cost.recording * kMilliseconds,
             cost.signing * kMilliseconds, cost.storing * kMilliseconds);
  fmt::print("publishing {:.1f}, proving {:.1f} ms: share {:.3f}\n", cost.publishing * kMilliseconds,
             cost.proving * kMilliseconds, cost.share());
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::uint32_t payments = 32'768;
  std::uint32_t alone = 4'096;
  fs::path directory = fs::temp_directory_path() / "fundtrail-bench";
  CLI::App app("Measures the ledger and the replay beside the machine's own limits");
  app.add_option("--payments", payments, "payments of the pay runs, five events each")
      ->check(CLI::Range(1, 10'000'000));
  app.add_option("--alone", alone, "payments whose events are signed one by one")->check(CLI::Range(1, 10'000'000));
  app.add_option("--directory", directory, "where the ledgers are written, and removed afterwards");
  CLI11_PARSE(app, argc, argv);

  fs::create_directories(directory);
  fmt::print("{} cores; {} payments in pay runs, {} signed alone\n", fundtrail::tests::cores(), payments, alone);
  {
    Site site(directory / "batched", payments);
    auto batches = site.payRuns(8192);
    auto const events = static_cast<double>(eventsIn(batches));
    auto const raw = events / rawWrite(directory / "raw", batches);
    row("G1", fmt::format("pay runs, {:.0f} events", events),
        events / seconds([&] { site.record(std::move(batches)); }), "hash and write, no rules", raw);
    std::size_t judged = 0;
    auto const time = seconds([&] { judged = site.prove(); });
    row("G3", fmt::format("replay, {} events", judged), static_cast<double>(judged) / time, "hash and write, no rules",
        raw);
    fmt::print("    {:.0f} bytes on disk per event\n",
               static_cast<double>(site.bytesOnDisk()) / static_cast<double>(judged));
  }
  {
    Site site(directory / "alone", alone);
    auto batches = site.payRuns(1);
    auto const events = static_cast<double>(eventsIn(batches));
    auto const raw = events / verificationSeconds(batches, signers());
    row("G2", fmt::format("signed alone, {:.0f} events", events),
        events / seconds([&] { site.record(std::move(batches)); }), "signatures verified on all cores", raw);
    // The setup's events are few signatures; they are replayed too, and their time counts against the ratio.
    auto const time = seconds([&] { site.prove(); });
    row("G3", fmt::format("replay, {:.0f} events signed alone", events), events / time,
        "signatures verified on all cores", raw);
  }
  transparencyRow(directory, payments);
  fs::remove_all(directory);
}

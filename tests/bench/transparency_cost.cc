// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/transparency_cost.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "crypto/ensure.h"
#include "crypto/merkle.h"
#include "crypto/tiles.h"
#include "ledger/checkpoint_signer.h"
#include "ledger/ledger.h"
#include "ledger/log/rocksdb_log.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/spine/publish.h"
#include "tests/support/founders.h"
#include "tests/support/passing_log.h"
#include "tests/support/pay_runs.h"

namespace fundtrail::tests {

namespace {

namespace fs = std::filesystem;
namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace schema = ledger::schema;
using Batches = std::vector<batch::SignedBatch>;

constexpr auto kSha256 = crypto::HashAlgorithm::sha256;

double secondsOf(std::function<void()> const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Measures how long checkpoints take to be stored.
class Metered final : public PassingLog {
 public:
  using PassingLog::PassingLog;

  crypto::Result<void> storeCheckpoint(std::string_view note) override {
    crypto::Result<void> stored;
    seconds += secondsOf([&] { stored = PassingLog::storeCheckpoint(note); });
    ++count;
    return stored;
  }

  double seconds = 0;
  std::size_t count = 0;
};

void record(ledger::Ledger& ledger, Batches batches) {
  std::vector<std::future<ledger::Outcome>> answers;
  answers.reserve(batches.size());
  for (auto& signedBatch : batches) answers.push_back(ledger.submit(std::move(signedBatch)));
  for (auto& answer : answers) {
    crypto::ensure(std::holds_alternative<ledger::Recorded>(answer.get()), "pay runs are recorded");
  }
}

double signingOf(batch::SignedBatch const& genesis, std::size_t checkpoints) {
  schema::Message<schema::Statement> const statement(genesis.statement.bytes());
  auto const signer = ledger::CheckpointSigner::make(statement.root().getGenesis(), keyOf("log")).value();
  return secondsOf([&] {
    for (std::size_t i = 0; i < checkpoints; ++i) static_cast<void>(signer.sign(i, {}));
  });
}

double provingOf(ledger::log::EventLog const& log) {
  auto const size = log.size().batches;
  return secondsOf([&] {
    auto const reader = crypto::nodeReader(kSha256, size, [&](crypto::TileId id) { return log.tile(id); });
    for (std::uint64_t i = 0; i < size; ++i) {
      crypto::ensure(crypto::inclusionProof(kSha256, i, size, reader).has_value(), "every batch can be proven");
    }
  });
}

}  // namespace

TransparencyCost measureTransparency(fs::path const& directory, std::uint32_t payments, std::size_t eventsPerBatch) {
  auto const folder = directory / "transparency";
  auto const spine = directory / "transparency-spine";
  for (auto const& path : {folder, spine}) fs::remove_all(path);
  PayRuns payRuns(payments);
  auto log = std::make_unique<Metered>(ledger::log::RocksDbLog::create(folder, kSha256).value());
  auto const now = domain::Instant::parse("2024-03-04T09:00:00.000+08:00").value();
  ledger::Ledger::found(*log, payRuns.genesis(), keyOf("log"), now).value();
  auto& metered = *log;
  ledger::Options options;
  options.checkThreads = std::max(1U, std::thread::hardware_concurrency());
  options.clock = [](domain::Instant authoredAt) { return authoredAt; };
  auto const ledger = ledger::Ledger::open(std::move(log), keyOf("log"), std::move(options)).value();
  Batches setup;
  payRuns.prepare([&](batch::SignedBatch signedBatch) { setup.push_back(std::move(signedBatch)); });
  record(*ledger, std::move(setup));

  TransparencyCost cost;
  auto batches = payRuns.run(eventsPerBatch);
  cost.batches = batches.size();
  for (auto const& signedBatch : batches) cost.events += signedBatch.events.size();
  ledger->drain();
  metered.seconds = 0;
  metered.count = 0;
  cost.recording = secondsOf([&] { record(*ledger, std::move(batches)); });
  cost.storing = metered.seconds;
  cost.checkpoints = metered.count;
  cost.signing = signingOf(payRuns.genesis(), cost.checkpoints);
  cost.publishing = secondsOf([&] { ledger::spine::publish(ledger->log(), spine).value(); });
  cost.proving = provingOf(ledger->log());
  for (auto const& path : {folder, spine}) fs::remove_all(path);
  return cost;
}

}  // namespace fundtrail::tests

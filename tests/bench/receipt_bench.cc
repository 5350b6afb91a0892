// SPDX-License-Identifier: Apache-2.0
// What verifying a receipt costs, and how much of that are its signatures.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "crypto/cosignature.h"
#include "crypto/log_policy.h"
#include "crypto/note.h"
#include "ledger/log/memory_log.h"
#include "ledger/receipt/receipts.h"
#include "ledger/schema/receipt.capnp.h"
#include "ledger/simulation/simulation.h"
#include "ledger/zstd/frame.h"
#include "replay/receipt.h"
#include "tests/support/simulated_log.h"

namespace {

using namespace fundtrail;

constexpr std::uint8_t kCosigners = 10;
constexpr char kOrigin[] = "fundtrail.example/gd-sme-digital";

struct Sample {
  crypto::LogPolicy policy;
  crypto::Bytes file;
  std::size_t signatures;  // that are verified: the log's, the cosigners', and those of the receipt's batches
};

/// The largest receipt of a simulated programme, under a checkpoint that ten have cosigned.
Sample const& sample() {
  static auto const made = [] {
    constexpr ledger::simulation::Plan kPlan{.seed = 1, .enterprises = 400, .alone = false};
    ledger::simulation::Simulation const simulation(kPlan);
    ledger::log::MemoryLog log(crypto::HashAlgorithm::sha256);
    tests::write(log, simulation.genesis());
    simulation.run([&](ledger::batch::SignedBatch const& signedBatch) { tests::write(log, signedBatch); });
    auto const signer = crypto::NoteSigner::make(kOrigin, simulation.logKey()).value();
    auto const text = crypto::formatCheckpoint({kOrigin, log.size().batches, log.root()});
    std::vector lines{signer.signatureLine(text)};
    auto policy = "log " + signer.verifier().vkey() + "\n";
    std::string members;
    for (std::uint8_t i = 0; i < kCosigners; ++i) {
      auto const cosigner = crypto::Cosigner::make(fmt::format("witness.city-{}.gd.example", i),
                                                   crypto::PrivateKey::fromEd25519Seed({i, 1}))
                                .value();
      lines.push_back(cosigner.signatureLine(text, 1'790'000'000));
      policy += fmt::format("witness w{} {}\n", i, cosigner.verifier().vkey());
      members += fmt::format(" w{}", i);
    }
    auto const checkpoint = crypto::formatNote(text, lines);
    ledger::receipt::Receipts receipts(log);
    Sample largest{
        crypto::LogPolicy::parse(policy + "group cities all" + members + "\nquorum cities\n").value(), {}, 0};
    for (std::uint64_t number = 0; number < log.size().events; number += 7) {
      auto const receipt = receipts.make(ledger::domain::EventNumber(number), checkpoint).value();
      auto file = ledger::zstd::frameOf(receipt.file.bytes());
      if (file.size() <= largest.file.size()) continue;
      ledger::schema::Message<ledger::schema::Receipt> const message(receipt.file.bytes());
      largest.file = std::move(file);
      largest.signatures = 1 + kCosigners + 1 + message.root().getEnrolments().size();
    }
    return largest;
  }();
  return made;
}

void VerifyReceipt(benchmark::State& state) {
  auto const& [policy, file, signatures] = sample();
  for (auto _ : state) {
    auto const receipt = replay::verifyReceipt(replay::receiptIn(file).value(), policy);
    if (!receipt || receipt->verdict() != replay::Verdict::proven) state.SkipWithError("it does not hold");
  }
  state.counters["bytes"] = static_cast<double>(file.size());
  state.counters["signatures"] = static_cast<double>(signatures);
}
BENCHMARK(VerifyReceipt)->Unit(benchmark::kMicrosecond);

/// As many signatures, of messages of a statement's length.
void ItsSignaturesAlone(benchmark::State& state) {
  auto const key = crypto::PrivateKey::fromEd25519Seed({1});
  auto const publicKey = key.publicKey();
  crypto::Bytes const message(256, 7);
  auto const signature = key.sign(message);
  for (auto _ : state) {
    for (std::size_t i = 0; i < sample().signatures; ++i) {
      benchmark::DoNotOptimize(publicKey.verify(message, signature));
    }
  }
}
BENCHMARK(ItsSignaturesAlone)->Unit(benchmark::kMicrosecond);

void ItsCompressionAlone(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(replay::receiptIn(sample().file));
}
BENCHMARK(ItsCompressionAlone)->Unit(benchmark::kMicrosecond);

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/measure.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <thread>

#include <fmt/format.h>

namespace fundtrail::tests {

namespace batch = ledger::batch;

namespace {

constexpr auto kSha256 = crypto::HashAlgorithm::sha256;

}  // namespace

unsigned cores() {
  return std::max(1U, std::thread::hardware_concurrency());
}

std::size_t eventsIn(Batches const& batches) {
  std::size_t count = 0;
  for (auto const& batch : batches) count += batch.events.size();
  return count;
}

void stop(std::string const& why) {
  fmt::print(stderr, "bench: {}\n", why);
  std::exit(1);
}

double seconds(std::function<void()> const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double verificationSeconds(Batches const& batches, std::vector<crypto::PublicKey> const& keys) {
  std::map<std::string, crypto::PublicKey const*> byName;
  for (auto const& key : keys) byName.emplace(key.fingerprint(kSha256).hex(), &key);
  std::vector<crypto::PublicKey const*> signers;
  for (auto const& signedBatch : batches) {
    auto const contents = batch::open(kSha256, signedBatch.statement.bytes(), signedBatch.events.views());
    if (!contents) stop(contents.error().message);
    signers.push_back(byName.at(contents->author.text()));
  }
  return seconds([&] {
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < cores(); ++t) {
      threads.emplace_back([&] {
        for (auto i = next++; i < batches.size(); i = next++) {
          if (!batch::signatureHolds(*signers[i], batches[i].statement.bytes(), batches[i].signature)) {
            stop("a signature fails");
          }
        }
      });
    }
    for (auto& thread : threads) thread.join();
  });
}

void row(std::string_view goal, std::string_view work, double rate, std::string_view limit, double raw) {
  fmt::print("{:<4}{:<46}{:>12.0f} /s   {:<36}{:>12.0f} /s   ratio {:.2f}\n", goal, work, rate, limit, raw, rate / raw);
  std::fflush(stdout);
}

}  // namespace fundtrail::tests

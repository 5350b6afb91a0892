// SPDX-License-Identifier: Apache-2.0
#include "tests/load/verification.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "crypto/log_policy.h"
#include "crypto/merkle.h"
#include "ledger/batch/batch.h"
#include "ledger/log/rocksdb_log.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/message.h"
#include "replay/receipt.h"

namespace fundtrail::tests {

namespace batch = ledger::batch;
namespace logs = ledger::log;
namespace schema = ledger::schema;

namespace {

constexpr auto kSha256 = crypto::HashAlgorithm::sha256;
constexpr std::size_t kMostFaults = 20;

class Faults {
 public:
  void add(std::string fault) {
    std::lock_guard const lock(mutex_);
    if (all_.size() < kMostFaults) all_.push_back(std::move(fault));
  }
  std::vector<std::string> all() { return std::move(all_); }

 private:
  std::mutex mutex_;
  std::vector<std::string> all_;
};

/// What the clients' authors have in the log.
struct OnRecord {
  struct Place {
    std::uint64_t batch;
    std::uint64_t event;
  };
  std::unordered_multimap<std::string, Place> places;  // by the event's hash
  std::vector<crypto::Digest> roots;                   // of the tree, by its size
  std::size_t batches = 0;
};

OnRecord readLog(std::filesystem::path const& directory, Clerks const& clerks) {
  std::unordered_map<std::string, unsigned> authors;
  for (unsigned clerk = 0; clerk < clerks.count(); ++clerk) {
    authors.emplace(clerks.key(clerk).publicKey().fingerprint(kSha256).hex(), clerk);
  }
  auto const log = logs::RocksDbLog::openReadOnly(directory).value();
  auto const cursor = log->read(ledger::domain::BatchNumber(0));
  crypto::TreeHasher hasher(kSha256);
  crypto::Frontier tree(kSha256);
  OnRecord record;
  record.roots.push_back(tree.root());
  while (true) {
    auto const stored = cursor->next().value();
    if (!stored) return record;
    tree.append(hasher.leaf(stored->entry));
    record.roots.push_back(tree.root());
    schema::Message<schema::Entry> const entry(stored->entry);
    auto const statement = entry.root().getStatement();
    auto const words = schema::Words::copyOf({statement.begin(), statement.size()});
    auto const contents = batch::open(kSha256, words.bytes(), stored->events);
    if (!contents || !authors.contains(contents->author.text())) continue;
    ++record.batches;
    for (std::size_t i = 0; i < stored->events.size(); ++i) {
      record.places.emplace(contents->refs[i].text(),
                            OnRecord::Place{stored->number.value(), stored->firstEvent.value() + i});
    }
  }
}

void verifyPlaces(OnRecord const& record, std::vector<Account> const& accounts, Faults& faults) {
  std::size_t acknowledged = 0;
  for (std::size_t client = 0; client < accounts.size(); ++client) {
    acknowledged += accounts[client].acknowledged.size();
    for (auto const& each : accounts[client].acknowledged) {
      auto const [from, to] = record.places.equal_range(each.hash);
      auto const times = std::distance(from, to);
      if (times != 1) {
        faults.add(fmt::format("client {}: batch {} is in the log {} times", client, each.number, times));
      } else if (from->second.batch != each.batch || from->second.event != each.event) {
        faults.add(fmt::format("client {}: batch {} is not where it was said to be", client, each.number));
      }
    }
  }
  // Each had its last batch acknowledged: what is there beside is there twice, or came from nobody.
  if (record.batches != acknowledged) {
    faults.add(fmt::format("{} batches in the log, {} acknowledged", record.batches, acknowledged));
  }
}

/// Nothing: it holds, and stands in this log.
std::optional<std::string> objectionTo(Acknowledged const& each, crypto::LogPolicy const& policy,
                                       OnRecord const& record) {
  auto const file = replay::receiptIn(each.receipt);
  if (!file) return file.error().message;
  auto const receipt = replay::verifyReceipt(*file, policy);
  if (!receipt) return receipt.error().message;
  if (receipt->verdict() != replay::Verdict::proven) return "it is not proven";
  if (receipt->ref.text() != each.hash || receipt->number.value() != each.event) return "it is of another event";
  auto const& checkpoint = receipt->attestation.checkpoint;
  if (checkpoint.size >= record.roots.size()) return "its checkpoint is of a larger log";
  if (checkpoint.root != record.roots[checkpoint.size]) return "its checkpoint is of another log";
  return std::nullopt;
}

std::size_t verifyReceipts(OnRecord const& record, std::string const& logVkey, std::vector<Account> const& accounts,
                           Faults& faults) {
  auto const policy = crypto::LogPolicy::parse("log " + logVkey + "\nquorum none\n").value();
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> hold = 0;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
    threads.emplace_back([&] {
      for (auto client = next++; client < accounts.size(); client = next++) {
        for (auto const& each : accounts[client].acknowledged) {
          auto const objection = objectionTo(each, policy, record);
          if (objection) faults.add(fmt::format("client {}: receipt {}: {}", client, each.number, *objection));
          hold += objection ? 0 : 1;
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  return hold;
}

}  // namespace

Verified verifyAccounts(std::filesystem::path const& log, std::string const& logVkey, Clerks const& clerks,
                        std::vector<Account> const& accounts) {
  auto const record = readLog(log, clerks);
  Faults faults;
  for (std::size_t client = 0; client < accounts.size(); ++client) {
    if (accounts[client].complaint.empty()) continue;
    faults.add(fmt::format("client {}: {}", client, accounts[client].complaint));
  }
  verifyPlaces(record, accounts, faults);
  Verified verified;
  verified.batches = record.batches;
  verified.receipts = verifyReceipts(record, logVkey, accounts, faults);
  verified.faults = faults.all();
  return verified;
}

}  // namespace fundtrail::tests

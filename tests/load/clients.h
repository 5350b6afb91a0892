// SPDX-License-Identifier: Apache-2.0
// Many clients of one server, who write and read at once, each for itself.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "crypto/bytes.h"
#include "ledger/batch/batch.h"
#include "tests/support/clerks.h"
#include "tests/support/https.h"

namespace fundtrail::tests {

/// A batch of one event that the server said is recorded, and what it gave in proof.
struct Acknowledged {
  unsigned number = 0;  // of the client's registrations
  std::uint64_t batch = 0;
  std::uint64_t event = 0;
  std::string hash;       // of the event
  crypto::Bytes receipt;  // as `fundtrail receipt --out` writes it
};

/// What one client lived through.
struct Account {
  std::vector<Acknowledged> acknowledged;
  std::vector<float> writeMilliseconds;  // of each of them, from the first attempt on
  std::uint64_t reads = 0;
  std::uint64_t retries = 0;  // of batches whose answer did not come, or was: later
  std::uint64_t again = 0;    // batches that were on record when they came the second time
  std::string complaint;      // of an answer that no client should get; empty: none came
};

struct Behaviour {
  std::chrono::milliseconds pause{0};  // of a client between a batch and what it does next
  unsigned readsPerBatch = 1;
};

/// They begin at once, on a thread of their own.
class Clients {
 public:
  /// One client for each of the clerks, who must outlive this.
  Clients(Clerks const& clerks, std::uint16_t port, Behaviour behaviour);
  Clients(Clients const&) = delete;
  Clients& operator=(Clients const&) = delete;
  ~Clients();

  /// Lets each have the batch acknowledged that it has handed in, then ends; what each lived through.
  [[nodiscard]] std::vector<Account> finish();

 private:
  class Client;

  boost::asio::io_context context_;
  std::atomic<bool> over_ = false;
  std::vector<Account> accounts_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::thread thread_;
};

/// The request that hands a batch in.
[[nodiscard]] std::string requestOf(ledger::batch::SignedBatch const& batch);

/// The clock on the wall, which the server has too.
[[nodiscard]] ledger::domain::Instant wallClock();

}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "api/daemon/log.h"
#include "crypto/log_policy.h"
#include "crypto/result.h"
#include "ledger/attestation/attestations.h"
#include "ledger/ledger.h"
#include "ledger/witnessing/witnesses.h"

namespace fundtrail::api::daemon {

/// Asks the witnesses of a policy for the newest checkpoint, in a round every so often, on a thread of its own:
/// recording and publishing never wait for it. A checkpoint that enough have cosigned is not asked for again.
class Witnessing {
 public:
  /// Begins with a round. The ledger and the log must outlive it.
  Witnessing(ledger::Ledger const& ledger, crypto::LogPolicy policy, ledger::attestation::Attestations attestations,
             std::chrono::seconds every, ledger::witnessing::Witnesses::Post post, Log& log);
  Witnessing(Witnessing const&) = delete;
  Witnessing& operator=(Witnessing const&) = delete;
  /// Waits for the round that is going on, which its witnesses' time-outs bound.
  ~Witnessing();

  /// Of the newest checkpoint that enough have cosigned, in this run of the program: its size, and when in seconds
  /// since 1970; 0 if there is none. Any thread.
  [[nodiscard]] std::uint64_t batches() const { return batches_; }
  [[nodiscard]] std::uint64_t time() const { return time_; }

 private:
  void run();
  [[nodiscard]] crypto::Result<void> round();
  void report(ledger::witnessing::Round const& round);

  ledger::Ledger const& ledger_;
  ledger::attestation::Attestations attestations_;
  std::chrono::seconds every_;
  Log& log_;
  ledger::witnessing::Witnesses witnesses_;
  std::string done_;  // the newest checkpoint that enough have cosigned, as the ledger signed it
  std::atomic<std::uint64_t> batches_ = 0;
  std::atomic<std::uint64_t> time_ = 0;
  std::mutex mutex_;
  std::condition_variable stops_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fundtrail::api::daemon

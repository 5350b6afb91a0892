// SPDX-License-Identifier: Apache-2.0
// A ledger on disk that benchmarks record and replay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "ledger/ledger.h"
#include "tests/bench/measure.h"
#include "tests/support/pay_runs.h"

namespace fundtrail::tests {

/// A ledger in a folder of its own, ready for the pay runs. The folder is removed before, and afterwards unless it is
/// kept.
class Site {
 public:
  Site(std::filesystem::path directory, std::uint32_t payments);
  ~Site();
  Site(Site const&) = delete;
  Site& operator=(Site const&) = delete;

  void keep() { keep_ = true; }

  Batches payRuns(std::size_t perBatch) { return payRuns_.run(perBatch); }
  [[nodiscard]] std::size_t prepared() const { return prepared_; }

  /// Hands all in and waits until each is recorded.
  void record(Batches batches);

  /// Closes the ledger and replays its log; the events that were judged.
  std::size_t prove();

  [[nodiscard]] std::uintmax_t bytesOnDisk() const;

 private:
  std::filesystem::path directory_;
  PayRuns payRuns_;
  std::size_t prepared_ = 0;
  bool keep_ = false;
  std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace fundtrail::tests

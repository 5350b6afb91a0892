// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "ledger/batch/batch.h"

namespace fundtrail::tests {

/// A lawful city with many approved awards, and the pay runs that pay them out: each payment is requested, reviewed,
/// approved, instructed and settled by five different people. All bytes follow from the number of payments alone.
class PayRuns {
 public:
  explicit PayRuns(std::uint32_t payments);
  ~PayRuns();

  ledger::batch::SignedBatch const& genesis() const;

  /// Everything up to the approved awards, in order, as large batches.
  void prepare(std::function<void(ledger::batch::SignedBatch)> const& sink);

  /// The pay runs, after prepare(), in order: five events per payment, at most `perBatch` events under one signature.
  std::vector<ledger::batch::SignedBatch> run(std::size_t perBatch);

 private:
  class Office;
  std::unique_ptr<Office> office_;
};

}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace fundtrail::tests {

/// What it takes that others can check a ledger, beside what recording it takes. Times in seconds.
struct TransparencyCost {
  std::size_t events = 0;
  std::size_t batches = 0;
  std::size_t checkpoints = 0;
  double recording = 0;   // until every batch is acknowledged, with all that follows but publishing and proving
  double signing = 0;     // the run's checkpoints
  double storing = 0;     // the same, durably, in the log
  double publishing = 0;  // the public spine of it all, durably, as files
  double proving = 0;     // for each batch that it is under the last checkpoint

  [[nodiscard]] double share() const { return (signing + storing + publishing + proving) / recording; }
};

/// Records pay runs under so many events a signature, in a folder of its own below `directory`, which goes again. What
/// fails ends the program.
[[nodiscard]] TransparencyCost measureTransparency(std::filesystem::path const& directory, std::uint32_t payments,
                                                   std::size_t eventsPerBatch);

}  // namespace fundtrail::tests

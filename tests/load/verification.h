// SPDX-License-Identifier: Apache-2.0
// Whether a log holds what its clients were told.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/load/clients.h"
#include "tests/support/clerks.h"

namespace fundtrail::tests {

struct Verified {
  std::size_t batches = 0;          // of the clients, in the log
  std::size_t receipts = 0;         // that hold, by nothing but themselves and the log's key, and stand in this log
  std::vector<std::string> faults;  // empty: every acknowledged batch is there exactly once, and nothing else
};

/// Reads the log from its beginning and verifies each receipt by the replay's own means, on all cores. `logVkey` is the
/// log's key as a trust policy writes it.
[[nodiscard]] Verified verifyAccounts(std::filesystem::path const& log, std::string const& logVkey,
                                      Clerks const& clerks, std::vector<Account> const& accounts);

}  // namespace fundtrail::tests

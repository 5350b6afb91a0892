// SPDX-License-Identifier: Apache-2.0
// Private to the program: what an auditor brings to a replay, from the command line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "crypto/result.h"
#include "ledger/commandline/program.h"
#include "replay/options.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// Each is left out at will, and then empty.
struct Brought {
  std::filesystem::path trust;        // what is known of the ledger
  std::filesystem::path policy;       // whom to believe as witnesses
  std::filesystem::path authorities;  // and as time-stamp authorities
  std::vector<std::filesystem::path> figures;
  std::string until;
  std::uint64_t daysToLeave = static_cast<std::uint64_t>(BankLimits{}.daysToLeave);
  std::uint64_t daysToReconcile = static_cast<std::uint64_t>(BankLimits{}.daysToReconcile);
  std::string mostFee;  // yuan
};

/// --trust, --policy, --authorities, --figures, --until, --days-to-leave, --days-to-reconcile, --most-fee.
void addBrought(ledger::commandline::Command& command, Brought& brought);

/// `options` with what the files say, and with what came with the log. Errors: of reading the files; badInput for a
/// day or an amount that is none.
[[nodiscard]] crypto::Result<Options> optionsFor(OpenedLog const& log, Brought const& brought, Options options = {});

}  // namespace fundtrail::replay

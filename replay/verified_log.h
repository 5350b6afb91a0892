// SPDX-License-Identifier: Apache-2.0
// Private to the program: what its commands that show a log's contents have in common. They verify the log first, and
// show nothing of one that was tampered with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "crypto/result.h"
#include "ledger/commandline/program.h"
#include "replay/observer.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/verify.h"

namespace fundtrail::replay {

struct VerifiedLogArguments {
  std::vector<std::filesystem::path> log;
  std::filesystem::path trust;
  unsigned threads = 0;
  std::string until;
  bool live = false;
};
/// --log, --trust, --threads, --until and --live, as verify has them.
void addVerifiedLog(ledger::commandline::Command& command, VerifiedLogArguments& arguments);

/// A log that is authentic from end to end.
struct VerifiedLog {
  OpenedLog opened;
  Report report;
  std::uint64_t lawful;  // as many of its first events are lawful; behind them nothing is shown
  [[nodiscard]] log::EventLog const& log() const { return *opened.log; }
  /// Anything but tampered.
  [[nodiscard]] Exit exit() const { return exitFor(report.verdict); }
  /// What a reader must know of it before the contents; empty for one that is proven.
  [[nodiscard]] std::string notice(Session const& session) const;
};

/// Nothing: it was tampered with or cannot be verified, and the report was printed to standard error. `observers`
/// follow the replay (Options::observers). Errors: as for verify(); badInput for a day that is none.
[[nodiscard]] crypto::Result<std::optional<VerifiedLog>> verifiedLog(Session const& session,
                                                                     VerifiedLogArguments const& arguments,
                                                                     std::vector<Observer*> observers = {});

}  // namespace fundtrail::replay

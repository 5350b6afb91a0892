// SPDX-License-Identifier: Apache-2.0
// Private to the program: options that several of its commands have, and what they name.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crypto/log_policy.h"
#include "crypto/result.h"
#include "ledger/commandline/program.h"
#include "ledger/log/event_log.h"
#include "replay/attested.h"
#include "replay/program.h"
#include "replay/trust.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// --log, which is required if it is not asked for something else: a directory, or a bundle and those that follow it.
ledger::commandline::Option addLog(ledger::commandline::Command& command, std::vector<std::filesystem::path>& log);
/// A trust policy (crypto/log_policy.h), which is required: --trust.
void addPolicy(ledger::commandline::Command& command, std::filesystem::path& policy);
[[nodiscard]] crypto::Result<crypto::LogPolicy> policyIn(std::filesystem::path const& file);
void addTrust(ledger::commandline::Command& command, std::filesystem::path& trust);
void addFormat(ledger::commandline::Command& command, std::string& format);

struct OpenedLog {
  std::unique_ptr<log::EventLog> log;
  /// As verify() asks. A bundle carries its checkpoint within.
  bool hasCheckpointFile = true;
  /// What others said of its checkpoints. The bundle's own, or what stands beside the directory. Error: as for files.
  std::function<crypto::Result<std::vector<AttestedNote>>()> attested;
};

/// The log in a directory, or within that of the ledger that holds it; or that of bundles, in order
/// (ledger/bundle/bundle_log.h). At least one is named. Errors: badInput for more than one of which one is a directory;
/// as for opening it.
[[nodiscard]] crypto::Result<OpenedLog> openLog(std::vector<std::filesystem::path> const& named);

/// The trust file; nothing is known where none is named.
[[nodiscard]] crypto::Result<Trust> trustIn(std::filesystem::path const& file);

[[nodiscard]] Exit exitFor(Verdict verdict);

}  // namespace fundtrail::replay

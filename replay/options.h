// SPDX-License-Identifier: Apache-2.0
// Private to the program: options that several of its commands have, and what they name.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "crypto/log_policy.h"
#include "crypto/result.h"
#include "ledger/commandline/program.h"
#include "ledger/log/rocksdb_log.h"
#include "replay/program.h"
#include "replay/trust.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// --log, which is required if it is not asked for something else.
ledger::commandline::Option addLog(ledger::commandline::Command& command, std::filesystem::path& log);
/// A trust policy (crypto/log_policy.h), which is required: --trust.
void addPolicy(ledger::commandline::Command& command, std::filesystem::path& policy);
[[nodiscard]] crypto::Result<crypto::LogPolicy> policyIn(std::filesystem::path const& file);
void addTrust(ledger::commandline::Command& command, std::filesystem::path& trust);
void addFormat(ledger::commandline::Command& command, std::string& format);

struct OpenedLog {
  std::filesystem::path directory;
  std::unique_ptr<log::RocksDbLog> log;
};

/// The log in a directory, or within that of the ledger that holds it.
[[nodiscard]] crypto::Result<OpenedLog> openLog(std::filesystem::path const& named);

/// The trust file; nothing is known where none is named.
[[nodiscard]] crypto::Result<Trust> trustIn(std::filesystem::path const& file);

[[nodiscard]] Exit exitFor(Verdict verdict);

}  // namespace fundtrail::replay

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "crypto/result.h"
#include "ledger/commandline/program.h"
#include "replay/indicators/examine.h"
#include "replay/indicators/supplements.h"

// What the indicators are asked with besides the log: files that a command line names.

namespace fundtrail::replay::indicators {

/// Each is left out at will, and then empty.
struct Files {
  std::filesystem::path settings;
  std::filesystem::path registry;
  std::filesystem::path movements;
};

/// --indicators, --registry and --bank-movements.
void addFiles(ledger::commandline::Command& command, Files& files);

struct Inputs {
  Settings settings;
  Supplements supplements;
};

/// Errors: of reading the files, and of what they say, with the file's name.
[[nodiscard]] crypto::Result<Inputs> read(Files const& files);

}  // namespace fundtrail::replay::indicators

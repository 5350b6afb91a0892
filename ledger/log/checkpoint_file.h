// SPDX-License-Identifier: Apache-2.0
// The newest checkpoint in a file of its own beside the store. Private to this folder.
//
// The store's write-ahead log cannot tell a tail that a crash cut off from one that somebody, or a failing disk, took
// away: to both it answers with an earlier, whole state. This file remembers how far the log had come, so that a
// shorter one is refused.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/result.h"

namespace fundtrail::ledger::log {

/// The note, or nothing where there is no such file. Error: io.
crypto::Result<std::optional<std::string>> readCheckpointFile(std::filesystem::path const& directory);

/// Replaces the file as a whole: after a crash it holds the old note or the new one. Error: io.
crypto::Result<void> writeCheckpointFile(std::filesystem::path const& directory, std::string_view note);

}  // namespace fundtrail::ledger::log

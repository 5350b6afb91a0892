// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "ledger/log/event_log.h"

namespace fundtrail::replay {

/// Whether the file CHECKPOINT beside the store is there and says what the log says: its note has the log's origin, and
/// where it states the same tree, the same signatures. A file that does not is as good as none: it would not show that
/// batches behind it were cut off. One of an earlier size may remain of a program that was killed. That its root is the
/// tree's, opening the log has seen.
[[nodiscard]] bool holdsCheckpointFile(std::filesystem::path const& directory, ledger::log::EventLog const& log);

}  // namespace fundtrail::replay

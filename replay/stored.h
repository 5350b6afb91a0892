// SPDX-License-Identifier: Apache-2.0
// Private to this folder: compares what the log stores beside its entries with what follows from them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string_view>

#include "crypto/note.h"
#include "replay/findings.h"
#include "replay/judge.h"
#include "replay/roots.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// Rebuilds the tree over the entries and compares every stored tile with it. The root goes into the report; the answer
/// are the roots at those of the sizes that are not above the number of entries.
Roots compareTree(log::EventLog const& log, Past const& entries, std::set<std::uint64_t> const& sizes,
                  Findings& findings, Report& report);

/// The stored checkpoint, if it opens (ledger/batch/log_keys.h). Anything else is a finding.
std::optional<crypto::Checkpoint> readCheckpoint(log::EventLog const& log, std::span<crypto::NoteVerifier const> keys,
                                                 Findings& findings);

void compareUsedNumbers(log::EventLog const& log, domain::State const& state, Findings& findings, Report& report);
void compareIdempotencyKeys(log::EventLog const& log, Claims const& claims, Findings& findings, Report& report);

}  // namespace fundtrail::replay

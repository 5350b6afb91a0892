// SPDX-License-Identifier: Apache-2.0
// Private to this folder: compares what the log stores beside its entries with what follows from them.
#pragma once

#include "crypto/note.h"
#include "replay/findings.h"
#include "replay/judge.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// Rebuilds the tree over the entries and compares every stored tile with it. The root goes into the report; the answer
/// is the root at `checkpointSize` entries, which is at most their number.
crypto::Digest compareTree(log::EventLog const& log, Past const& entries, std::uint64_t checkpointSize,
                           Findings& findings, Report& report);

/// The stored checkpoint, if its signature by this key holds and it is this log's. Anything else is a finding.
std::optional<crypto::Checkpoint> readCheckpoint(log::EventLog const& log, crypto::NoteVerifier const& key,
                                                 Findings& findings);

void compareUsedNumbers(log::EventLog const& log, domain::State const& state, Findings& findings, Report& report);
void compareIdempotencyKeys(log::EventLog const& log, Claims const& claims, Findings& findings, Report& report);

}  // namespace fundtrail::replay

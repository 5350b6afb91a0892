// SPDX-License-Identifier: Apache-2.0
// Private to the program.
#pragma once

#include <cstdint>
#include <set>

#include "ledger/log/event_log.h"
#include "replay/attested.h"
#include "replay/findings.h"
#include "replay/stored.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// The sizes of the checkpoints that the notes state, up to that of the log: whoever checks them needs its roots there.
[[nodiscard]] std::set<std::uint64_t> sizesOf(Attestations const& attestations, std::uint64_t batches);

/// Checks each note by whom the auditor trusts, and reports those that hold. Findings: a note that states another
/// history than the log's, or more than it has; a cosignature or a time-stamp that does not hold; an entry that states
/// a time before or after the one at which outsiders saw the log without it, or with it.
void checkAttested(log::EventLog const& log, Attestations const& attestations, Roots const& roots, Findings& findings,
                   Report& report);

}  // namespace fundtrail::replay

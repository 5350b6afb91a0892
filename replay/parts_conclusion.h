// SPDX-License-Identifier: Apache-2.0
// Private to this folder: how the parts of the proof stand, once everything was looked at.
#pragma once

#include <span>

#include "replay/verify.h"

namespace fundtrail::replay {

/// Fills in the parts that follow from what was counted (authentic, complete, lawful, conserved), makes each part fail
/// that has an exception, and the verdict no better than the parts: a ledger of which a part could not be proven is not
/// proven. The other parts are there already. `attests`: the auditor named witnesses or time-stamp authorities.
void concludeParts(bool attests, Report& report);

}  // namespace fundtrail::replay

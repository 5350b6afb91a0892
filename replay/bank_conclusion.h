// SPDX-License-Identifier: Apache-2.0
// Private to this folder: what is left when every event has been shown, compared with what every statement says.
#pragma once

#include <optional>

#include "ledger/domain/date.h"
#include "replay/bank_limits.h"
#include "replay/bank_records.h"
#include "replay/findings.h"
#include "replay/parts.h"

namespace fundtrail::replay {

/// Compares, city by city, and adds findings. `today` is the day on which the newest event was accepted. Events dated
/// after `until`, if it is given, need no statement. `fails`: something was found before.
[[nodiscard]] Part concludeBank(BankRecords const& records, ledger::domain::Date today,
                                std::optional<ledger::domain::Date> until, BankLimits const& limits, bool fails,
                                Findings& findings);

}  // namespace fundtrail::replay

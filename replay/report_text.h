// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "crypto/log_policy.h"
#include "ledger/schema/names.h"
#include "replay/fsck.h"
#include "replay/receipt.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// The report for people: one line per part of the proof, the findings, the verdict last. Ends in a line feed.
[[nodiscard]] std::string toText(Report const& report, ledger::schema::Language language);

[[nodiscard]] std::string toText(SpineReport const& report, ledger::schema::Language language);
/// What the receipt shows, and what it cannot say.
[[nodiscard]] std::string toText(VerifiedReceipt const& receipt, crypto::LogPolicy const& policy,
                                 ledger::schema::Language language);

/// Each city's money by the audit's own books, in yuan, and their sum.
[[nodiscard]] std::string citiesToText(std::vector<CityTotals> const& cities, ledger::schema::Language language);

/// The last line of toText by itself.
[[nodiscard]] std::string verdictLine(Verdict verdict, ledger::schema::Language language);

}  // namespace fundtrail::replay

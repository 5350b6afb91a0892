// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ledger/schema/names.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// The report for people: one line per part of the proof, the findings, the verdict last. Ends in a line feed.
[[nodiscard]] std::string toText(Report const& report, ledger::schema::Language language);

/// Each city's money by the audit's own books, in yuan, and their sum.
[[nodiscard]] std::string citiesToText(std::vector<CityTotals> const& cities, ledger::schema::Language language);

/// The last line of toText by itself.
[[nodiscard]] std::string verdictLine(Verdict verdict, ledger::schema::Language language);

}  // namespace fundtrail::replay

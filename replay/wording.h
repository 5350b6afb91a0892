// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/commandline/text.h"
#include "ledger/schema/names.h"
#include "replay/books.h"
#include "replay/parts.h"
#include "replay/verify.h"

// What every rendering of an audit calls things, in both languages.

namespace fundtrail::replay {

[[nodiscard]] ledger::commandline::Text titleOf(Standing standing);
[[nodiscard]] ledger::commandline::Text titleOf(FindingKind kind);
/// As a column's heading; `outside` is what was issued in all.
[[nodiscard]] ledger::commandline::Text titleOf(Account account);
/// A heading as it stands within a sentence: "not received".
[[nodiscard]] std::string inSentence(std::string_view heading);

/// "12 of 14 statements (80,000,000.00 yuan)".
[[nodiscard]] std::string countText(Count const& count, ledger::schema::Language language);

/// Seconds since 1970-01-01 00:00 UTC as a time in China; the number itself for one that no calendar has.
[[nodiscard]] std::string timeText(std::uint64_t seconds);

}  // namespace fundtrail::replay

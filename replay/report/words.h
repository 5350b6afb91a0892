// SPDX-License-Identifier: Apache-2.0
// Private to this folder: what the renderings of a dossier call things, in both languages.
#pragma once

#include <string>
#include <string_view>

#include "ledger/commandline/text.h"
#include "replay/report/dossier.h"

namespace fundtrail::replay::report {

using ledger::commandline::Text;

/// The verdict in a few words, and in a sentence that says what it means and what it does not.
[[nodiscard]] Text headlineOf(Verdict verdict);
[[nodiscard]] Text meaningOf(Verdict verdict);

[[nodiscard]] Text titleOf(Standing standing);
[[nodiscard]] Text titleOf(FindingKind kind);
[[nodiscard]] Text titleOf(indicators::State state);
/// As a column's heading; `outside` is what was issued in all.
[[nodiscard]] Text titleOf(Account account);

[[nodiscard]] inline std::string_view in(domain::Text const& text, schema::Language language) {
  return language == schema::Language::zh ? std::string_view(text.zh) : std::string_view(text.en);
}
[[nodiscard]] std::string_view nameOf(domain::CityCode city, schema::Language language);

/// The clause on which a rule rests, as the notice numbers it; empty for an id that is no rule's.
[[nodiscard]] std::string_view clauseOf(std::string_view rule);

/// "12 / 14 statements (80,000,000.00 yuan)".
[[nodiscard]] std::string countText(Count const& count, schema::Language language);

/// "2024-03" for 202403.
[[nodiscard]] std::string monthText(std::uint32_t month);
/// Seconds since 1970-01-01 00:00 UTC as a time in China; the number itself for one that no calendar has.
[[nodiscard]] std::string timeText(std::uint64_t seconds);

}  // namespace fundtrail::replay::report

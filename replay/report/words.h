// SPDX-License-Identifier: Apache-2.0
// Private to this folder: what the renderings of a dossier call things, in both languages.
#pragma once

#include <string>
#include <string_view>

#include "ledger/commandline/text.h"
#include "replay/report/dossier.h"
#include "replay/wording.h"

namespace fundtrail::replay::report {

using ledger::commandline::Text;
using replay::titleOf;

/// The verdict in a few words, and in a sentence that says what it means and what it does not.
[[nodiscard]] Text headlineOf(Verdict verdict);
[[nodiscard]] Text meaningOf(Verdict verdict);

[[nodiscard]] Text titleOf(indicators::State state);

[[nodiscard]] inline std::string_view in(domain::Text const& text, schema::Language language) {
  return language == schema::Language::zh ? std::string_view(text.zh) : std::string_view(text.en);
}
[[nodiscard]] std::string_view nameOf(domain::CityCode city, schema::Language language);

/// The clause on which a rule rests, as the notice numbers it; empty for an id that is no rule's.
[[nodiscard]] std::string_view clauseOf(std::string_view rule);

/// "2024-03" for 202403.
[[nodiscard]] std::string monthText(std::uint32_t month);

}  // namespace fundtrail::replay::report

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ledger/schema/names.h"
#include "replay/indicators/examine.h"

namespace fundtrail::replay::indicators {

/// What the indicators said, as one JSON object on one line (docs/OUTPUT.md).
[[nodiscard]] std::string toJson(Indicators const& indicators);
/// The same for people. Of each indicator the first hits, and how many there are further.
[[nodiscard]] std::string toText(Indicators const& indicators, ledger::schema::Language language);

/// The table of indicators: with its parameters, for people; and docs/INDICATORS.md, which is made of it.
[[nodiscard]] std::string tableToText(ledger::schema::Language language);
[[nodiscard]] std::string tableToMarkdown();

}  // namespace fundtrail::replay::indicators

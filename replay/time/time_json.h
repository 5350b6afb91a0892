// SPDX-License-Identifier: Apache-2.0
// Private to this folder: states and differences for programs (docs/OUTPUT.md).
#pragma once

#include <string>

#include "replay/time/difference.h"
#include "replay/time/standing.h"
#include "replay/verify.h"

namespace fundtrail::replay::time {

/// One object on one line. The same whatever the language. `only`: no other city's records.
[[nodiscard]] std::string toJson(LedgerStanding const& standing, std::optional<domain::CityCode> only, Verdict verdict);
[[nodiscard]] std::string toJson(Difference const& difference, std::optional<domain::CityCode> only, Verdict verdict);

}  // namespace fundtrail::replay::time

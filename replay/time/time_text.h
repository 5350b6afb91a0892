// SPDX-License-Identifier: Apache-2.0
// Private to this folder: states and differences for people. Amounts are in yuan.
#pragma once

#include <optional>
#include <string>

#include "replay/program.h"
#include "replay/time/difference.h"
#include "replay/time/standing.h"

namespace fundtrail::replay::time {

/// `only`: no other city's records.
[[nodiscard]] std::string toText(LedgerStanding const& standing, std::optional<domain::CityCode> only,
                                 Session const& session);
[[nodiscard]] std::string toText(Difference const& difference, std::optional<domain::CityCode> only,
                                 Session const& session);

}  // namespace fundtrail::replay::time

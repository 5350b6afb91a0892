// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/domain/city_code.h"
#include "ledger/domain/project.h"
#include "ledger/domain/state.h"

// Which projects count towards a city's target: clause （二）, rule P1. That a project lies inside the window, in a
// pilot industry and at a sufficient level was judged when each of these was recorded.

namespace fundtrail::ledger::domain {

/// Why a project does not count.
enum class Uncounted : std::uint8_t {
  notReform,         // its purpose is another one
  notAccepted,       // not finished
  notAwarded,        // not supported with public money, or the award was withdrawn before acceptance
  fraudConfirmed,    // a confirmed finding of fraud is open
  enterpriseCounts,  // another project of the enterprise counts: enterprises are counted, not projects
};
[[nodiscard]] std::string_view uncountedZh(Uncounted why);
[[nodiscard]] std::string_view uncountedEn(Uncounted why);
[[nodiscard]] std::string_view uncountedName(Uncounted why);  // for programs

/// Nothing: it meets the conditions by itself. That an enterprise counts once is countedEnterprises()'s business.
[[nodiscard]] std::optional<Uncounted> whyNotCounted(State const& state, Project const& project);

/// Enterprises of the city with a project that counts. Looks at every project of the ledger.
[[nodiscard]] std::uint32_t countedEnterprises(State const& state, CityCode city);

}  // namespace fundtrail::ledger::domain

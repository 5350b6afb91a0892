// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/project.h"
#include "ledger/domain/state.h"

// Which projects count towards a city's target: clause （二）, rule P1. That a project lies inside the window and in a
// pilot industry was judged when each of these was recorded; its level is judged again by the policy of the day of the
// count, as an older policy may have admitted a lower one.

namespace fundtrail::ledger::domain {

/// Why a project does not count.
enum class Uncounted : std::uint8_t {
  notReform,         // its purpose is another one
  notAccepted,       // not finished
  levelTooLow,       // after the reform, by the policy of the day on which it is counted
  notAwarded,        // not supported with public money, or all of it was withdrawn or recovered
  fraudConfirmed,    // its fraud was confirmed, be it rectified since, or one of its enterprise's is open
  enterpriseCounts,  // another project of the enterprise counts: enterprises are counted, not projects
};
[[nodiscard]] std::string_view uncountedZh(Uncounted why);
[[nodiscard]] std::string_view uncountedEn(Uncounted why);
[[nodiscard]] std::string_view uncountedName(Uncounted why);  // for programs

/// As counted on a day. Nothing: it meets the conditions by itself. That an enterprise counts once is
/// countedEnterprises()'s business.
[[nodiscard]] std::optional<Uncounted> whyNotCounted(State const& state, Project const& project, Date day);

/// Enterprises of the city with a project that counts on the day. Looks at every project of the ledger.
[[nodiscard]] std::uint32_t countedEnterprises(State const& state, CityCode city, Date day);

}  // namespace fundtrail::ledger::domain

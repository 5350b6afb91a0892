// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/domain/date.h"

// China's working days, as the rules count them, for the years of a simulation.

namespace fundtrail::ledger::simulation {

/// The day itself, or the first working day after it.
[[nodiscard]] domain::Date workingDayFrom(domain::Date day);
/// So many working days later, or earlier where negative.
[[nodiscard]] domain::Date plusWorkingDays(domain::Date day, int count);

}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/domain/date.h"

// China's working days from 2024 to June 2026: Monday to Friday, less the public holidays. Saturdays and Sundays on
// which holidays are made up for are left free: nothing has to happen on them.

namespace fundtrail::ledger::simulation {

[[nodiscard]] bool isWorkingDay(domain::Date day);
/// The day itself, or the first working day after it.
[[nodiscard]] domain::Date workingDayFrom(domain::Date day);
/// So many working days later, or earlier where negative.
[[nodiscard]] domain::Date plusWorkingDays(domain::Date day, int count);

}  // namespace fundtrail::ledger::simulation

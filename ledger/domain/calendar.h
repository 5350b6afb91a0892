// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/domain/date.h"

// China's working days: Monday to Friday, less the public holidays, plus the Saturdays and Sundays on which holidays
// are made up for. Source: the State Council's yearly notices, named in calendar.cc. A year is added when its notice is
// out; a year that is there never changes, since recorded history was judged by it.

namespace fundtrail::ledger::domain {

/// True if the notice for the day's year is known. All of the programme's years are (2023 … 2026).
[[nodiscard]] bool calendarCovers(Date day);

/// Whether offices work on the day; nothing for a year whose notice is not known.
[[nodiscard]] std::optional<bool> isWorkingDay(Date day);

/// Working days from one day to another, both included; 0 where `from` is later. Nothing if the span leaves the years
/// that are known.
[[nodiscard]] std::optional<std::uint32_t> workingDaysBetween(Date from, Date to);

}  // namespace fundtrail::ledger::domain

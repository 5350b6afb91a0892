// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/working_days.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

namespace fundtrail::ledger::simulation {

namespace {

struct Holiday {
  std::uint32_t from;
  std::uint32_t to;
};
constexpr auto kHolidays = std::to_array<Holiday>({
    {20240101, 20240101},
    {20240210, 20240217},
    {20240404, 20240406},
    {20240501, 20240505},
    {20240610, 20240610},
    {20240915, 20240917},
    {20241001, 20241007},
    {20250101, 20250101},
    {20250128, 20250204},
    {20250404, 20250406},
    {20250501, 20250505},
    {20250531, 20250602},
    {20251001, 20251008},
    {20260101, 20260103},
    {20260215, 20260223},
    {20260404, 20260406},
    {20260501, 20260505},
    {20260619, 20260621},
});

}  // namespace

bool isWorkingDay(domain::Date day) {
  auto const weekday = day.weekday();
  if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) return false;
  return std::ranges::none_of(kHolidays, [number = day.number()](Holiday const& holiday) {
    return holiday.from <= number && number <= holiday.to;
  });
}

domain::Date workingDayFrom(domain::Date day) {
  while (!isWorkingDay(day)) day = day.plusDays(1);
  return day;
}

domain::Date plusWorkingDays(domain::Date day, int count) {
  int const step = count < 0 ? -1 : 1;
  for (; count != 0; count -= step) {
    do day = day.plusDays(step);
    while (!isWorkingDay(day));
  }
  return day;
}

}  // namespace fundtrail::ledger::simulation

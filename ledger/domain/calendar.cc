// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/calendar.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace fundtrail::ledger::domain {

namespace {

constexpr std::uint32_t kFirstYear = 2023;
constexpr std::uint32_t kLastYear = 2026;

struct Holiday {
  std::uint32_t from;
  std::uint32_t to;
};

// 2023: 国办发明电〔2022〕16号. 2024: 国办发明电〔2023〕7号. 2025: 国办发明电〔2024〕12号. 2026: the General Office's
// notice of 2025-11-04.
constexpr auto kHolidays = std::to_array<Holiday>({
    {20230101, 20230102}, {20230121, 20230127}, {20230405, 20230405}, {20230429, 20230503}, {20230622, 20230624},
    {20230929, 20231006}, {20240101, 20240101}, {20240210, 20240217}, {20240404, 20240406}, {20240501, 20240505},
    {20240610, 20240610}, {20240915, 20240917}, {20241001, 20241007}, {20250101, 20250101}, {20250128, 20250204},
    {20250404, 20250406}, {20250501, 20250505}, {20250531, 20250602}, {20251001, 20251008}, {20260101, 20260103},
    {20260215, 20260223}, {20260404, 20260406}, {20260501, 20260505}, {20260619, 20260621}, {20260925, 20260927},
    {20261001, 20261007},
});

// Weekend days on which offices work (调休上班). The same notices.
constexpr auto kMakeUpDays = std::to_array<std::uint32_t>({
    20230128, 20230129, 20230423, 20230506, 20230625, 20231007, 20231008, 20240204, 20240218,
    20240407, 20240428, 20240511, 20240914, 20240929, 20241012, 20250126, 20250208, 20250427,
    20250928, 20251011, 20260104, 20260214, 20260228, 20260509, 20260920, 20261010,
});

constexpr bool isWeekend(Date day) {
  auto const weekday = day.weekday();
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

consteval bool makeUpDaysAreWeekendDays() {
  return std::ranges::all_of(kMakeUpDays, [](std::uint32_t number) {
    auto const day = Date::fromNumber(number);
    return day && isWeekend(*day);
  });
}
static_assert(makeUpDaysAreWeekendDays(), "a make-up day is a Saturday or a Sunday: check the date");

}  // namespace

bool calendarCovers(Date day) {
  auto const year = day.number() / 10'000;
  return kFirstYear <= year && year <= kLastYear;
}

std::optional<bool> isWorkingDay(Date day) {
  if (!calendarCovers(day)) return std::nullopt;
  auto const number = day.number();
  if (isWeekend(day)) return std::ranges::binary_search(kMakeUpDays, number);
  return std::ranges::none_of(
      kHolidays, [number](Holiday const& holiday) { return holiday.from <= number && number <= holiday.to; });
}

std::optional<std::uint32_t> workingDaysBetween(Date from, Date to) {
  if (!calendarCovers(from) || !calendarCovers(to)) return std::nullopt;
  std::uint32_t count = 0;
  for (auto day = from; day <= to; day = day.plusDays(1)) count += *isWorkingDay(day) ? 1U : 0U;
  return count;
}

}  // namespace fundtrail::ledger::domain

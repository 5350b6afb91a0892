// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/calendar.h"

#include <gtest/gtest.h>

namespace fundtrail::ledger::domain {
namespace {

Date day(std::uint32_t number) {
  return Date::fromNumber(number).value();
}

TEST(Calendar, OfficesWorkFromMondayToFriday) {
  EXPECT_EQ(isWorkingDay(day(20260112)), true);   // a Monday
  EXPECT_EQ(isWorkingDay(day(20260116)), true);   // a Friday
  EXPECT_EQ(isWorkingDay(day(20260117)), false);  // a Saturday
  EXPECT_EQ(isWorkingDay(day(20260118)), false);  // a Sunday
}

TEST(Calendar, OfficesRestOnHolidaysAndMakeUpForThem) {
  EXPECT_EQ(isWorkingDay(day(20260216)), false);  // a Monday in the Spring Festival
  EXPECT_EQ(isWorkingDay(day(20260214)), true);   // the Saturday before it
  EXPECT_EQ(isWorkingDay(day(20260228)), true);   // the Saturday after it
  EXPECT_EQ(isWorkingDay(day(20241001)), false);
  EXPECT_EQ(isWorkingDay(day(20241012)), true);
}

TEST(Calendar, HasAsManyWorkingDaysInAYearAsItsNoticeLeaves) {
  // Weekdays of the year, less those the notice frees, plus the weekend days that it takes.
  EXPECT_EQ(workingDaysBetween(day(20230101), day(20231231)), 260U - 18U + 7U);
  EXPECT_EQ(workingDaysBetween(day(20240101), day(20241231)), 262U - 19U + 8U);
  EXPECT_EQ(workingDaysBetween(day(20250101), day(20251231)), 261U - 18U + 5U);
  EXPECT_EQ(workingDaysBetween(day(20260101), day(20261231)), 261U - 19U + 6U);
}

TEST(Calendar, CountsBothEndsOfASpan) {
  EXPECT_EQ(workingDaysBetween(day(20250512), day(20250516)), 5U);
  EXPECT_EQ(workingDaysBetween(day(20250512), day(20250512)), 1U);
  EXPECT_EQ(workingDaysBetween(day(20250513), day(20250512)), 0U);
  EXPECT_EQ(workingDaysBetween(day(20250930), day(20251011)), 4U);  // 30 September, 9, 10 and (made up) 11 October
}

TEST(Calendar, SaysNothingOfAYearWhoseNoticeIsNotKnown) {
  EXPECT_EQ(isWorkingDay(day(20270104)), std::nullopt);
  EXPECT_EQ(workingDaysBetween(day(20261230), day(20270104)), std::nullopt);
  EXPECT_FALSE(calendarCovers(day(20221231)));
  EXPECT_TRUE(calendarCovers(day(20230101)));
}

}  // namespace
}  // namespace fundtrail::ledger::domain

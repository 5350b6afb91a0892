// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/date.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <unordered_set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fundtrail::ledger::domain {
namespace {

constexpr Date on(std::uint32_t yyyymmdd) {
  return Date::fromNumber(yyyymmdd).value();
}

static_assert(on(20240228).plusDays(1) == on(20240229));
static_assert(on(20240101).daysUntil(on(20250101)) == 366);

rc::Gen<Date> anyDate() {
  return rc::gen::map(rc::gen::inRange(0, Date::first().daysUntil(Date::last()) + 1),
                      [](int days) { return Date::first().plusDays(days); });
}

// Every day from the first to the last, found by trying all numbers, independently of any calendar arithmetic.
TEST(Date, HoldsExactlyTheDaysOfOneCentury) {
  std::array<unsigned, 12> const lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (std::uint32_t year = 1999; year <= 2100; ++year) {
    for (std::uint32_t month = 0; month <= 13; ++month) {
      for (std::uint32_t day = 0; day <= 32; ++day) {
        bool const isMonth = month >= 1 && month <= 12;
        bool const isLeapDay = year % 4 == 0 && month == 2 && day == 29;
        bool const isDay =
            year >= 2000 && year <= 2099 && isMonth && day >= 1 && (day <= lengths[month - 1] || isLeapDay);
        ASSERT_EQ(Date::fromNumber(year * 10'000 + month * 100 + day).has_value(), isDay)
            << year << ' ' << month << ' ' << day;
      }
    }
  }
}

TEST(Date, RefusesNumbersThatAreNoDates) {
  for (std::uint32_t const number :
       {0u, 1u, 20250000u, 2025052u, 202505210u, std::numeric_limits<std::uint32_t>::max()}) {
    EXPECT_EQ(Date::fromNumber(number), std::nullopt) << number;
  }
}

TEST(Date, IsWrittenWithHyphensAndReadWithOrWithoutThem) {
  EXPECT_EQ(on(20250521).text(), "2025-05-21");
  EXPECT_EQ(Date::parse("2025-05-21"), on(20250521));
  EXPECT_EQ(Date::parse("20250521"), on(20250521));
}

TEST(Date, RefusesEveryOtherSpelling) {
  for (char const* const text : {"", "2025-5-21", "2025/05/21", "21-05-2025", "2025-0521", "202505-21", "2025-05-21 ",
                                 " 20250521", "2025052", "202505211", "2025-02-29", "2025-13-01", "1999-12-31",
                                 "2100-01-01", "+2025521", "-2025052", "2025年5月21日", "0x250521", "2025-05-2a"}) {
    EXPECT_EQ(Date::parse(text), std::nullopt) << text;
  }
}

TEST(Date, EveryDayOfALeapYearFollowsTheOneBefore) {
  Date day = on(20240101);
  auto weekday = std::chrono::Monday;
  for (int passed = 0; passed < 366; ++passed) {
    ASSERT_EQ(on(20240101).daysUntil(day), passed);
    ASSERT_EQ(on(20240101).plusDays(passed), day);
    ASSERT_EQ(day.weekday(), weekday) << day.text();
    ASSERT_EQ(Date::parse(day.text()), day);
    Date const next = day.plusDays(1);
    ASSERT_LT(day, next);
    ASSERT_EQ(next.plusDays(-1), day);
    day = next;
    ++weekday;
  }
  EXPECT_EQ(day, on(20250101));
}

TEST(Date, ArithmeticStopsAtTheEndsOfTheCalendar) {
  EXPECT_EQ(Date::last().plusDays(1), Date::last());
  EXPECT_EQ(Date::first().plusDays(-1), Date::first());
  EXPECT_EQ(Date::first().plusDays(std::numeric_limits<int>::max()), Date::last());
  EXPECT_EQ(Date::last().plusDays(std::numeric_limits<int>::min()), Date::first());
  EXPECT_EQ(Date::last().plusDays(-1), on(20991230));
}

TEST(Date, DaysUntilUndoesPlusDays) {
  EXPECT_TRUE(rc::check([] {
    Date const from = *anyDate();
    Date const to = *anyDate();
    RC_ASSERT(from.plusDays(from.daysUntil(to)) == to);
    RC_ASSERT(from.daysUntil(to) == -to.daysUntil(from));
    RC_ASSERT((from.daysUntil(to) > 0) == (from < to));
  }));
}

TEST(Date, ReadsBackWhatItWrites) {
  EXPECT_TRUE(rc::check([] {
    Date const day = *anyDate();
    RC_ASSERT(Date::parse(day.text()) == day);
    RC_ASSERT(Date::parse(std::to_string(day.number())) == day);
    RC_ASSERT(Date::fromNumber(day.number()) == day);
  }));
}

TEST(Date, EqualDaysAreOneKeyInASet) {
  std::unordered_set<Date> const days = {on(20250521), on(20250521), on(20250522)};
  EXPECT_EQ(days.size(), 2u);
}

TEST(Instant, IsWrittenAsChinaTime) {
  // 2025-05-21T01:30:00Z is 20,229 days and 5,400 seconds after the epoch.
  auto const instant = Instant::fromMilliseconds((20'229LL * 86'400 + 5'400) * 1'000).value();
  EXPECT_EQ(instant.text(), "2025-05-21T09:30:00.000+08:00");
  EXPECT_EQ(instant.businessDate(), on(20250521));
}

TEST(Instant, TheBusinessDayChangesAtMidnightInChina) {
  Instant const midnight = Instant::startOf(on(20250521));
  Instant const before = Instant::fromMilliseconds(midnight.milliseconds() - 1).value();
  EXPECT_EQ(midnight.businessDate(), on(20250521));
  EXPECT_EQ(before.businessDate(), on(20250520));
  EXPECT_EQ(midnight.text(), "2025-05-21T00:00:00.000+08:00");
  EXPECT_EQ(before.text(), "2025-05-20T23:59:59.999+08:00");
  EXPECT_LT(before, midnight);
}

TEST(Instant, HasTheSameCalendarAsDate) {
  std::int64_t const first = Instant::startOf(Date::first()).milliseconds();
  std::int64_t const last = Instant::startOf(Date::last()).milliseconds() + 86'400'000 - 1;
  EXPECT_EQ(first, 946'656'000'000);  // 1999-12-31T16:00:00Z
  EXPECT_EQ(Instant::fromMilliseconds(first)->businessDate(), Date::first());
  EXPECT_EQ(Instant::fromMilliseconds(last)->businessDate(), Date::last());
  for (std::int64_t const outside : {first - 1, last + 1, std::int64_t{0}, std::numeric_limits<std::int64_t>::min(),
                                     std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_EQ(Instant::fromMilliseconds(outside), std::nullopt) << outside;
  }
}

TEST(Instant, ReadsBackWhatItWrites) {
  EXPECT_TRUE(rc::check([] {
    std::int64_t const start = Instant::startOf(*anyDate()).milliseconds();
    auto const instant = Instant::fromMilliseconds(start + *rc::gen::inRange(0, 86'400'000)).value();
    RC_ASSERT(Instant::parse(instant.text()) == instant);
    RC_ASSERT(instant.text().starts_with(instant.businessDate().text()));
  }));
}

TEST(Instant, RefusesEveryOtherSpelling) {
  for (char const* const text :
       {"", "2025-05-21", "2025-05-21T09:30:00+08:00", "2025-05-21T09:30:00.000Z", "2025-05-21T09:30:00.000+09:00",
        "2025-05-21 09:30:00.000+08:00", "2025-05-21T24:00:00.000+08:00", "2025-05-21T09:60:00.000+08:00",
        "2025-05-21T09:30:60.000+08:00", "2025-02-29T09:30:00.000+08:00", "2025-05-21T09:30:00.000+08:00 ",
        "20250521  T09:30:00.000+08:00"}) {
    EXPECT_EQ(Instant::parse(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace fundtrail::ledger::domain

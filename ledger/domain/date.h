// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/domain/value_hash.h"

namespace fundtrail::ledger::domain {

/// A business date in China (+08:00), stored as the number YYYYMMDD. A value; a real calendar day of 2000 … 2099,
/// always.
class Date {
 public:
  /// The ends of the calendar.
  static constexpr Date first() { return Date(20000101); }
  static constexpr Date last() { return Date(20991231); }

  /// The day that YYYYMMDD names, or nullopt where it is no day of the calendar.
  static constexpr std::optional<Date> fromNumber(std::uint32_t yyyymmdd) {
    if (yyyymmdd < first().number_ || yyyymmdd > last().number_ || !Date(yyyymmdd).calendarDay().ok()) {
      return std::nullopt;
    }
    return Date(yyyymmdd);
  }
  /// Reads "2025-05-21" and "20250521"; nullopt for anything else.
  static std::optional<Date> parse(std::string_view text);

  constexpr std::uint32_t number() const { return number_; }
  /// "2025-05-21"
  std::string text() const;

  /// The day that many days later, or earlier where negative. A day beyond an end of the calendar is that end: a
  /// deadline counted from any signed date thus needs no check, and no day of the calendar lies after it.
  constexpr Date plusDays(int days) const {
    using std::chrono::sys_days;
    std::int64_t const target = dayCount() + days;
    if (target <= first().dayCount()) return first();
    if (target >= last().dayCount()) return last();
    return fromDay(sys_days(std::chrono::days(static_cast<int>(target))));
  }
  /// Days from this day to the other: negative where the other is earlier.
  constexpr int daysUntil(Date other) const { return static_cast<int>(other.dayCount() - dayCount()); }
  constexpr std::chrono::weekday weekday() const { return std::chrono::weekday(std::chrono::sys_days(calendarDay())); }

  friend constexpr auto operator<=>(Date, Date) = default;
  friend constexpr std::size_t hash_value(Date date) noexcept { return date.number_; }

 private:
  friend class Instant;

  constexpr explicit Date(std::uint32_t yyyymmdd) : number_(yyyymmdd) {}
  static constexpr Date fromDay(std::chrono::sys_days day) {
    std::chrono::year_month_day const ymd(day);
    return Date(static_cast<std::uint32_t>(static_cast<int>(ymd.year())) * 10'000 +
                static_cast<unsigned>(ymd.month()) * 100 + static_cast<unsigned>(ymd.day()));
  }
  constexpr std::chrono::year_month_day calendarDay() const {
    return std::chrono::year(static_cast<int>(number_ / 10'000)) / std::chrono::month(number_ / 100 % 100) /
           std::chrono::day(number_ % 100);
  }
  // Days since 1970-01-01.
  constexpr std::int64_t dayCount() const { return std::chrono::sys_days(calendarDay()).time_since_epoch().count(); }

  std::uint32_t number_;
};

/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z. A value; its business date is a Date, always.
class Instant {
 public:
  /// The moment, or nullopt where its day in China is outside the calendar of Date.
  static constexpr std::optional<Instant> fromMilliseconds(std::int64_t sinceEpoch) {
    if (sinceEpoch < startOf(Date::first()).milliseconds_ ||
        sinceEpoch >= startOf(Date::last()).milliseconds_ + kMillisecondsPerDay) {
      return std::nullopt;
    }
    return Instant(sinceEpoch);
  }
  /// Midnight in China at which the day begins.
  static constexpr Instant startOf(Date day) { return Instant(day.dayCount() * kMillisecondsPerDay - kOffset); }
  /// Reads exactly what text() writes; nullopt for anything else.
  static std::optional<Instant> parse(std::string_view text);

  constexpr std::int64_t milliseconds() const { return milliseconds_; }
  /// The day in China.
  constexpr Date businessDate() const {
    return Date::fromDay(
        std::chrono::sys_days(std::chrono::days(static_cast<int>((milliseconds_ + kOffset) / kMillisecondsPerDay))));
  }
  /// "2025-05-21T09:30:00.000+08:00"
  std::string text() const;

  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr std::size_t hash_value(Instant instant) noexcept {
    return static_cast<std::size_t>(instant.milliseconds_);
  }

 private:
  static constexpr std::int64_t kMillisecondsPerDay = 86'400'000;
  static constexpr std::int64_t kOffset = 8 * 3'600'000;  // China keeps +08:00 all year

  constexpr explicit Instant(std::int64_t sinceEpoch) : milliseconds_(sinceEpoch) {}

  std::int64_t milliseconds_;
};

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::Date>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::Date> {};
template <>
struct std::hash<fundtrail::ledger::domain::Instant>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::Instant> {};

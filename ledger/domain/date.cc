// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/date.h"

#include <fmt/format.h>

#include "ledger/domain/decimal.h"

namespace fundtrail::ledger::domain {
namespace {

// The number that a text writes where the pattern has 'd'; every other character must be the pattern's own.
std::optional<std::uint64_t> digitsOf(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return std::nullopt;
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (pattern[i] == 'd') {
      if (!isDigit(text[i])) return std::nullopt;
      number = number * 10 + static_cast<std::uint64_t>(text[i] - '0');
    } else if (text[i] != pattern[i]) {
      return std::nullopt;
    }
  }
  return number;
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
  auto const number = digitsOf(text, text.size() == 8 ? "dddddddd" : "dddd-dd-dd");
  return number ? fromNumber(static_cast<std::uint32_t>(*number)) : std::nullopt;
}

std::string Date::text() const {
  return fmt::format("{:04}-{:02}-{:02}", number_ / 10'000, number_ / 100 % 100, number_ % 100);
}

std::optional<Instant> Instant::parse(std::string_view text) {
  constexpr std::size_t kDateLength = 10;
  if (text.size() < kDateLength) return std::nullopt;
  auto const day = Date::parse(text.substr(0, kDateLength));
  auto const clock = digitsOf(text.substr(kDateLength), "Tdd:dd:dd.ddd+08:00");
  if (!day || !clock) return std::nullopt;
  std::uint64_t const hours = *clock / 10'000'000;
  std::uint64_t const minutes = *clock / 100'000 % 100;
  std::uint64_t const milliseconds = *clock % 100'000;  // seconds included
  if (hours > 23 || minutes > 59 || milliseconds > 59'999) return std::nullopt;
  return Instant(startOf(*day).milliseconds_ +
                 static_cast<std::int64_t>((hours * 60 + minutes) * 60'000 + milliseconds));
}

std::string Instant::text() const {
  Date const day = businessDate();
  std::int64_t const clock = milliseconds_ - startOf(day).milliseconds_;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}+08:00", day.text(), clock / 3'600'000, clock / 60'000 % 60,
                     clock / 1'000 % 60, clock % 1'000);
}

}  // namespace fundtrail::ledger::domain

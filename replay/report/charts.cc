// SPDX-License-Identifier: Apache-2.0
#include "replay/report/charts.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "replay/report/markup.h"
#include "replay/report/words.h"

namespace fundtrail::replay::report {

using domain::Fen;
using schema::Language;

namespace {

/// `length` times amount / whole, rounded down. An amount is at most 10^15 fen and a length 10^3.
std::int64_t scaled(Fen amount, Fen whole, std::int64_t length) {
  if (!whole.isPositive() || !amount.isPositive()) return 0;
  return amount.count() * length / whole.count();
}

/// From what is done to what is still to come.
constexpr std::array<Account, 7> kStacked = {Account::paid,      Account::inFlight, Account::reserved,
                                             Account::available, Account::issued,   Account::returnedToTreasury,
                                             Account::recalled};

std::string fillOf(Account account) {
  switch (account) {
    case Account::paid: return "#1f4e79";
    case Account::inFlight: return "url(#p-flight)";
    case Account::reserved: return "url(#p-reserved)";
    case Account::available: return "#cfdbe6";
    case Account::issued: return "#ffffff";
    case Account::returnedToTreasury: return "url(#p-returned)";
    case Account::recalled: return "url(#p-recalled)";
    case Account::outside: break;
  }
  return "none";
}

constexpr std::string_view kPatterns =
    R"(<defs>
<pattern id="p-flight" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#6f93b5"/><path d="M0 6L6 0" stroke="#fff" stroke-width="1.5"/></pattern>
<pattern id="p-reserved" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#9db8d1"/><path d="M0 0V6M3 0V6" stroke="#1f4e79" stroke-width="1"/></pattern>
<pattern id="p-returned" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/><path d="M0 0L6 6M6 0L0 6" stroke="#555" stroke-width="1"/></pattern>
<pattern id="p-recalled" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/><path d="M0 3H6" stroke="#555" stroke-width="1.5"/></pattern>
</defs>
)";

std::string head(std::string_view title, std::int64_t width, std::int64_t height) {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n", width,
      height, escaped(title));
}

}  // namespace

std::string cityBars(std::span<CityTotals const> cities, Language language) {
  constexpr std::int64_t kLeft = 110;
  constexpr std::int64_t kBar = 730;
  constexpr std::int64_t kWidth = 1000;
  constexpr std::int64_t kRow = 24;
  constexpr std::int64_t kTop = 34;
  auto const height = kTop + kRow * static_cast<std::int64_t>(cities.size()) + 6;
  Fen most;
  std::array<bool, kAccounts> used{};
  for (auto const& city : cities) {
    most = std::max(most, city.at(Account::outside));
    for (std::size_t i = 0; i < kAccounts; ++i) used[i] = used[i] || !city.balances[i].isZero();
  }
  auto out = head(Text{"各市资金所处环节", "Where each city's money stands"}.in(language), kWidth, height);
  out += kPatterns;
  std::int64_t x = kLeft;
  for (auto const account : kStacked) {
    if (!used[static_cast<std::size_t>(account)]) continue;
    fmt::format_to(std::back_inserter(out),
                   "<rect x=\"{}\" y=\"6\" width=\"14\" height=\"14\" fill=\"{}\" stroke=\"#1f4e79\"/>"
                   "<text x=\"{}\" y=\"18\">{}</text>\n",
                   x, fillOf(account), x + 20, escaped(titleOf(account).in(language)));
    x += 135;
  }
  std::int64_t y = kTop;
  for (auto const& city : cities) {
    fmt::format_to(std::back_inserter(out), "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", kLeft - 8, y + 14,
                   escaped(nameOf(city.city, language)));
    Fen before;
    for (auto const account : kStacked) {
      auto const amount = city.at(account);
      if (!amount.isPositive()) continue;
      // Ends are rounded, not lengths, so that the pieces fill the bar.
      auto const from = scaled(before, most, kBar);
      before += amount;
      auto const to = scaled(before, most, kBar);
      if (to == from) continue;
      fmt::format_to(std::back_inserter(out),
                     "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"17\" fill=\"{}\" stroke=\"#1f4e79\" "
                     "stroke-width=\".7\"><title>{}: {}</title></rect>",
                     kLeft + from, y, to - from, fillOf(account), escaped(titleOf(account).in(language)),
                     formatYuan(amount));
    }
    fmt::format_to(std::back_inserter(out), "<text x=\"{}\" y=\"{}\">{}</text>\n",
                   kLeft + scaled(before, most, kBar) + 8, y + 14, formatYuan(city.at(Account::outside)));
    y += kRow;
  }
  return out + "</svg>\n";
}

std::string monthColumns(std::span<MonthRow const> months, Language language) {
  constexpr std::int64_t kWidth = 1000;
  constexpr std::int64_t kHeight = 230;
  constexpr std::int64_t kLeft = 10;
  constexpr std::int64_t kFloor = 190;
  constexpr std::int64_t kColumn = 160;
  auto const count = std::max<std::int64_t>(1, static_cast<std::int64_t>(months.size()));
  auto const pitch = std::clamp<std::int64_t>((kWidth - 2 * kLeft) / count, 1, 60);
  Fen most;
  for (auto const& month : months) most = std::max(most, month.paid);
  auto out = head(Text{"各月支付", "Payments by month"}.in(language), kWidth, kHeight);
  fmt::format_to(std::back_inserter(out), "<path d=\"M{} {}H{}\" stroke=\"#333\"/>\n", kLeft, kFloor,
                 kLeft + pitch * count);
  // A label for every month where there is room, else for each quarter's or year's first.
  auto const isLabelled = [&](std::uint32_t month) {
    if (pitch >= 34) return true;
    return pitch >= 14 ? month % 100 % 3 == 1 : month % 100 == 1;
  };
  bool marked = false;
  for (std::size_t i = 0; i < months.size(); ++i) {
    auto const& month = months[i];
    auto const x = kLeft + pitch * static_cast<std::int64_t>(i);
    auto const column = scaled(month.paid, most, kColumn);
    if (column > 0) {
      fmt::format_to(std::back_inserter(out),
                     "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#1f4e79\"><title>{}: {}</title></rect>",
                     x + pitch / 8, kFloor - column, std::max<std::int64_t>(1, pitch - pitch / 4), column,
                     monthText(month.month), formatYuan(month.paid));
    }
    if (!marked && month.paid == most && most.isPositive()) {
      marked = true;  // the highest bears its amount, as the chart's scale
      bool const right = x > kWidth / 2;
      fmt::format_to(std::back_inserter(out), "<text x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
                     right ? x + pitch : x, kFloor - column - 6, right ? "end" : "start", formatYuan(most));
    }
    if (isLabelled(month.month)) {
      fmt::format_to(std::back_inserter(out),
                     "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"11\">{}</text>\n", x + pitch / 2,
                     kFloor + 16, monthText(month.month).substr(2));
    }
  }
  return out + "</svg>\n";
}

}  // namespace fundtrail::replay::report

// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/money.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/domain/decimal.h"

namespace fundtrail::ledger::domain {
namespace {

// The whole part of an amount without its commas; nullopt where it is not written as parseYuan allows.
std::optional<std::string> wholeDigits(std::string_view text) {
  std::string digits;
  bool const grouped = text.find(',') != std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const commaBelongsHere = grouped && (text.size() - i) % 4 == 0;
    if (commaBelongsHere ? text[i] != ',' : !isDigit(text[i])) return std::nullopt;
    if (!commaBelongsHere) digits += text[i];
  }
  bool const startsWell = !digits.empty() && text.front() != ',' && (digits.front() != '0' || digits.size() == 1);
  return startsWell ? std::optional(std::move(digits)) : std::nullopt;
}

}  // namespace

std::optional<Fen> share(Fen amount, BasisPoints rate, Rounding rounding) {
  if (amount.isNegative()) return std::nullopt;
  __extension__ using Wide = __int128;
  switch (rounding) {
    case Rounding::down:
      return Fen::from(static_cast<std::int64_t>(Wide{amount.count()} * rate.count() / BasisPoints::kWhole));
  }
  crypto::abortOnBug("every rounding is handled above");
}

std::string formatYuan(Fen amount) {
  std::int64_t const magnitude = amount.isNegative() ? -amount.count() : amount.count();
  std::string whole = fmt::to_string(magnitude / 100);
  for (std::size_t end = whole.size(); end > 3; end -= 3) whole.insert(end - 3, 1, ',');
  return fmt::format("{}{}.{:02}", amount.isNegative() ? "-" : "", whole, magnitude % 100);
}

std::optional<Fen> parseYuan(std::string_view text) {
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::size_t const point = text.find('.');
  auto digits = wholeDigits(text.substr(0, point));
  if (!digits) return std::nullopt;
  std::string_view const decimals = point == std::string_view::npos ? "00" : text.substr(point + 1);
  if (decimals.empty() || decimals.size() > 2 || !std::all_of(decimals.begin(), decimals.end(), isDigit)) {
    return std::nullopt;
  }
  digits->append(decimals).append(2 - decimals.size(), '0');

  std::int64_t fen = 0;
  for (char const c : *digits) {
    fen = fen * 10 + (c - '0');
    if (fen > Fen::kMaxMagnitude) return std::nullopt;
  }
  return Fen::from(negative ? -fen : fen);
}

}  // namespace fundtrail::ledger::domain

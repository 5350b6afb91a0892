// SPDX-License-Identifier: Apache-2.0
#include "replay/published.h"

#include <array>
#include <optional>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "ledger/domain/city_code.h"
#include "ledger/domain/decimal.h"
#include "ledger/files/files.h"

namespace fundtrail::replay {

namespace domain = ledger::domain;
namespace json = boost::json;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20U;

/// How `status` names an account of the books.
constexpr std::array<std::string_view, kAccounts> kMembers = {
    "issuedFen",   "notReceivedFen", "availableFen",          "reservedFen",
    "inFlightFen", "paidFen",        "returnedToTreasuryFen", "recalledFen"};

Error notFigures(std::string_view member) {
  return {ErrorKind::badInput,
          fmt::format("{}: these are not figures that `fundtrail status --format json` printed", member),
          fmt::format("{}：不是 fundtrail status --format json 输出的数字", member)};
}

std::optional<std::uint64_t> numberOf(json::object const& object, std::string_view member) {
  auto const* const value = object.if_contains(member);
  if (!value || !(value->is_uint64() || value->is_int64())) return std::nullopt;
  boost::system::error_code error;
  auto const number = value->to_number<std::uint64_t>(error);
  return error ? std::nullopt : std::optional(number);
}

std::optional<domain::Fen> fenOf(json::object const& object, std::string_view member) {
  auto const* const value = object.if_contains(member);
  if (!value || !value->is_string()) return std::nullopt;
  // What stands somewhere is never less than nothing.
  auto const fen = domain::parseDecimal(std::string_view(value->get_string()));
  if (!fen || *fen > static_cast<std::uint64_t>(domain::Fen::kMaxMagnitude)) return std::nullopt;
  return domain::Fen::from(static_cast<std::int64_t>(*fen));
}

Result<CityTotals> cityOf(json::value const& value) {
  auto const* const object = value.if_object();
  if (!object) return notFigures("cities");
  auto const code = numberOf(*object, "city");
  auto const city =
      code && *code < 1'000'000 ? domain::CityCode::fromNumber(static_cast<std::uint32_t>(*code)) : std::nullopt;
  auto const* const amounts = object->if_contains("amounts");
  if (!city || !amounts || !amounts->is_object()) return notFigures("cities");
  CityTotals totals{*city, {}};
  for (std::size_t i = 0; i < kAccounts; ++i) {
    auto const amount = fenOf(amounts->get_object(), kMembers[i]);
    if (!amount) return notFigures(kMembers[i]);
    totals.balances[i] = *amount;
  }
  return totals;
}

}  // namespace

Result<PublishedFigures> parsePublished(std::string_view text, std::string source) {
  boost::system::error_code error;
  auto const parsed = json::parse(text, error);
  auto const* const object = error ? nullptr : parsed.if_object();
  auto const* const basis = object ? object->if_contains("basis") : nullptr;
  auto const* const cities = object ? object->if_contains("cities") : nullptr;
  if (!basis || !basis->is_object()) return notFigures("basis");
  if (!cities || !cities->is_array()) return notFigures("cities");
  if (auto const* const kind = object->if_contains("kind"); kind && !kind->is_null()) {
    return Error{ErrorKind::badInput, "kind: give figures of all tranches, without --kind",
                 "kind：请提供全部资金批次的数字，不带 --kind"};
  }
  if (auto const* const on = basis->get_object().if_contains("on"); on && !on->is_null()) {
    return Error{ErrorKind::badInput, "basis.on: give figures of a position, without --on",
                 "basis.on：请提供某一位置的数字，不带 --on"};
  }
  auto const position = numberOf(basis->get_object(), "position");
  auto const treeSize = numberOf(basis->get_object(), "treeSize");
  auto const* const root = basis->get_object().if_contains("root");
  auto const bytes = root && root->is_string() ? crypto::fromHex(std::string_view(root->get_string())) : std::nullopt;
  auto const digest = bytes ? crypto::Digest::from(*bytes) : std::nullopt;
  if (!position || !treeSize || !digest) return notFigures("basis");
  PublishedFigures figures{std::move(source), *position, *treeSize, *digest, {}};
  for (auto const& value : cities->get_array()) {
    auto city = cityOf(value);
    if (!city) return city.error();
    figures.cities.push_back(*std::move(city));
  }
  return figures;
}

Result<PublishedFigures> readPublished(std::filesystem::path const& file) {
  auto const text = ledger::files::readFile(file, kMostBytes);
  if (!text) return text.error();
  auto figures = parsePublished(*text, file.filename().string());
  if (!figures) return figures.error().of(file.string());
  return figures;
}

}  // namespace fundtrail::replay

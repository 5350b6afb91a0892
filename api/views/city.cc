// SPDX-License-Identifier: Apache-2.0
#include "api/views/city.h"

#include <algorithm>
#include <cctype>

#include "ledger/domain/codes.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;

bool equalIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

bool names(std::string_view text, domain::CityCode city) {
  constexpr std::string_view kRank = "市";
  auto name = domain::cityNameZh(city);
  if (text == city.text() || text == name || equalIgnoringCase(text, domain::cityNameEn(city))) return true;
  if (name.ends_with(kRank)) name.remove_suffix(kRank.size());
  return text == name;
}

}  // namespace

std::string cityName(Reader const& reader, domain::CityCode code) {
  return std::string(reader.language == Language::zh ? domain::cityNameZh(code) : domain::cityNameEn(code));
}

crypto::Result<domain::CityCode> cityNamed(Reader const& reader, std::span<domain::CityCode const> cities,
                                           std::string const& text) {
  auto const at = std::ranges::find_if(cities, [&](domain::CityCode city) { return names(text, city); });
  if (at != cities.end()) return *at;
  std::string known;
  for (auto const city : cities) {
    if (!known.empty()) known += ' ';
    known += cityName(reader, city);
  }
  return reader.error(crypto::ErrorKind::notFound,
                      {"账本此时没有城市“{}”，现有：{}", "the ledger has no city {} at that position; it has: {}"},
                      text, known.empty() ? reader.text({"（无）", "(none)"}) : known);
}

}  // namespace fundtrail::api::views

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "ledger/domain/city_code.h"
#include "ledger/domain/industry_code.h"

namespace fundtrail::ledger::domain {

/// A row of the table of regions (GB/T 2260, Guangdong).
struct Region {
  CityCode code;
  std::string_view nameZh;  ///< "广州市"
  std::string_view nameEn;  ///< pinyin without the rank, "Guangzhou"
};

/// A row of the table of industries (GB/T 4754, manufacturing).
struct IndustryClass {
  IndustryCode code;
  std::string_view nameZh;  ///< "稻谷加工"
};

/// The province, its 21 cities and their counties, by code: a city is followed by its counties. Static, as are the
/// names.
std::span<Region const> regions();
/// The counties of a city, by code; none for 东莞, 中山 and whatever is not a city.
std::span<Region const> countiesOf(CityCode city);
/// The 609 manufacturing classes, by code. Static, as are the names.
std::span<IndustryClass const> industryClasses();

/// The name of the city, the county or the province itself.
std::string_view cityNameZh(CityCode code);
std::string_view cityNameEn(CityCode code);
std::string_view industryNameZh(IndustryCode code);

}  // namespace fundtrail::ledger::domain

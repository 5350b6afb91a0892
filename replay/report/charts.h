// SPDX-License-Identifier: Apache-2.0
// Private to this folder: charts as SVG inside the page. Coordinates are whole numbers, worked out from fen; fills
// differ in their pattern too, so that a print without colour reads the same.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ledger/schema/names.h"
#include "replay/report/dossier.h"

namespace fundtrail::replay::report {

/// A bar per city, of the accounts in which its money stands; as long as what was issued to it.
[[nodiscard]] std::string cityBars(std::span<CityTotals const> cities, schema::Language language);

/// A column per month, of what was paid in it; a month in which more was reversed than paid has none.
[[nodiscard]] std::string monthColumns(std::span<MonthRow const> months, schema::Language language);

}  // namespace fundtrail::replay::report

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <ostream>
#include <span>
#include <string_view>

#include "api/cli/session.h"
#include "api/cli/table.h"
#include "ledger/projections/allocation.h"

// The allocation as tables and as JSON. Amounts are in yuan in tables, in fen in JSON.

namespace fundtrail::api::cli {

/// A row per city and one for all.
Table cityTable(Session const& session, ledger::projections::Allocation const& allocation);
/// A row per tranche, purpose and county of one city, and one for all.
Table pocketTable(Session const& session, ledger::projections::CityAllocation const& city);
/// The award lists that cities published.
Table publishedTable(Session const& session, std::span<ledger::projections::CityAllocation const> cities);

/// How far projects and enterprises of a city are.
struct Counts {
  std::size_t awarded = 0;  // projects
  std::size_t counted = 0;  // enterprises, towards the target
};
using CountsOfCities = std::map<ledger::domain::CityCode, Counts>;

/// Everything about the cities, as JSON. `kind`: of the tranches that were taken in; empty: all.
void printJson(std::ostream& out, std::span<ledger::projections::CityAllocation const> cities,
               CountsOfCities const& counts, ledger::projections::Basis const& basis, std::string_view kind);

}  // namespace fundtrail::api::cli

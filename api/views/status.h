// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <ostream>
#include <vector>

#include "api/views/reader.h"
#include "api/views/report.h"
#include "api/views/table.h"
#include "ledger/domain/city_code.h"
#include "ledger/projections/allocation.h"
#include "ledger/projections/as_of.h"

// Where each city's money stands, and the lists that cities published. Amounts are in yuan in tables, in fen in JSON.

namespace fundtrail::api::views {

/// Which of it.
struct StatusScope {
  std::optional<ledger::domain::CityCode> city{};     // nothing: all; one is shown by tranche, purpose and county
  std::optional<ledger::schema::TrancheKind> kind{};  // tranches of this kind alone
};

/// Prints it. The allocation is the snapshot's, and has the city. CSV leaves out sums over cities.
void printStatus(std::ostream& out, Reader const& reader, ledger::projections::Snapshot const& snapshot,
                 ledger::projections::Allocation const& allocation, StatusScope const& scope, Format format);

/// As sheets of a workbook: the cities, or the pockets of the one; the published lists.
[[nodiscard]] std::vector<NamedTable> statusTables(Reader const& reader, ledger::projections::Snapshot const& snapshot,
                                                   ledger::projections::Allocation const& allocation,
                                                   StatusScope const& scope);

}  // namespace fundtrail::api::views

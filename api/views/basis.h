// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <boost/json.hpp>

#include "api/views/reader.h"
#include "api/views/table.h"
#include "ledger/projections/as_of.h"

// What figures rest on, as every output that shows figures says it.

namespace fundtrail::api::views {

/// In one line.
std::string basisLine(Reader const& reader, ledger::projections::Basis const& basis);
/// As columns added to each row of a table.
void addBasis(Reader const& reader, Table& table, ledger::projections::Basis const& basis);
boost::json::object jsonOf(ledger::projections::Basis const& basis);

}  // namespace fundtrail::api::views

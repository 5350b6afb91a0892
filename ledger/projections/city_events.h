// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "crypto/result.h"
#include "ledger/domain/city_code.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::projections {

/// Which events a city must be shown, by number: those that are its business or a county's of it, and those of the
/// province, which hold for everybody (policies, designations, organisations of the whole province, persons, keys and
/// roles, without which no signature can be checked). Whose business an event is, domain::Subject says. Error: notFound
/// where the ledger has no such city; as for history::fold().
[[nodiscard]] crypto::Result<std::vector<bool>> cityEvents(log::EventLog const& log, domain::CityCode city);

}  // namespace fundtrail::ledger::projections

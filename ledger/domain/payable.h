// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/project.h"
#include "ledger/domain/state.h"

namespace fundtrail::ledger::domain {

/// How much of an award may have been requested by a day, what was requested before included. Supported afterwards
/// (事后): all of it. Before or during the work (事前、事中): the share that the city's plan states, until the subsidy
/// is computed again on what was spent, and then that, within the award. An award that is withdrawn: what was
/// requested.
[[nodiscard]] Fen payable(State const& state, Award const& award, Date day);

/// The same while the subsidy is not, or no longer, computed again.
[[nodiscard]] Fen payableInAdvance(State const& state, Award const& award, Date day);

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/domain/parties.h"
#include "ledger/domain/project.h"
#include "ledger/domain/state.h"

namespace fundtrail::ledger::domain {

/// Whether the person's house gains from the project: its enterprise, or a provider in one of its contracts. Staff of
/// an organisation state its unified social credit code, or its registered name, as their own.
[[nodiscard]] bool isParty(State const& state, Project const& project, Person const& person);

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "ledger/domain/date.h"
#include "ledger/domain/funds.h"
#include "ledger/domain/money.h"
#include "ledger/domain/project.h"
#include "ledger/domain/state.h"
#include "ledger/schema/event.capnp.h"

// Which step comes next. Rules E5 and F4 refuse every other; work lists show this one.

namespace fundtrail::ledger::domain {

/// The stage from which a step leads a project on (rule E5). A project supported before or during its work goes through
/// the site check to the proposal twice: on what it plans, and once awarded on what it spent. A type that is no step of
/// a project's is a bug.
[[nodiscard]] ProjectStage dueStage(schema::Event::Which type, Project const& project);

/// The stage from which a step leads a payment on (rule F4); nothing for types that have not one such stage.
[[nodiscard]] std::optional<PaymentStage> dueStage(schema::Event::Which type);

using NextSteps = std::vector<schema::Event::Which>;

/// What the project waits for on that day: nothing for one that is done with. Waiting for another record of its own (a
/// payment under way, a publicity that runs) is not its next step. A step back or out is not listed.
[[nodiscard]] NextSteps nextSteps(State const& state, Project const& project, Date day);
[[nodiscard]] NextSteps nextSteps(Payment const& payment);

}  // namespace fundtrail::ledger::domain

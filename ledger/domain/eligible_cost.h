// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/domain/money.h"
#include "ledger/schema/project.capnp.h"
#include "ledger/schema/values.capnp.h"

namespace fundtrail::ledger::domain {

/// Whether cost of the category may be supported. Clause （四）: software, cloud services and the equipment that it
/// names; not implementation, customisation, training, maintenance or other services.
[[nodiscard]] bool isEligible(schema::CostCategory category);

/// 核定投入: the net amounts of the eligible lines; tax never counts. Nothing where the sum is larger than any amount
/// may be.
[[nodiscard]] std::optional<Fen> eligibleCost(capnp::List<schema::CostLine>::Reader lines);

}  // namespace fundtrail::ledger::domain

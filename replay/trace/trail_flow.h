// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/trace/flow.h"
#include "replay/trace/trail.h"

namespace fundtrail::replay::trace {

/// The money of a trail from left to right. Of a tranche: the tranche, its purposes, where the money stands, and whose
/// it is. Of a payment: tranches, the award, the payment, whoever has it. Else: tranches, awards, where their money
/// stands. What was reversed, cancelled or withdrawn moves nothing.
[[nodiscard]] Flow flowOf(Trail const& trail);

}  // namespace fundtrail::replay::trace

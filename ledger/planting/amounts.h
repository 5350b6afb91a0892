// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/planting/field.h"

namespace fundtrail::ledger::planting {

/// The project gets another subsidy: as it is proposed, published, awarded, paid and stated by the bank. `eligible` is
/// the cost that the proposal states.
void setSubsidy(Field& field, Story const& story, domain::Fen eligible, domain::Fen subsidy);

/// As it was registered.
[[nodiscard]] std::string enterpriseName(Field const& field, Story const& story);

/// What rate and cap of the project's proposal give of that cost.
[[nodiscard]] domain::Fen subsidyOn(Field const& field, Story const& story, domain::Fen eligible);

[[nodiscard]] domain::Fen subsidyOf(Field const& field, Story const& story);

}  // namespace fundtrail::ledger::planting

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/domain/date.h"
#include "ledger/domain/funds.h"
#include "ledger/domain/money.h"
#include "ledger/domain/project.h"
#include "ledger/domain/state.h"

namespace fundtrail::ledger::domain {

/// How a subsidy comes about: min(rate × eligible cost, cap of the level), rounded down to the fen. Rule A1 demands
/// these figures of a proposal, and an explanation shows them.
struct Subsidy {
  bool planned;                // on what the contracts plan: the first award of support before or during the work
  std::uint8_t level;          // that counts; purposes without levels have their cap under level 1
  PurposePlan const* plan;     // in force; nullptr: none. The state's, while it does not change
  std::optional<Fen> cap;      // nothing: the plan states none for the level
  std::optional<Fen> cost;     // eligible; nothing: larger than any amount may be
  std::optional<Fen> portion;  // rate × cost
  std::optional<Fen> amount;   // the smaller of portion and cap
};

/// By the plan in force on the day. `stated` is the level that the proposal states: before the work, the one aimed at.
[[nodiscard]] Subsidy subsidyOf(State const& state, Project const& project, std::uint8_t stated, Date day);

}  // namespace fundtrail::ledger::domain

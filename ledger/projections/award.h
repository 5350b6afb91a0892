// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/state.h"

// What became of an award. Amounts are whole fen.

namespace fundtrail::ledger::projections {

enum class AwardState : std::uint8_t {
  stands,
  paidInFull,
  restWithdrawn,  // what was not requested was withdrawn, the rest stands
  withdrawn,      // all of it, or the approval was reversed
};
[[nodiscard]] std::string_view stateZh(AwardState state);
[[nodiscard]] std::string_view stateEn(AwardState state);
[[nodiscard]] std::string_view stateName(AwardState state);

struct AwardStatus {
  AwardState state;
  domain::Fen amount;     // as approved
  domain::Fen withdrawn;  // of it
  domain::Fen requested;  // in payments that are not cancelled
  domain::Fen paid;       // settled
  domain::Fen recovered;  // of what was paid
};

/// The award must be on record. Sums are taken from payments and recoveries, each of which is a chain of its own
/// (as_of.h).
[[nodiscard]] AwardStatus awardStatusOf(domain::State const& state, domain::EventRef const& award);

}  // namespace fundtrail::ledger::projections

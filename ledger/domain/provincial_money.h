// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "ledger/domain/city_code.h"
#include "ledger/domain/funds.h"
#include "ledger/domain/money.h"
#include "ledger/domain/postings.h"
#include "ledger/domain/state.h"

namespace fundtrail::ledger::domain {

/// Whether a tranche is of the special fund. What the province adds as a contribution of its own (配套) is not.
[[nodiscard]] bool isOfTheFund(schema::GovernmentLevel level, schema::TrancheKind kind);

/// What the province's special fund gave a city and left there, and how much of it was split to platforms: what clauses
/// （二） and （八） measure a city by (rules F2, F5). Whole fen.
struct ProvincialMoney {
  Fen issued;
  Fen platform;
  Fen platformAvailable;  // of it, not yet awarded
};

[[nodiscard]] ProvincialMoney provincialMoney(State const& state, CityCode city);

/// The same after an event's postings; nothing where it grows larger than any amount may be, which rule F1 refuses.
[[nodiscard]] std::optional<ProvincialMoney> provincialMoneyAfter(State const& state, Postings const& postings,
                                                                  CityCode city);

}  // namespace fundtrail::ledger::domain

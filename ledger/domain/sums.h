// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <optional>

#include "ledger/domain/money.h"

namespace fundtrail::ledger::domain {

/// Sum of the amountFen of a list; nothing where it is larger than any amount may be.
template <class List>
std::optional<Fen> sumOf(List const& list) {
  std::optional<Fen> total = Fen();
  for (auto const item : list) {
    auto const amount = Fen::from(item.getAmountFen());
    if (!amount) return std::nullopt;
    total = total->plus(*amount);
    if (!total) return std::nullopt;
  }
  return total;
}

}  // namespace fundtrail::ledger::domain

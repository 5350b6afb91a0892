// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/refs.h"

#include "ledger/domain/decimal.h"

namespace fundtrail::ledger::domain {

template <class Sequence>
std::optional<Position<Sequence>> Position<Sequence>::parse(std::string_view decimal) {
  auto const value = parseDecimal(decimal);
  bool const hasNeedlessZero = decimal.size() > 1 && decimal.front() == '0';
  return value && !hasNeedlessZero ? std::optional(Position(*value)) : std::nullopt;
}

template class Position<EventSequence>;
template class Position<BatchSequence>;

}  // namespace fundtrail::ledger::domain

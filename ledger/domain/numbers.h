// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include <boost/container/small_vector.hpp>

#include "ledger/domain/subject.h"
#include "ledger/domain/used_number.h"

namespace fundtrail::ledger::domain {

struct NumberUse {
  UsedNumber number;
  NumberKind kind;
  std::string text;  // as people write it
};
using NumberUses = boost::container::small_vector<NumberUse, 2>;

/// A number that follows no format, a bank's reference or a treasury's voucher: spaces and full-width characters do not
/// make it another one.
struct FreeNumber {
  NumberKind kind;
  std::string normal;
};

/// Nothing: the event has none, or leaves it out.
[[nodiscard]] std::optional<FreeNumber> freeNumberOf(schema::Event::Reader event);

/// The numbers that an examined event uses up, each once (several lines of one invoice are one use). Rule U1 asks
/// whether they are free, evolve() takes them.
[[nodiscard]] NumberUses numbersOf(schema::Event::Reader event, Subject const& subject);

}  // namespace fundtrail::ledger::domain

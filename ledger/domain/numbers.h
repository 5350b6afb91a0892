// SPDX-License-Identifier: Apache-2.0
#pragma once

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

/// A number that follows no format, such as a bank's reference or a treasury's voucher.
struct FreeNumber {
  NumberKind kind;
  std::string normal;  // empty: it is blank, which rule U2 refuses
};

/// The same for any spelling of a reference: spaces, full-width characters, kinds of dashes and the case of letters do
/// not make it another one. Empty: it is blank.
[[nodiscard]] std::string normalReference(std::string_view text);

/// Those that the event states; what it leaves out is no number.
[[nodiscard]] boost::container::small_vector<FreeNumber, 2> freeNumbersOf(schema::Event::Reader event);

/// The numbers that an examined event uses up, each once (several lines of one invoice are one use). Rule U1 asks
/// whether they are free, evolve() takes them.
[[nodiscard]] NumberUses numbersOf(schema::Event::Reader event, Subject const& subject);

}  // namespace fundtrail::ledger::domain

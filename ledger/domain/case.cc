// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/case.h"

#include <utility>

namespace fundtrail::ledger::domain {

Case caseOf(State const& state, History const& history, EventContext const& context, schema::Event::Reader event) {
  auto subject = subjectOf(state, history, event);
  auto postings = postingsOf(context, event, subject);
  auto numbers = numbersOf(event, subject);
  return Case{context, event, std::move(subject), std::move(postings), std::move(numbers)};
}

}  // namespace fundtrail::ledger::domain

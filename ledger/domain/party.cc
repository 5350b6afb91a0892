// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/party.h"

#include <algorithm>

namespace fundtrail::ledger::domain {

bool isParty(State const& state, Project const& project, Person const& person) {
  if (person.organisation == project.enterprise.text()) return true;
  return std::ranges::any_of(project.contracts, [&](EventRef const& ref) {
    auto const& providers = state.contracts.find(ref)->providers;
    return std::ranges::any_of(providers, [&](Uscc const& each) { return each.text() == person.organisation; });
  });
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/party.h"

#include <algorithm>

#include "ledger/domain/account_name.h"

namespace fundtrail::ledger::domain {

namespace {

/// By credit code, or by the name that it is registered under.
bool isStaffOf(State const& state, Person const& person, Uscc const& uscc) {
  if (person.organisation == uscc.text()) return true;
  auto const* const organisation = state.organisations.find(uscc);
  return organisation && isSpellingOf(person.organisation, organisation->name);
}

}  // namespace

bool isParty(State const& state, Project const& project, Person const& person) {
  if (isStaffOf(state, person, project.enterprise)) return true;
  return std::ranges::any_of(project.contracts, [&](EventRef const& ref) {
    auto const& providers = state.contracts.find(ref)->providers;
    return std::ranges::any_of(providers, [&](Uscc const& each) { return isStaffOf(state, person, each); });
  });
}

}  // namespace fundtrail::ledger::domain

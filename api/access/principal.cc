// SPDX-License-Identifier: Apache-2.0
#include "api/access/principal.h"

namespace fundtrail::api::access {

namespace domain = ledger::domain;

domain::RoleSet Principal::roles() const {
  domain::RoleSet roles;
  for (auto const& grant : grants) roles.add(grant.role);
  return roles;
}

std::optional<Principal> principalOf(domain::State const& state, domain::KeyId const& key, domain::Date today) {
  auto const index = state.personOf(key);
  if (!index) return std::nullopt;
  auto const& person = state.person(*index);
  Principal principal{key, person.id, person.organisation, {}};
  for (auto const& grant : person.grants) {
    if (grant.holdsOn(today)) principal.grants.push_back(grant);
  }
  return principal;
}

}  // namespace fundtrail::api::access

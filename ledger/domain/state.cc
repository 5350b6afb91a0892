// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/state.h"

#include <algorithm>

#include "crypto/keys.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

template <class Visit>
void State::eachTable(Visit&& visit) {
  visit(persons);
  visit(keys);
  visit(grants);
  visit(policies);
  visit(cities);
  visit(organisations);
  visit(tranches);
  visit(contracts);
  visit(projects);
  visit(publicities);
  visit(awards);
  visit(payments);
  visit(recoveries);
  visit(pending);
  visit(releasedNumbers);
}

State State::initial(schema::Genesis::Reader genesis) {
  State state;
  state.hashAlgorithm_ =
      genesis.getProfile() == schema::Profile::GM ? crypto::HashAlgorithm::sm3 : crypto::HashAlgorithm::sha256;
  for (auto const founding : genesis.getKeys()) {
    auto const id = std::string(textOf(founding.getPerson()));
    auto index = state.persons.indexOf(id);
    if (!index) {
      index = static_cast<std::uint32_t>(state.persons.size());
      state.persons.insert(id, Person{id, std::string(textOf(founding.getOrganisation())), {}});
    }
    state.persons.editAt(*index).grants.push_back(
        Grant{std::nullopt, founding.getRole(), CityCode::province(), Date::first(), Date::last()});
    auto const key = crypto::PublicKey::fromSpki(bytesOf(founding.getPublicKey())).value();
    state.keys.insert(KeyId(key.fingerprint(state.hashAlgorithm_)), AuthorKey{PersonIndex{*index}, key});
  }
  return state;
}

void State::savepoint() {
  eachTable([](auto& table) { table.savepoint(); });
  numbers.savepoint();
}

void State::release() {
  eachTable([](auto& table) { table.release(); });
}

void State::rollback() {
  eachTable([](auto& table) { table.rollback(); });
  numbers.rollback();
}

std::optional<PersonIndex> State::personOf(KeyId const& key) const {
  auto const* const record = keys.find(key);
  if (!record || record->revoked) return std::nullopt;
  return record->person;
}

Policy const* State::policyOn(Date day) const {
  for (auto i = policies.size(); i > 0; --i) {
    auto const& policy = policies.at(static_cast<std::uint32_t>(i - 1));
    if (policy.inForceFrom <= day) return &policy;
  }
  return nullptr;
}

bool operator==(State const& a, State const& b) {
  return a.hashAlgorithm_ == b.hashAlgorithm_ && a.persons == b.persons && a.keys == b.keys && a.grants == b.grants &&
         a.policies == b.policies && a.cities == b.cities && a.organisations == b.organisations &&
         a.tranches == b.tranches && a.contracts == b.contracts && a.projects == b.projects &&
         a.publicities == b.publicities && a.awards == b.awards && a.payments == b.payments &&
         a.recoveries == b.recoveries && a.pending == b.pending && a.releasedNumbers == b.releasedNumbers;
}

}  // namespace fundtrail::ledger::domain

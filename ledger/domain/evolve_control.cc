// SPDX-License-Identifier: Apache-2.0
// Keys, roles, the second person, closed periods.

#include <algorithm>

#include "crypto/keys.h"
#include "ledger/domain/evolution.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

void Evolution::enrolKey(schema::KeyEnrolled::Reader body) {
  auto const id = std::string(textOf(body.getPerson()));
  auto index = state_.persons.indexOf(id);
  if (!index) {
    index = static_cast<std::uint32_t>(state_.persons.size());
    state_.persons.insert(id, Person{id, std::string(textOf(body.getOrganisation())), {}});
  }
  auto const key = crypto::PublicKey::fromSpki(bytesOf(body.getPublicKey())).value();
  state_.keys.insert(KeyId(key.fingerprint(state_.hashAlgorithm())), AuthorKey{PersonIndex{*index}, key});
}

void Evolution::grantRole(EventRef const& ref, schema::RoleGranted::Reader body) {
  state_.persons.editAt(static_cast<std::uint32_t>(*subject_.person))
      .grants.push_back(Grant{ref, body.getRole(), readRegion(body.getRegion()), readDate(body.getValidFrom()),
                              readDate(body.getValidTo())});
  state_.grants.insert(ref, *subject_.person);
}

void Evolution::revokeRole(schema::RoleRevoked::Reader body) {
  auto const ref = readRef(body.getGrant());
  for (auto& grant : state_.persons.editAt(static_cast<std::uint32_t>(*subject_.person)).grants) {
    if (grant.ref == ref) grant.validTo = std::min(grant.validTo, readDate(body.getLastDay()));
  }
}

void Evolution::closePeriod(schema::PeriodClosed::Reader body) {
  state_.closedPeriods.insert(
      static_cast<std::uint32_t>(state_.closedPeriods.size()),
      ClosedPeriod{subject_.region, readDate(body.getPeriodFrom()), readDate(body.getPeriodTo())});
}

void Evolution::confirmChange() {
  auto const& pending = *subject_.pending;
  state_.pending.edit(pending.context.ref).decided = true;
  if (event_.getChangeConfirmed().getOutcome() != schema::Outcome::PASS) return;
  schema::Message<schema::Event> const message(pending.event.bytes());
  apply(message.root(), pending.context.ref);
}

}  // namespace fundtrail::ledger::domain

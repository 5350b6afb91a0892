// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/enrolment.h"

#include <utility>

#include "ledger/simulation/corrections.h"

namespace fundtrail::ledger::simulation {

namespace {

constexpr std::uint32_t kHeldFrom = 20240101;
constexpr std::uint32_t kHeldTo = 20271231;

capnp::Data::Reader dataOf(crypto::BytesView bytes) {
  return {bytes.data(), bytes.size()};
}

Written enrolKey(World& world, Official const& official, crypto::PublicKey const& key) {
  return world.write(world.staff.proposingAdmin(), [&](schema::Event::Builder event) {
    auto body = event.initKeyEnrolled();
    body.setPerson(textOf(official.id));
    body.setPersonName(textOf(official.name));
    body.setOrganisation(textOf(official.organisation));
    body.setAlgorithm(schema::KeyAlgorithm::ED25519);
    body.setPublicKey(dataOf(key.spki()));
  });
}

Written grantRole(World& world, Official const& official) {
  return world.write(world.staff.proposingAdmin(), [&](schema::Event::Builder event) {
    auto body = event.initRoleGranted();
    body.setPerson(textOf(official.id));
    body.setRole(official.role);
    body.setRegion(official.region.number());
    body.setValidFrom(kHeldFrom);
    body.setValidTo(kHeldTo);
  });
}

Written revokeKey(World& world, crypto::PublicKey const& key) {
  return world.write(world.staff.proposingAdmin(), [&](schema::Event::Builder event) {
    auto body = event.initKeyRevoked();
    auto const id = key.fingerprint(crypto::HashAlgorithm::sha256);
    body.setKey(dataOf(id.view()));
    body.setReason("密钥介质更换（模拟）");
  });
}

void confirmAll(World& world, std::vector<Written> const& changes) {
  for (auto const& change : changes) confirm(world, world.staff.confirmingAdmin(), change);
}

}  // namespace

void enrolStaff(World& world) {
  world.agenda.inWorkingDays(0, [&world] {
    std::vector<Written> keys;
    for (auto const& official : world.staff.employees()) {
      keys.push_back(enrolKey(world, official, official.key.publicKey()));
    }
    world.agenda.inWorkingDays(1, [&world, keys] { confirmAll(world, keys); });
  });
  world.agenda.inWorkingDays(2, [&world] {
    std::vector<Written> roles;
    for (auto const& official : world.staff.employees()) roles.push_back(grantRole(world, official));
    world.agenda.inWorkingDays(1, [&world, roles] { confirmAll(world, roles); });
  });
}

void replaceKeyOn(World& world, domain::Date day, OfficialIndex index) {
  world.agenda.on(day, [&world, index] {
    auto const& official = world.staff[index];
    auto const generation = official.generation + 1;
    auto const old = official.key.publicKey();
    auto const enrolled = enrolKey(world, official, officialKey(world.seed, official.id, generation).publicKey());
    world.agenda.inWorkingDays(1, [&world, enrolled] { confirmAll(world, {enrolled}); });
    world.agenda.inWorkingDays(2, [&world, index, generation] { world.staff.replaceKey(index, generation); });
    world.agenda.inWorkingDays(3, [&world, old] {
      auto const revoked = revokeKey(world, old);
      world.agenda.inWorkingDays(1, [&world, revoked] { confirmAll(world, {revoked}); });
    });
  });
}

}  // namespace fundtrail::ledger::simulation

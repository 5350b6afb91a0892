// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/enrolment.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "crypto/note.h"
#include "ledger/domain/read.h"
#include "ledger/simulation/corrections.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Date;

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
    body.setAlgorithm(algorithmOf(key));
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

Written revokeKey(World& world, crypto::PublicKey const& key, std::string_view reason) {
  return world.write(world.staff.proposingAdmin(), [&](schema::Event::Builder event) {
    auto body = event.initKeyRevoked();
    auto const id = key.fingerprint(world.staff.hashAlgorithm());
    body.setKey(dataOf(id.view()));
    body.setReason(textOf(reason));
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
    for (std::size_t i = 0; i < world.staff.employees().size(); ++i) {
      roles.push_back(grantRole(world, world.staff.employees()[i]));
      world.grants.insert_or_assign(world.staff.employee(i), roles.back());
    }
    world.agenda.inWorkingDays(1, [&world, roles] { confirmAll(world, roles); });
  });
}

namespace {

Date day(std::uint32_t number) {
  return domain::checked(Date::fromNumber(number));
}

/// The new key is confirmed before the old one is revoked, so that work goes on.
void replaceKeyOn(World& world, Date on, OfficialIndex index) {
  world.agenda.on(on, [&world, index] {
    auto const& official = world.staff[index];
    auto const generation = official.generation + 1;
    auto const old = official.key.publicKey();
    auto const enrolled = enrolKey(world, official, world.staff.keyOf(official.id, generation).publicKey());
    world.agenda.inWorkingDays(1, [&world, enrolled] { confirmAll(world, {enrolled}); });
    world.agenda.inWorkingDays(2, [&world, index, generation] { world.staff.replaceKey(index, generation); });
    world.agenda.inWorkingDays(3, [&world, old] {
      auto const revoked = revokeKey(world, old, "密钥介质更换（模拟）");
      world.agenda.inWorkingDays(1, [&world, revoked] { confirmAll(world, {revoked}); });
    });
  });
}

/// Revoked at once, whoever found it could sign; its owner cannot until the new one is confirmed.
void loseKeyOn(World& world, Date on, OfficialIndex index) {
  world.agenda.on(on, [&world, index] {
    auto const& official = world.staff[index];
    auto const revoked = revokeKey(world, official.key.publicKey(), "密钥介质遗失（模拟）");
    world.agenda.inWorkingDays(1, [&world, revoked] { confirmAll(world, {revoked}); });
    world.agenda.inWorkingDays(2, [&world, index] {
      auto const& owner = world.staff[index];
      auto const generation = owner.generation + 1;
      auto const enrolled = enrolKey(world, owner, world.staff.keyOf(owner.id, generation).publicKey());
      world.agenda.inWorkingDays(1, [&world, enrolled, index, generation] {
        confirmAll(world, {enrolled});
        world.staff.replaceKey(index, generation);
      });
    });
  });
}

void revokeRole(World& world, OfficialIndex index, std::string_view reason) {
  auto const revoked = world.write(world.staff.proposingAdmin(), [&](schema::Event::Builder event) {
    auto body = event.initRoleRevoked();
    auto const& grant = world.grants.at(index);
    body.setGrant(dataOf(grant));
    body.setLastDay(event.getOccurredOn());
    body.setReason(textOf(reason));
  });
  world.agenda.inWorkingDays(1, [&world, revoked] { confirmAll(world, {revoked}); });
}

void grant(World& world, OfficialIndex index) {
  auto const granted = grantRole(world, world.staff[index]);
  world.grants.insert_or_assign(index, granted);
  world.agenda.inWorkingDays(1, [&world, granted] { confirmAll(world, {granted}); });
}

/// Someone new gets a key, then a role: at work on the fourth working day from now.
OfficialIndex enrolSuccessor(World& world, OfficialIndex of) {
  auto const next = world.staff.hireSuccessorOf(of, world.random);
  auto const enrolled = enrolKey(world, world.staff[next], world.staff[next].key.publicKey());
  world.agenda.inWorkingDays(1, [&world, enrolled] { confirmAll(world, {enrolled}); });
  world.agenda.inWorkingDays(2, [&world, next] { grant(world, next); });
  return next;
}

/// A clerk leaves when a successor is at work.
void leaveOn(World& world, Date on, City& city) {
  world.agenda.on(on, [&world, &city] {
    auto const leaves = city.office.industryClerks[1];
    auto const next = enrolSuccessor(world, leaves);
    world.agenda.inWorkingDays(4, [&city, next] { city.office.industryClerks[1] = next; });
    world.agenda.inWorkingDays(6, [&world, leaves] { revokeRole(world, leaves, "调离"); });
  });
}

/// A reviewer leaves; the clerk who records what the bank did takes that desk, and someone new the clerk's.
void promoteOn(World& world, Date on, City& city) {
  world.agenda.on(on, [&world, &city] {
    auto const reviewer = city.office.financeReviewer;
    auto const clerk = city.office.financeSettler;
    auto const next = enrolSuccessor(world, clerk);
    world.agenda.inWorkingDays(4, [&world, &city, clerk, next] {
      city.office.financeSettler = next;
      revokeRole(world, clerk, "转任复核");
    });
    world.agenda.inWorkingDays(6, [&world, &city, clerk, reviewer] {
      world.staff.promote(clerk, world.staff[reviewer].role);
      grant(world, clerk);
      world.agenda.inWorkingDays(2, [&city, clerk] { city.office.financeReviewer = clerk; });
      world.agenda.inWorkingDays(5, [&world, reviewer] { revokeRole(world, reviewer, "退休"); });
    });
  });
}

/// Whom the offices' work concerns, and who may look at it. Of the enterprises one of the first wave.
void enrolOutsidersOn(World& world, Date on, City const& city) {
  world.agenda.on(on, [&world, &city] {
    Random random(world.seed, "outsiders");
    auto& staff = world.staff;
    std::vector<OfficialIndex> hired{
        staff.hireOutside("county-clerk-1", city.code, fmt::format("{}某区工业和信息化局（模拟）", city.name),
                          schema::Role::COUNTY_CLERK, random),
        staff.hireOutside("expert-1", city.code, "广东省数字化转型专家库（模拟）", schema::Role::EXPERT, random)};
    auto const wave = std::ranges::find_if(city.waves, [](Wave const& each) { return !each.projects.empty(); });
    if (wave != city.waves.end()) {
      hired.push_back(staff.hireOutside("enterprise-1", city.code, wave->projects.front().enterprise.uscc,
                                        schema::Role::ENTERPRISE, random));
    }
    std::vector<Written> keys;
    for (auto const index : hired) {
      keys.push_back(enrolKey(world, staff[index], staff[index].key.publicKey()));
    }
    world.agenda.inWorkingDays(1, [&world, keys] { confirmAll(world, keys); });
    world.agenda.inWorkingDays(2, [&world, hired] {
      for (auto const index : hired) grant(world, index);
    });
  });
}

void enrolWitness(World& world) {
  auto const name = std::string("witness.example/gd-audit");
  auto const vkey = crypto::NoteVerifier::make(name, world.staff.keyOf(name, 0).publicKey()).value().vkey();
  auto const enrolled = world.write(world.staff.proposingAdmin(), [&](schema::Event::Builder event) {
    auto body = event.initWitnessEnrolled();
    body.setName(textOf(name));
    body.setVkey(textOf(vkey));
    body.setUrl("https://witness.example/gd-audit");
  });
  world.agenda.inWorkingDays(1, [&world, enrolled] { confirmAll(world, {enrolled}); });
}

}  // namespace

void planStaffChanges(World& world) {
  world.agenda.on(day(20240422), [&world] { enrolWitness(world); });
  replaceKeyOn(world, day(20250224), world.cities.front().office.financeInstructor);
  loseKeyOn(world, day(20250804), world.staff.provinceFinanceSecond());
  leaveOn(world, day(20250707), world.cities[7]);
  promoteOn(world, day(20251013), world.cities[11]);
  enrolOutsidersOn(world, day(20260706), world.cities.front());
}

}  // namespace fundtrail::ledger::simulation

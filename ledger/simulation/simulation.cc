// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/simulation.h"

#include <capnp/message.h>
#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/simulation/bank.h"
#include "ledger/simulation/catalogue.h"
#include "ledger/simulation/closing.h"
#include "ledger/simulation/enrolment.h"
#include "ledger/simulation/funding.h"
#include "ledger/simulation/oversight.h"
#include "ledger/simulation/payments.h"
#include "ledger/simulation/waves.h"
#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

namespace {

constexpr std::string_view kLogKey = "log";

capnp::Data::Reader dataOf(crypto::BytesView bytes) {
  return {bytes.data(), bytes.size()};
}

domain::Instant foundingTime() {
  constexpr std::int64_t kHalfPastEight = 8 * 3'600'000 + 1'800'000;
  return domain::checked(
      domain::Instant::fromMilliseconds(domain::Instant::startOf(firstDay()).milliseconds() + kHalfPastEight));
}

batch::SignedBatch found(Plan const& plan) {
  Staff const staff(plan);
  capnp::MallocMessageBuilder message;
  auto genesis = message.initRoot<schema::Genesis>();
  genesis.setProgramme("广东省级中小企业数字化转型城市试点专项资金（模拟）");
  genesis.setOrigin("fundtrail.example/gd-sme-digital");
  genesis.setProfile(plan.signing.profile);
  auto const logKey = officialKey(plan, kLogKey, 0);
  genesis.setLogKey(dataOf(logKey.publicKey().spki()));
  auto const founders = staff.founders();
  auto keys = genesis.initKeys(static_cast<unsigned>(founders.size()));
  for (unsigned i = 0; i < keys.size(); ++i) {
    auto const& official = founders[i];
    auto key = keys[i];
    key.setPerson(textOf(official.id));
    key.setPersonName(textOf(official.name));
    key.setOrganisation(textOf(official.organisation));
    key.setRole(official.role);
    key.setAlgorithm(algorithmOf(official.key.publicKey()));
    key.setPublicKey(dataOf(official.key.publicKey().spki()));
  }
  return batch::found(
      genesis, founders.front().key, foundingTime(),
      Random(plan.seed, fmt::format("genesis of {}{}", plan.enterprises, plan.alone ? " alone" : "")).bytes<16>());
}

}  // namespace

Simulation::Simulation(Plan plan)
    : plan_(plan), genesis_(found(plan)), ledger_(batch::ledgerIdOf(hashAlgorithm(), genesis_.statement.bytes())) {}

domain::Instant Simulation::foundedAt() const {
  return foundingTime();
}

crypto::PrivateKey Simulation::logKey() const {
  return officialKey(plan_, kLogKey, 0);
}

std::vector<std::string> Simulation::founders() const {
  Staff const staff(plan_);
  std::vector<std::string> ids;
  for (auto const& official : staff.founders()) ids.push_back(official.id);
  return ids;
}

crypto::PrivateKey Simulation::keyOf(std::string_view person, unsigned generation) const {
  return officialKey(plan_, person, generation);
}

void Simulation::run(std::function<void(batch::SignedBatch)> const& sink) const {
  World world(plan_, {genesis_, foundedAt(), ledger_}, sink);
  enrolStaff(world);
  planFunding(world);
  planCatalogue(world);
  planClosing(world);
  planStaffChanges(world);
  Oversight oversight(world);
  Waves const waves(world, oversight);
  Payments const payments(world);
  Bank const bank(world);
  world.agenda.run([&world](domain::Date day) { world.desk.closeDay(day); });
}

}  // namespace fundtrail::ledger::simulation

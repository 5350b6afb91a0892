// SPDX-License-Identifier: Apache-2.0
#include "api/cli/founding.h"

#include <functional>
#include <utility>

#include <capnp/message.h>

#include "crypto/merkle.h"
#include "ledger/domain/city_code.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"

namespace fundtrail::api::cli {

namespace {

namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace schema = ledger::schema;

constexpr std::string_view kProgramme = "广东省省级中小企业数字化转型城市试点专项资金";

capnp::Data::Reader dataOf(crypto::BytesView bytes) {
  return {bytes.data(), bytes.size()};
}

capnp::Text::Reader textOf(std::string_view literal) {
  return {literal.data(), literal.size()};  // literals end in a zero, as Cap'n Proto asks
}

schema::KeyAlgorithm schemaAlgorithm(crypto::KeyAlgorithm algorithm) {
  return static_cast<schema::KeyAlgorithm>(algorithm);  // the numbers are the same by design
}

/// What founding keys and enrolled keys state alike.
template <class Builder>
void describe(Builder person, FounderKey const& who) {
  person.setPerson(textOf(who.founder.person));
  person.setPersonName(textOf(who.founder.name));
  person.setOrganisation(textOf(who.founder.organisation));
  person.setAlgorithm(schemaAlgorithm(who.key.algorithm()));
  person.setPublicKey(dataOf(who.key.publicKey().spki()));
}

void append(batch::EventList& events, domain::Date on, std::function<void(schema::Event::Builder)> const& fill) {
  std::array<std::uint8_t, schema::kSaltBytes> salt{};
  crypto::randomBytes(salt);
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  event.setSalt(dataOf(salt));
  event.setOccurredOn(on.number());
  fill(event);
  events.append(schema::canonical<schema::Event>(event).bytes());
}

}  // namespace

batch::SignedBatch foundingBatch(schema::Profile profile, std::string_view origin, ledger::LogKeys const& logKeys,
                                 std::vector<FounderKey> const& founders, domain::Instant at) {
  capnp::MallocMessageBuilder message;
  auto genesis = message.initRoot<schema::Genesis>();
  genesis.setProgramme(textOf(kProgramme));
  genesis.setOrigin(std::string(origin).c_str());
  genesis.setProfile(profile);
  genesis.setLogKey(dataOf(logKeys.first.publicKey().spki()));
  if (logKeys.second) genesis.setSecondLogKey(dataOf(logKeys.second->publicKey().spki()));
  auto keys = genesis.initKeys(static_cast<unsigned>(founders.size()));
  for (unsigned i = 0; i < keys.size(); ++i) {
    describe(keys[i], founders[i]);
    keys[i].setRole(founders[i].founder.role);
  }
  return batch::found(genesis.asReader(), founders.front().key, at, randomKey());
}

batch::EventList enrolments(std::vector<FounderKey> const& staff, domain::Date on) {
  batch::EventList events;
  for (auto const& who : staff) append(events, on, [&](auto event) { describe(event.initKeyEnrolled(), who); });
  return events;
}

batch::EventList grants(std::vector<FounderKey> const& staff, domain::Date on, domain::Date from) {
  batch::EventList events;
  for (auto const& who : staff) {
    append(events, on, [&](auto event) {
      auto granted = event.initRoleGranted();
      granted.setPerson(textOf(who.founder.person));
      granted.setRole(who.founder.role);
      granted.setRegion(domain::CityCode::province().number());
      granted.setValidFrom(from.number());
      granted.setValidTo(domain::Date::last().number());
    });
  }
  return events;
}

batch::EventList confirmations(crypto::HashAlgorithm algorithm, batch::EventList const& changes, domain::Date on) {
  crypto::TreeHasher hasher(algorithm);
  batch::EventList events;
  for (auto const change : changes.views()) {
    append(events, on, [&](auto event) {
      auto confirmed = event.initChangeConfirmed();
      confirmed.setChange(dataOf(hasher.leaf(change).view()));
      confirmed.setOutcome(schema::Outcome::PASS);
    });
  }
  return events;
}

batch::IdempotencyKey randomKey() {
  batch::IdempotencyKey key{};
  crypto::randomBytes(key);
  return key;
}

}  // namespace fundtrail::api::cli

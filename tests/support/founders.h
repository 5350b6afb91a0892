// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <capnp/message.h>

#include "crypto/digest.h"
#include "crypto/keys.h"
#include "crypto/merkle.h"
#include "ledger/batch/batch.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/json.h"

// The people who found a ledger in tests, and the batches that they sign. Everything follows from names and counters:
// the same test gives the same bytes every time.

namespace fundtrail::tests {

/// The key of a person: from the name, for ever the same.
inline crypto::PrivateKey keyOf(std::string_view person) {
  auto const digest = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(person));
  return crypto::PrivateKey::fromEd25519Seed(digest.bytes);
}

/// In which profile people found a ledger, and whose key is whose.
struct People {
  ledger::schema::Profile profile = ledger::schema::Profile::STANDARD;
  crypto::PrivateKey (*keyOf)(std::string_view person) = &tests::keyOf;

  crypto::HashAlgorithm hash() const { return ledger::batch::hashOf(profile); }
  crypto::KeyAlgorithm algorithm() const { return keyOf("anybody").algorithm(); }
};

/// Two security administrators ("sec-1", "sec-2") and an operator found a ledger, whose log signs with the key of
/// "log", and with a second key if there is one.
inline ledger::batch::SignedBatch foundingBatch(ledger::domain::Instant at,
                                                crypto::PublicKey const* secondLogKey = nullptr,
                                                People const& people = {}) {
  namespace schema = ledger::schema;
  static constexpr std::array<std::pair<char const*, schema::Role>, 3> kFounders = {{
      {"sec-1", schema::Role::SECURITY_ADMIN},
      {"sec-2", schema::Role::SECURITY_ADMIN},
      {"operator", schema::Role::LEDGER_OPERATOR},
  }};
  capnp::MallocMessageBuilder message;
  auto genesis = message.initRoot<schema::Genesis>();
  genesis.setProgramme("test programme");
  genesis.setOrigin("fundtrail.example/test");
  genesis.setProfile(people.profile);
  auto const logKey = people.keyOf("log");
  genesis.setLogKey({logKey.publicKey().spki().data(), logKey.publicKey().spki().size()});
  if (secondLogKey != nullptr) {
    genesis.setSecondLogKey({secondLogKey->spki().data(), secondLogKey->spki().size()});
  }
  auto keys = genesis.initKeys(kFounders.size());
  for (unsigned i = 0; i < kFounders.size(); ++i) {
    auto const key = people.keyOf(kFounders[i].first);
    keys[i].setPerson(kFounders[i].first);
    keys[i].setPersonName(kFounders[i].first);
    keys[i].setOrganisation("test office");
    keys[i].setRole(kFounders[i].second);
    keys[i].setAlgorithm(static_cast<schema::KeyAlgorithm>(key.algorithm()));  // the numbers are the same by design
    keys[i].setPublicKey({key.publicKey().spki().data(), key.publicKey().spki().size()});
  }
  return ledger::batch::found(genesis.asReader(), people.keyOf("sec-1"), at, {});
}

/// Writes events down as JSON and signs them. Salts and idempotency keys count up.
class Desk {
 public:
  Desk(ledger::domain::LedgerId ledger, crypto::HashAlgorithm algorithm, ledger::domain::Instant at,
       People const& people = {})
      : ledger_(ledger), algorithm_(algorithm), at_(at), people_(people) {}

  void at(ledger::domain::Instant now) { at_ = now; }

  /// `json` is an event without its salt. A mistake in it ends the test.
  ledger::schema::Words event(std::string_view json) {
    namespace schema = ledger::schema;
    auto const file = schema::parseBatchFile("{\"events\":[" + std::string(json) + "]}").value();
    return file.events.front()
        .encode(nextSalt(),
                [](std::string_view) -> crypto::Result<crypto::Digest> {
                  return crypto::Error{crypto::ErrorKind::notFound, "tests name events by their hash"};
                })
        .value();
  }

  ledger::domain::EventRef refOf(ledger::schema::Words const& event) const {
    crypto::TreeHasher hasher(algorithm_);
    return ledger::domain::EventRef(hasher.leaf(event.bytes()));
  }

  ledger::batch::SignedBatch sign(std::string_view person, std::vector<ledger::schema::Words> const& events) {
    ledger::batch::EventList list;
    for (auto const& event : events) list.append(event.bytes());
    return ledger::batch::sign(ledger_, algorithm_, people_.keyOf(person), at_, nextSalt(), std::move(list));
  }

 private:
  std::array<std::uint8_t, 16> nextSalt() {
    auto const digest =
        crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes("salt " + std::to_string(++counter_)));
    std::array<std::uint8_t, 16> salt{};
    std::copy_n(digest.bytes.begin(), salt.size(), salt.begin());
    return salt;
  }

  ledger::domain::LedgerId ledger_;
  crypto::HashAlgorithm algorithm_;
  ledger::domain::Instant at_;
  People people_;
  std::uint64_t counter_ = 0;
};

}  // namespace fundtrail::tests

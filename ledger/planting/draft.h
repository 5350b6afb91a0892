// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crypto/keys.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"
#include "ledger/simulation/simulation.h"

namespace fundtrail::ledger::planting {

/// An event of the history as it was before anything was planted: its number there.
using Place = std::size_t;

using Fill = std::function<void(schema::Event::Builder)>;

/// Behind the batch that holds the event; at its time, or at another of the same day or night.
struct Behind {
  Place place;
  std::optional<domain::Instant> at{};
};

/// A simulated history that is written over: events are changed, left out, put in, or signed by somebody else. What
/// names an event goes on naming it, although its hash and its number are others now; every batch is signed with the
/// key of the person who stands under it. Whether the rules would allow it is nobody's business here.
///
/// Holds the whole history in memory. One thread at a time.
class Draft {
 public:
  explicit Draft(simulation::Simulation const& simulation);

  // ---- the history before
  [[nodiscard]] std::size_t size() const { return events_.size(); }
  [[nodiscard]] schema::Event::Reader event(Place place) const { return events_[place].message->root(); }
  [[nodiscard]] domain::EventRef const& refOf(Place place) const { return events_[place].ref; }
  /// The event that the bytes name; nothing where they name none of this history.
  [[nodiscard]] std::optional<Place> placeOf(crypto::BytesView ref) const;
  /// Who signed it, by the identifier under which the person is enrolled.
  [[nodiscard]] std::string const& authorOf(Place place) const;
  [[nodiscard]] domain::Instant acceptedAt(Place place) const;
  /// The key that a person signs with who has none yet.
  [[nodiscard]] crypto::PublicKey publicKeyOf(std::string const& person) const {
    return simulation_.keyOf(person).publicKey();
  }

  // ---- writing over; several edits of one event come one after the other
  void edit(Place place, Fill change);
  void drop(Place place);
  /// Another person signs it, in a batch of its own.
  void sign(Place place, Behind behind, std::string person);
  /// A new event. The reference names it in other new events and changes, and in numberOf().
  domain::EventRef insert(Behind behind, std::string person, domain::Date occurredOn, Fill const& fill);

  /// Hands over all batches behind the founding one, in order. Once.
  void write(std::function<void(batch::SignedBatch)> const& sink);

  /// Where an event stands in what was written; nothing for one that was dropped.
  [[nodiscard]] std::optional<std::uint64_t> numberOf(domain::EventRef const& ref) const;

 private:
  struct Original {
    schema::Words bytes;
    std::unique_ptr<schema::Message<schema::Event>> message;
    domain::EventRef ref;
    std::size_t batch;
  };
  struct Batch {
    domain::KeyId author;
    domain::Instant at;
    batch::IdempotencyKey idempotencyKey;
    Place first;
    std::size_t count;
  };
  /// What stands in place of an event, or nowhere before.
  struct Item {
    schema::Words bytes;
    domain::EventRef ref;  // how others name it before it is written
    std::optional<Place> place;
  };
  struct Added {
    std::string person;
    domain::Instant at;
    Item item;
  };
  struct Final {
    domain::EventRef ref;
    std::uint64_t number;
  };
  class Writer;

  void take(batch::SignedBatch const& signedBatch);
  void learnKey(domain::KeyId const& id, std::string const& person);
  [[nodiscard]] domain::KeyId keyAt(std::string const& person, std::size_t batch) const;

  simulation::Simulation const& simulation_;
  std::vector<Original> events_;
  std::vector<Batch> batches_;
  std::unordered_map<domain::EventRef, Place> places_;
  std::unordered_map<domain::KeyId, std::string> persons_;
  std::unordered_map<domain::KeyId, crypto::PrivateKey> keys_;
  std::unordered_map<Place, std::vector<Fill>> edits_;
  std::unordered_map<Place, bool> gone_;                       // dropped, or in a batch of its own
  std::unordered_map<std::size_t, std::vector<Added>> added_;  // by the batch before
  std::unordered_map<domain::EventRef, Final> final_;
  std::uint64_t inserted_ = 0;
};

/// As the ledger's schema takes it: a whole literal or string, with the zero byte behind it.
[[nodiscard]] inline capnp::Text::Reader textOf(std::string_view terminated) {
  return {terminated.data(), terminated.size()};
}
[[nodiscard]] inline capnp::Data::Reader dataOf(crypto::BytesView bytes) {
  return {bytes.data(), bytes.size()};
}
[[nodiscard]] inline capnp::Data::Reader dataOf(domain::EventRef const& ref) {
  return dataOf(ref.digest().view());
}

}  // namespace fundtrail::ledger::planting

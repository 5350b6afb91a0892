// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include <capnp/message.h>

#include "crypto/merkle.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/limits.h"
#include "ledger/schema/message.h"
#include "ledger/simulation/random.h"
#include "ledger/simulation/simulation.h"
#include "ledger/simulation/staff.h"

namespace fundtrail::ledger::simulation {

/// An event that was written down.
struct Written {
  domain::EventRef ref;
  std::size_t place;  // among all events in the order of writing
};

/// A paper that an event rests on. The digest is made up: there is no file.
struct Paper {
  std::string_view kind;
  std::string_view number = {};
  std::string_view issuer = {};
};

/// How the ledger began.
struct Founding {
  batch::SignedBatch const& batch;
  domain::Instant at;
  domain::LedgerId ledger;
};

/// Where officials write events down. At the end of a day each signs what he or she wrote that day, in the order in
/// which they began. An event may therefore name events of earlier days, and of its own writer.
class Desk {
 public:
  using Sink = std::function<void(batch::SignedBatch)>;

  /// `founding` is the batch that stands before all others.
  Desk(Plan const& plan, Founding const& founding, Staff const& staff, Sink const& sink);

  /// Calls fill(schema::Event::Builder), which sets everything but salt and date.
  template <class Fill>
  Written write(OfficialIndex author, domain::Date occurredOn, Fill&& fill) {
    capnp::MallocMessageBuilder message(kj::arrayPtr(scratch_.data(), scratch_.size()));
    auto event = message.initRoot<schema::Event>();
    auto const salt = nextSalt();
    event.setSalt(capnp::Data::Reader(salt.data(), salt.size()));
    event.setOccurredOn(occurredOn.number());
    fill(event);
    return record(author, schema::canonical<schema::Event>(event).bytes());
  }

  /// Writes down an event that is encoded already, with a salt of nextSalt().
  Written record(OfficialIndex author, crypto::BytesView event);
  std::array<std::uint8_t, schema::kSaltBytes> nextSalt() { return salts_.bytes<schema::kSaltBytes>(); }

  void attach(schema::Event::Builder event, Paper const& paper);

  /// Everyone signs.
  void closeDay(domain::Date day);

  /// The log's tree as it was in the evening before.
  [[nodiscard]] crypto::Frontier const& log() const { return log_; }

  /// Where the event stands in the ledger; its day must be over.
  [[nodiscard]] domain::EventNumber numberOf(Written const& written) const;

 private:
  struct Pile {
    OfficialIndex author;
    std::vector<batch::EventList> batches;
    std::vector<std::size_t> places;
  };

  Pile& pileOf(OfficialIndex author);
  void addToLog(batch::SignedBatch const& signedBatch, domain::Instant at, std::uint64_t firstEvent);

  domain::LedgerId ledger_;
  Staff const& staff_;
  Sink const& sink_;
  std::size_t maxEvents_;
  Random salts_;
  Random papers_;
  Random batches_;
  crypto::TreeHasher hasher_;
  crypto::Frontier log_;
  std::vector<Pile> piles_;                           // of today
  std::vector<std::optional<std::size_t>> pileOf_;    // by official
  std::vector<std::optional<std::uint64_t>> number_;  // by place
  std::uint64_t signed_ = 0;
  std::array<capnp::word, 8 * 1024> scratch_{};
};

[[nodiscard]] inline capnp::Data::Reader dataOf(domain::EventRef const& ref) {
  auto const bytes = ref.digest().view();
  return {bytes.data(), bytes.size()};
}
[[nodiscard]] inline capnp::Data::Reader dataOf(Written const& written) {
  return dataOf(written.ref);
}
/// A whole literal or string: Cap'n Proto asks for the zero byte behind it.
[[nodiscard]] inline capnp::Text::Reader textOf(std::string_view terminated) {
  return {terminated.data(), terminated.size()};
}

}  // namespace fundtrail::ledger::simulation

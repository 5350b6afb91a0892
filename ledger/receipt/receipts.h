// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "crypto/checkpoint.h"
#include "crypto/result.h"
#include "ledger/domain/refs.h"
#include "ledger/log/event_log.h"
#include "ledger/schema/message.h"
#include "ledger/schema/receipt.capnp.h"

namespace fundtrail::ledger::receipt {

struct MadeReceipt {
  schema::Words file;
  std::string label;  // of the event (ledger/domain/label.h)
};

/// Makes receipts (ledger/schema/receipt.capnp): for one event all that somebody needs who trusts the log's key and
/// some witnesses, and nothing else. A receipt shows its own event, and those that enrolled the keys of whoever signed;
/// of any other event it holds no more than salted hashes.
///
/// Remembers which events enrol keys, where those of the last thousand stand, and the tiles that it read last, so that
/// many receipts of one log cost no more than their own reading. One thread; the log must outlive it.
class Receipts {
 public:
  explicit Receipts(log::EventLog const& log);
  ~Receipts();

  /// The receipt of an event under that checkpoint of the log, a signed note, with whatever cosignatures it carries.
  /// Errors: notFound for an event that the checkpoint does not cover; badInput for a note that is no checkpoint;
  /// corrupt where the log does not lead from the event to the checkpoint, or does not hold the enrolment of a key;
  /// unsupported for a chain of more enrolments than a receipt holds; what reading the log gives.
  [[nodiscard]] crypto::Result<MadeReceipt> make(domain::EventNumber event, std::string_view checkpoint);
  /// The same for an event of a batch that was read from the log, by its place there.
  [[nodiscard]] crypto::Result<MadeReceipt> make(log::StoredBatch const& batch, std::size_t index,
                                                 std::string_view checkpoint);

 private:
  struct Proposal {
    domain::KeyId key;
    domain::EventNumber event;
  };
  struct Enrolment {
    domain::EventNumber proposed;
    domain::EventNumber confirmed;
  };

  struct Way;
  class Ways;

  static void fill(schema::SignedEvent::Builder signedEvent, Way const& way);
  [[nodiscard]] static crypto::Result<domain::KeyId> authorOf(Way const& way);
  /// Which events enrolled the key; nothing where none up to that batch did.
  [[nodiscard]] crypto::Result<std::optional<Enrolment>> enrolmentOf(domain::KeyId const& key, std::uint64_t batch);
  /// The events that enrol the key of whoever signed, and the keys behind those, down to founding ones.
  [[nodiscard]] crypto::Result<std::vector<Way>> enrolmentsBehind(Ways& ways, Way const& subject);
  [[nodiscard]] crypto::Result<Way> ofEnrolment(Ways& ways, domain::EventNumber event);
  [[nodiscard]] crypto::Result<void> readUpTo(std::uint64_t batches);
  [[nodiscard]] crypto::Result<void> learn(log::StoredBatch const& batch);

  log::EventLog const& log_;
  std::uint64_t batches_ = 0;                              // read so far
  boost::unordered_flat_set<domain::KeyId> foundingKeys_;  // need no enrolment
  boost::unordered_flat_map<domain::EventRef, Proposal> proposals_;
  boost::unordered_flat_map<domain::KeyId, Enrolment> enrolments_;
  struct Recent;
  std::unique_ptr<Recent> recent_;
};

}  // namespace fundtrail::ledger::receipt

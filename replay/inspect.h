// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the first stage of the replay, on all cores. What can be said of a batch from its own bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/keys.h"
#include "crypto/result.h"
#include "ledger/batch/verifier.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/log/event_log.h"

namespace fundtrail::replay {

/// A batch in memory of its own: what a cursor shows is gone with its next step. Movable; the views then stay valid.
struct StoredCopy {
  explicit StoredCopy(ledger::log::StoredBatch const& stored);
  StoredCopy(StoredCopy&&) = default;
  StoredCopy& operator=(StoredCopy&&) = default;

  ledger::domain::BatchNumber number;
  ledger::domain::EventNumber firstEvent;
  std::vector<std::uint64_t> memory;  // of this type for its alignment
  crypto::BytesView entry;
  std::vector<crypto::BytesView> events;
  std::vector<crypto::Digest> leftOut;  // as in StoredBatch
};

/// A well-formed entry whose events are those that were signed. Views point into the batch that was inspected.
struct Inspected {
  crypto::BytesView statement;
  crypto::BytesView signature;
  ledger::domain::Instant acceptedAt;
  std::uint64_t firstEvent;  // as the entry states it
  ledger::batch::Contents contents;
  ledger::batch::Checked::Signature holds;
  std::optional<ledger::batch::Checked::Objection> objection;
  std::vector<std::pair<ledger::domain::KeyId, crypto::PublicKey>> keys;  // that its events propose to enrol
};

/// Not what an entry and its events must be.
struct Malformed {
  std::optional<std::size_t> event;  // position in the batch; nothing: the entry, or the batch as a whole
  crypto::Error error;
};

using Inspection = boost::system::result<Inspected, Malformed>;
[[noreturn]] void throw_exception_from_error(Malformed const& malformed, boost::source_location const& where);

/// The entry's leaf in the log's tree.
[[nodiscard]] crypto::Digest leafOf(crypto::HashAlgorithm algorithm, StoredCopy const& batch);

/// Shape, canonical form, hashes, signature as far as the key is known, rules of each event alone. Any thread, any
/// bytes.
[[nodiscard]] Inspection inspect(crypto::HashAlgorithm algorithm, ledger::batch::KeyRing const& keys,
                                 StoredCopy const& batch);

}  // namespace fundtrail::replay

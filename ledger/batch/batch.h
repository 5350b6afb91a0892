// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/keys.h"
#include "crypto/result.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/message.h"

// What an author signs and what the ledger hashes (docs/LOG_FORMAT.md):
//
//   event leaf   H(0x00 || event bytes)           names the event: domain::EventRef
//   events root  RFC 6962 root over the leaves    stands in the statement
//   signature    by the author's key over "fundtrail/batch/v1\n" || statement
//   entry        statement, signature, acceptedAt, position of the first event; its leaf stands in the public log
//
// The bytes that are stored are the bytes that were signed; nothing here ever encodes an event again.

namespace fundtrail::ledger::batch {

using IdempotencyKey = std::array<std::uint8_t, 16>;

/// Canonical event messages, one after the other in one aligned buffer. A value.
class EventList {
 public:
  void append(crypto::BytesView event);  // whole words
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] bool empty() const { return ends_.empty(); }
  [[nodiscard]] std::size_t byteSize() const { return words_.size() * sizeof(std::uint64_t); }
  /// Valid until the list changes or goes; 8-byte aligned.
  [[nodiscard]] crypto::BytesView operator[](std::size_t index) const;
  [[nodiscard]] std::vector<crypto::BytesView> views() const;
  friend bool operator==(EventList const&, EventList const&) = default;

 private:
  std::vector<std::uint64_t> words_;
  std::vector<std::size_t> ends_;  // in words
};

/// What a client hands in: one signature over one statement over all events. A value.
struct SignedBatch {
  schema::Words statement;
  crypto::Bytes signature;
  EventList events;
  friend bool operator==(SignedBatch const&, SignedBatch const&) = default;
};

/// Signs the events for one ledger. `algorithm` is the ledger's hash; there are 1 to 8,192 events of at most 4 MiB in
/// all.
[[nodiscard]] SignedBatch sign(domain::LedgerId const& ledger, crypto::HashAlgorithm algorithm,
                               crypto::PrivateKey const& key, domain::Instant authoredAt,
                               IdempotencyKey const& idempotencyKey, EventList events);

/// The statement that founds a ledger, signed by one of its founding keys; it has no events.
[[nodiscard]] SignedBatch found(schema::Genesis::Reader genesis, crypto::PrivateKey const& key,
                                domain::Instant authoredAt, IdempotencyKey const& idempotencyKey);

/// What sign() would sign, for whoever holds the key: the statement over the events, and the message whose signature
/// belongs to it.
[[nodiscard]] schema::Words statementOf(domain::LedgerId const& ledger, crypto::HashAlgorithm algorithm,
                                        domain::KeyId const& author, domain::Instant authoredAt,
                                        IdempotencyKey const& idempotencyKey, EventList const& events);
[[nodiscard]] crypto::Bytes messageToSign(crypto::BytesView statement);

/// The parcel as one message, as it goes over the wire or into a file, and back. Error: badInput, naming what is wrong.
[[nodiscard]] crypto::Bytes toParcel(SignedBatch const& batch);
[[nodiscard]] crypto::Result<SignedBatch> fromParcel(crypto::BytesView parcel);

/// What follows from a batch's bytes alone.
struct Contents {
  std::optional<domain::LedgerId> ledger;  // nothing: a founding statement
  domain::KeyId author;
  domain::Instant authoredAt;
  IdempotencyKey idempotencyKey;
  std::vector<domain::EventRef> refs;  // one per event
};

/// Checks the statement's and every event's shape, and that the events are those that were signed (count and root).
/// Error: badInput, naming the first event that is wrong.
[[nodiscard]] crypto::Result<Contents> open(crypto::HashAlgorithm algorithm, crypto::BytesView statement,
                                            std::span<crypto::BytesView const> events);

[[nodiscard]] bool signatureHolds(crypto::PublicKey const& key, crypto::BytesView statement,
                                  crypto::BytesView signature);

/// How a founding statement names its ledger.
[[nodiscard]] domain::LedgerId ledgerIdOf(crypto::HashAlgorithm algorithm, crypto::BytesView genesisStatement);

/// The hash that a ledger's profile fixes. The profile must be stated.
[[nodiscard]] crypto::HashAlgorithm hashOf(schema::Profile profile);

/// The log's leaf, as bytes.
[[nodiscard]] schema::Words makeEntry(SignedBatch const& batch, domain::Instant acceptedAt,
                                      domain::EventNumber firstEvent);

}  // namespace fundtrail::ledger::batch

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/entry_bundle.h"
#include "crypto/result.h"
#include "crypto/tiles.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/used_number.h"

// The contract of the event log: what every implementation promises, whoever stores the bytes.
//
// The log is a sequence of entries (one per batch), numbered from 0, and of events, numbered from 0 across all batches;
// over the entries stands an RFC 6962 tree whose leaf i is H(0x00 || entry i), kept as tlog-tiles tiles. Nothing is
// ever changed or removed.
//
// Durability: when append() returns success, all of the group is on stable storage and survives the loss of power; when
// it returns an error, or the process dies inside it, either all or none of the group is there, and the next opening
// tells which. There is no state in between, and no reader sees one.
//
// Order: batches stand in the order in which they were appended. Nothing above this contract may assume that only one
// process writes.
//
// Threads: one thread at a time appends, and one at a time stores checkpoints; the two may go on together, and any
// number read at the same time, and see whole groups only.
//
// Ownership: bytes that are returned are the caller's. Event and entry bytes come back 8-byte aligned. A cursor must
// not outlive its log, and serves one thread at a time.
//
// Errors of reading: notFound for a number that is not there (yet), corrupt for a record that is missing or not what
// was written, io.

namespace fundtrail::ledger::log {

// The most that one record may hold, in bytes: of an entry what fits into an entry bundle, of an event 4 MiB, since a
// batch holds no more.
using crypto::kMaxEntrySize;
inline constexpr std::size_t kMaxEventSize = std::size_t{4} << 20U;

// How a client says "the same batch again": 16 bytes of its choice, per author key.
using IdempotencyKey = std::array<std::uint8_t, 16>;

struct LogSize {
  std::uint64_t batches = 0;
  std::uint64_t events = 0;
  friend bool operator==(LogSize const&, LogSize const&) = default;
};

// One batch, ready to be stored: the sequencer has judged it and fixed its place. Views stay valid during append().
struct PreparedBatch {
  crypto::BytesView entry;                    // canonical Entry message
  std::span<crypto::BytesView const> events;  // canonical Event messages, in order
  domain::KeyId author;
  IdempotencyKey idempotencyKey{};
  std::span<domain::UsedNumber const> usedNumbers;  // numbers that may never be used again (rule U1)
};

// A batch as stored. Views point into memory that the cursor owns and are valid until its next call.
struct StoredBatch {
  domain::BatchNumber number;
  domain::EventNumber firstEvent;
  crypto::BytesView entry;
  std::vector<crypto::BytesView> events;
  // A copy may leave out bodies (ledger/bundle/bundle_log.h): the view of such an event is empty, and its leaf hash
  // stands here, in order. None in a log that is written.
  std::vector<crypto::Digest> leftOut{};
};

class Cursor {
 public:
  virtual ~Cursor() = default;
  // The next batch in order; nothing at the end of what is durable. Asking again after the end tails the log: it gives
  // what was appended since. An unreadable or damaged record is an error that names it; the cursor stays where it is.
  virtual crypto::Result<std::optional<StoredBatch>> next() = 0;
};

class EventLog {
 public:
  virtual ~EventLog() = default;

  [[nodiscard]] virtual LogSize size() const = 0;
  [[nodiscard]] virtual crypto::HashAlgorithm hashAlgorithm() const = 0;

  // Appends the group as one atomic, durable step: entries, events, changed tiles, indexes, new size. That a used
  // number or an idempotency key is new is the sequencer's to see to. Errors: badInput for a record that is too large
  // (nothing happened, the log goes on); io, after which the log refuses every further append and checkpoint until it
  // is opened again, and answers reads as before.
  virtual crypto::Result<void> append(std::span<PreparedBatch const> group) = 0;

  // Root of the tree over all entries of size().
  [[nodiscard]] virtual crypto::Digest root() const = 0;

  [[nodiscard]] virtual crypto::Result<crypto::Bytes> entry(domain::BatchNumber) const = 0;
  // `count` entries from `from` on, in order, without their events. One by one, unless an implementation knows better.
  [[nodiscard]] virtual crypto::Result<std::vector<crypto::Bytes>> entries(domain::BatchNumber from,
                                                                           std::size_t count) const;
  [[nodiscard]] virtual crypto::Result<crypto::Bytes> event(domain::EventNumber) const = 0;
  // The batch that holds the event.
  [[nodiscard]] virtual crypto::Result<domain::BatchNumber> batchOf(domain::EventNumber) const = 0;
  // Reads batches from `from` on. Damage is reported where it lies, not on opening the cursor.
  [[nodiscard]] virtual std::unique_ptr<Cursor> read(domain::BatchNumber from) const = 0;

  [[nodiscard]] virtual crypto::Result<bool> used(domain::UsedNumber const&) const = 0;
  [[nodiscard]] virtual crypto::Result<std::optional<domain::BatchNumber>> find(domain::KeyId const& author,
                                                                                IdempotencyKey const&) const = 0;
  [[nodiscard]] virtual crypto::Result<crypto::Bytes> tile(crypto::TileId) const = 0;

  // What an audit compares with the entries, from which all of it can be derived. A visitor that returns an error ends
  // the visit with it. Error: unsupported of a copy that keeps none of it, and then the visitor is not called.
  virtual crypto::Result<void> visitUsedNumbers(
      std::function<crypto::Result<void>(domain::UsedNumber const&)> const& visit) const = 0;
  virtual crypto::Result<void> visitIdempotencyKeys(
      std::function<crypto::Result<void>(domain::KeyId const&, IdempotencyKey const&, domain::BatchNumber)> const&
          visit) const = 0;
  virtual crypto::Result<void> visitTiles(
      std::function<crypto::Result<void>(crypto::TileId, crypto::BytesView)> const& visit) const = 0;

  // The newest signed checkpoint note, stored durably beside the log; nothing before the first. A loss of power may
  // bring back the one before it, never a mixture. Whose signatures it carries is not looked at. Errors of storing:
  // badInput for what is not a checkpoint; conflict when it contradicts the tree, or states a smaller size than the
  // stored one; io as for append().
  virtual crypto::Result<void> storeCheckpoint(std::string_view note) = 0;
  [[nodiscard]] virtual crypto::Result<std::optional<std::string>> checkpoint() const = 0;
};

}  // namespace fundtrail::ledger::log

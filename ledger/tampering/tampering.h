// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"
#include "ledger/domain/rule.h"
#include "ledger/log/raw_store.h"

// What someone does to a stored log afterwards: to which structure, how, and with what in hand. The one place that
// knows how to do it, for tests of the audit and for the training of auditors. For simulated ledgers and copies only.

namespace fundtrail::ledger::tampering {

/// What is stored.
enum class Structure : std::uint8_t {
  statement,       // what an author signed, in an entry
  signature,       // the author's, in an entry
  entry,           // the rest of an entry: time of acceptance, position, form
  event,           // the body of an event
  link,            // between an entry and its events, beside either
  statementLine,   // a line of a bank statement, in its event
  tile,            // hashes of the tree
  checkpoint,      // the log's signed note, in the store
  checkpointFile,  // the same in the file CHECKPOINT, beside the store
  usedNumber,      // index of used numbers
  idempotencyKey,  // index of idempotency keys
  size,            // how far the log and its indexes go
  format,          // version and hash function
};
inline constexpr std::size_t kStructures = 13;

enum class Action : std::uint8_t { flip, drop, duplicate, reorder };
inline constexpr std::size_t kActions = 4;

enum class Hand : std::uint8_t {
  accident,   // as a disk or a memory errs: the record's checksum tells
  vandal,     // knows the layout, and mends the checksum
  keyholder,  // holds the log's key besides: mends tiles, indexes and positions, and signs a new checkpoint
};
inline constexpr std::size_t kHands = 3;

struct Tampering {
  Structure structure;
  Action action;
  Hand hand = Hand::vandal;

  /// "event-flip-vandal"
  [[nodiscard]] std::string name() const;
  friend bool operator==(Tampering const&, Tampering const&) = default;
};

/// All that can be done: an accident flips bits and nothing else; keys that hold no value have no order; what the
/// keyholder mends anyway is not his to break.
[[nodiscard]] std::span<Tampering const> tamperings();

/// Reads "STRUCTURE-ACTION" and "STRUCTURE-ACTION-HAND". Error: badInput, in both languages.
[[nodiscard]] crypto::Result<Tampering> parseTampering(std::string_view text);

/// Numbers drawn from a seed, the same on every machine.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t bound);

 private:
  std::uint64_t state_;
};

/// What lies in a log's directory (disk.h).
struct Stored {
  std::vector<log::RawRecord> records;
  std::optional<std::string> checkpointFile;
};

/// A record, or the file beside them, that becomes another, or none.
struct Change {
  std::optional<log::Family> family;  // nothing: the file
  std::string key;                    // or the file's name
  std::optional<std::string> value;   // nothing: it is removed
};

/// What to change in what is stored. Nothing where there is nothing of the kind to be changed, or the
/// change would leave everything as it is. Not for the keyholder, who writes a new log (rewrite.h).
[[nodiscard]] std::vector<Change> tamper(Stored const& stored, Tampering const& tampering, Draws& draws);

/// Whether what a change puts in the place of `before` says the same: of entries or events, since compressed bytes can
/// be written in more than one way, and padding says nothing; of a checkpoint, since a signature line that stands twice
/// says nothing new.
[[nodiscard]] bool saysTheSame(Change const& change, std::string_view before);

}  // namespace fundtrail::ledger::tampering

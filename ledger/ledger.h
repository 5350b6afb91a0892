// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/result.h"
#include "ledger/batch/batch.h"
#include "ledger/checkpoint_signer.h"
#include "ledger/domain/admit.h"
#include "ledger/domain/state.h"
#include "ledger/log/event_log.h"
#include "ledger/schema/batch.capnp.h"

// The shell around the pure core: signed batches go in, acknowledgements or refusals come out, and what is acknowledged
// is durable.
//
//   submit ─▶ check (N threads: shape, hashes, signature, rules of the event alone)
//          ─▶ sequence (1 thread, in order of submission: rules, state, position)
//          ─▶ write (1 thread: one atomic, synced append per group) ─▶ publish (sign the checkpoint, store it, answer)
//
// The queues between the stages are bounded.

namespace fundtrail::ledger {

/// What is worth a second look about an event of a batch that is on record.
struct BatchWarning {
  std::size_t event;  // position in the batch
  domain::Refusal warning;
};

/// A batch is on record: where, and under which checkpoint.
struct Recorded {
  domain::BatchNumber batch;
  domain::EventNumber firstEvent;
  std::size_t eventCount;
  domain::Instant acceptedAt;
  std::uint64_t treeSize;                // of the checkpoint that first covers it
  bool again;                            // the same batch was on record already: nothing was written now
  std::vector<BatchWarning> warnings{};  // of now: none again
};

/// A batch is not recorded, and nothing of it has taken effect.
struct BatchRefused {
  std::optional<std::size_t> event;  // position in the batch; nothing: the batch as a whole
  domain::Refusal refusal;
};

/// Error kinds of a submission: badInput (not a well-formed batch of this ledger), denied (the signature does not
/// hold), conflict (the idempotency key stands for another batch of this author), io (not acknowledged; the ledger
/// takes no more until it is opened again, and the same batch submitted then tells whether it was written).
using Outcome = std::variant<Recorded, BatchRefused, crypto::Error>;

/// What a batch would come to, which is not recorded: Lawful, or what submit() would answer at once.
struct Lawful {
  std::vector<BatchWarning> warnings;
};
using Judgement = std::variant<Lawful, Recorded, BatchRefused, crypto::Error>;

/// Every count is at least 1.
struct Options {
  unsigned checkThreads = 2;
  std::size_t queueCapacity = 1024;        // batches inside; submit() then waits
  std::size_t maxGroupEvents = 16 * 1024;  // per synced append
  std::size_t maxGroupBatches = 1024;
  // When a batch is accepted; must be set. Gets the author's own time, which a simulation takes over. Called by the
  // one thread at a time, once per batch; an earlier time than the entry before's is raised to that.
  std::function<domain::Instant(domain::Instant authoredAt)> clock;
};

/// An open ledger. submit() from any thread. One process at a time.
class Ledger {
 public:
  /// Writes the genesis into an empty log, and the checkpoint over it; open() signs where a crash came between the two.
  /// `genesis` must be a founding statement
  /// whose author is one of its founding keys; logKeys must be those that it names. Error: conflict for a log that is
  /// not empty; badInput says which of this does not hold; io.
  static crypto::Result<void> found(log::EventLog& log, batch::SignedBatch const& genesis, LogKeys logKeys,
                                    domain::Instant acceptedAt);

  /// Opens: folds the log into the state (nothing is judged again: that is the replay's work), signs a checkpoint if
  /// the log is ahead of the stored one. Error: corrupt where the log does not fold; denied where the keys are
  /// not the genesis's.
  static crypto::Result<std::unique_ptr<Ledger>> open(std::unique_ptr<log::EventLog> log, LogKeys logKeys,
                                                      Options options);

  /// Answers what was taken, then stops.
  virtual ~Ledger() = default;

  /// The outcome, once it is durable (recorded) or decided (a refusal). Waits while the queue is full.
  [[nodiscard]] std::future<Outcome> submit(batch::SignedBatch batch);

  /// The same for those who do not wait: `answer` gets the outcome, once, on a thread of the ledger's or before this
  /// returns. Until it returns the ledger stands still, so it hands on what it got, and calls no function of the
  /// ledger.
  using Answer = std::function<void(Outcome)>;
  virtual void submit(batch::SignedBatch batch, Answer answer) = 0;
  /// The same without waiting: false while the queue is full, and then nothing has happened.
  [[nodiscard]] virtual bool trySubmit(batch::SignedBatch batch, Answer answer) = 0;

  /// What submit() would come to at this moment, after all that was sequenced before. Records nothing; the idempotency
  /// key stays free. No batch is sequenced meanwhile.
  [[nodiscard]] virtual Judgement judge(batch::SignedBatch batch) = 0;

  /// Waits for a moment at which everything submitted has been answered.
  virtual void drain() = 0;

  [[nodiscard]] virtual domain::LedgerId const& id() const = 0;
  [[nodiscard]] virtual crypto::HashAlgorithm hashAlgorithm() const = 0;
  [[nodiscard]] virtual log::EventLog const& log() const = 0;
  /// The newest checkpoint, as a signed note.
  [[nodiscard]] virtual std::string checkpoint() const = 0;
  /// Calls look with the state as of the last sequenced batch, while no batch is being sequenced. Keep it short.
  virtual void inspect(std::function<void(domain::State const&)> const& look) const = 0;
};

}  // namespace fundtrail::ledger

// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the second stage of the replay, one thread, in the order of the log.
#pragma once

#include <cstdint>
#include <optional>

#include <boost/unordered/unordered_flat_map.hpp>

#include "crypto/merkle.h"
#include "ledger/batch/key_ring.h"
#include "ledger/domain/state.h"
#include "replay/findings.h"
#include "replay/follower.h"
#include "replay/inspect.h"
#include "replay/load.h"
#include "replay/past.h"
#include "replay/reproduction.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// Which batch stands under which author's idempotency key.
class Claims {
 public:
  struct Claim {
    domain::KeyId author;
    log::IdempotencyKey key;
    friend bool operator==(Claim const&, Claim const&) = default;
    friend std::size_t hash_value(Claim const& claim) noexcept;
  };

  /// The batch that has the key already; nothing: it is this one's now.
  std::optional<domain::BatchNumber> add(Claim const& claim, domain::BatchNumber batch);
  [[nodiscard]] std::optional<domain::BatchNumber> find(Claim const& claim) const;
  [[nodiscard]] std::uint64_t size() const { return batches_.size(); }

 private:
  boost::unordered_flat_map<Claim, domain::BatchNumber> batches_;
};

/// Takes batch after batch and derives what must follow from them. Authenticity is checked to the end; the rules are
/// asked up to the first event that is not lawful or not authentic, for behind it the state means nothing.
class Judge {
 public:
  Judge(log::EventLog const& log, Trust const& trust, ledger::batch::KeyRing& keys, Options const& options,
        Findings& findings)
      : log_(log),
        trust_(trust),
        keys_(keys),
        options_(options),
        findings_(findings),
        past_(log),
        before_(past_),
        tree_(log.hashAlgorithm()),
        reproduction_(options.published, findings),
        follower_(past_, options.observers) {}

  /// The next batches, and what inspect() said of them. False, and nothing more is to be taken: the founding batch
  /// founds no ledger, and without its keys nothing behind it can be verified; or misfit() says why.
  bool take(std::shared_ptr<Load const> load);
  /// No more batches come: waits for who follows, and takes in what was found there. Before anything below.
  void finish();

  /// Compares the books with the state and with the bank, and puts what was derived into the report.
  void conclude(Report& report);
  /// Compares what was published; `roots` are those of the checkpoints that figures rest on.
  [[nodiscard]] Part concludeFigures(Roots const& roots) {
    return reproduction_.conclude(follower_.books(), roots, judging_);
  }

  /// How far every batch is authentic; nothing while that is not further than the earlier runs came, or not known.
  [[nodiscard]] std::optional<VerifiedBeginning> beginning() const;
  /// Why what the earlier runs verified is not the beginning of this log: then their word counts for nothing here.
  /// `ended`: the log has no more batches.
  [[nodiscard]] std::optional<crypto::Error> misfit(bool ended) const;

  /// The key that must have signed the checkpoint, once the ledger is founded.
  [[nodiscard]] std::span<crypto::NoteVerifier const> logKeys() const { return logKeys_; }
  /// The leaves of all entries, unless some could not be read.
  [[nodiscard]] Past const* entries() const { return complete_ ? &past_ : nullptr; }
  /// Nothing if some entries could not be read.
  [[nodiscard]] Claims const* claims() const { return complete_ && authentic_ ? &claims_ : nullptr; }
  /// The rules' state, if every event was judged and applied.
  [[nodiscard]] domain::State const* state() const { return judging_ ? &*state_ : nullptr; }

 private:
  bool take(StoredCopy const& batch, crypto::Digest const& leaf, Inspection const& inspection);
  bool passOver(domain::BatchNumber number, crypto::Error const& error);
  bool found(StoredCopy const& batch, Inspection const& inspection);
  [[nodiscard]] std::optional<Finding> whyNotAuthentic(StoredCopy const& batch, Inspection const& inspection);
  [[nodiscard]] std::optional<Finding> whyNotSigned(domain::BatchNumber number, Inspected const& inspected);
  [[nodiscard]] bool isTakenOver(domain::BatchNumber number) const {
    return options_.resume && number.value() < options_.resume->beginning.batches;
  }
  void addToTree(crypto::Digest const& leaf);
  void checkTrust();
  void judge(StoredCopy const& batch, Inspected const& inspected);
  void noteLeftOut(StoredCopy const& batch);
  [[nodiscard]] std::optional<Finding> whyNotLawful(StoredCopy const& batch, Inspected const& inspected,
                                                    std::size_t position);
  [[nodiscard]] std::string personOf(domain::KeyId const& key) const;
  void handOver();
  void compareDue(std::uint64_t position);

  log::EventLog const& log_;
  Trust const& trust_;
  ledger::batch::KeyRing& keys_;
  Options const& options_;
  Findings& findings_;

  Past past_;
  PastBefore before_;
  crypto::Frontier tree_;                 // over the entries, as long as each could be read
  std::optional<VerifiedBeginning> end_;  // of what is authentic, once something was not
  bool otherLedger_ = false;              // than the one whose signatures earlier runs verified
  std::optional<crypto::Digest> rootAtResume_;
  Claims claims_;
  Reproduction reproduction_;
  std::optional<domain::State> state_;
  std::optional<Identity> identity_;
  std::vector<crypto::NoteVerifier> logKeys_;  // none: the founding batch cannot be read
  std::optional<domain::Instant> lastAcceptedAt_;
  std::uint64_t nextEvent_ = 0;
  std::uint64_t eventsSeen_ = 0;  // in batches that could be read
  Passed passed_;                 // what is to be handed over
  Proof proof_;
  std::uint64_t notJudged_ = 0;
  LeftOut leftOut_;
  std::uint64_t lastLeftOut_ = 0;
  bool complete_ = true;   // every batch so far could be read
  bool authentic_ = true;  // and is what it must be, whatever the rules say of it
  bool judging_ = false;   // and lawful, and none was left out

  Follower follower_;  // last: its thread ends before what it looks at
};

}  // namespace fundtrail::replay

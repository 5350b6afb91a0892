// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "ledger/batch/bounded_queue.h"
#include "ledger/batch/verifier.h"
#include "ledger/ledger.h"

namespace fundtrail::ledger {

/// The running ledger: four stages, each on threads of its own, joined by bounded queues.
class Pipeline final : public Ledger {
 public:
  /// `state` and `lastAcceptedAt` are those behind the whole log, `checkpoint` is over all of it.
  Pipeline(std::unique_ptr<log::EventLog> log, domain::LedgerId id, domain::State state, domain::Instant lastAcceptedAt,
           CheckpointSigner signer, std::string checkpoint, Options options);
  ~Pipeline() override;

  using Ledger::submit;
  void submit(batch::SignedBatch batch, Answer answer) override;
  bool trySubmit(batch::SignedBatch batch, Answer answer) override;
  Judgement judge(batch::SignedBatch batch) override;
  void drain() override;
  domain::LedgerId const& id() const override { return id_; }
  crypto::HashAlgorithm hashAlgorithm() const override { return hashAlgorithm_; }
  log::EventLog const& log() const override { return *log_; }
  std::string checkpoint() const override;
  void inspect(std::function<void(domain::State const&)> const& look) const override;

 private:
  struct Submission {
    batch::SignedBatch batch;
    Answer answer;
    std::optional<batch::Checked> checked;  // filled by the first stage
  };

  /// A batch that the rules have admitted and that has its place, on its way to the disk.
  struct Sequenced {
    batch::SignedBatch batch;
    schema::Words entry;
    batch::Contents contents;
    std::vector<crypto::BytesView> events;  // into `batch`
    std::vector<domain::UsedNumber> numbers;
    Recorded place;

    bool holds(domain::EventNumber number) const {
      return number >= place.firstEvent && indexOf(number) < events.size();
    }
    std::size_t indexOf(domain::EventNumber number) const { return number.value() - place.firstEvent.value(); }
    domain::EventContext contextOf(domain::EventNumber number) const {
      return {number, contents.refs[indexOf(number)], contents.author, place.acceptedAt};
    }
    domain::RecordedEvent recorded(domain::EventNumber number) const;
  };

  /// What is written in one go, and who waits for it.
  struct Group {
    std::vector<std::shared_ptr<Sequenced>> batches;
    std::vector<std::pair<Answer, Recorded>> answers;  // repeated submissions included
    std::size_t events = 0;
    bool empty() const { return batches.empty() && answers.empty(); }
  };

  struct Written {
    Group group;
    log::LogSize size;
    crypto::Digest root;
  };

  class PastAndPending;

  void sequence();
  void write();
  void publish();

  [[nodiscard]] batch::Checked checked(batch::SignedBatch const& batch) const;
  void sequenceOne(Submission submission, Group& group);
  /// The batch in the place that it would have next. What was checked of it holds.
  [[nodiscard]] std::shared_ptr<Sequenced> placed(Submission submission) const;
  /// Asks the rules about each event and applies it, up to the first that is refused. The state has a savepoint, and is
  /// the caller's to release or to roll back.
  [[nodiscard]] std::optional<Outcome> objectionTo(Sequenced& sequenced);
  /// The outcome if it is decided without the rules; nothing if they are to be asked.
  std::optional<Outcome> decideEarly(Submission const& submission) const;
  void learnKeys();
  void fail(Group& group, crypto::Error const& error);
  void finished(std::size_t submissions);

  std::unique_ptr<log::EventLog> const log_;
  domain::LedgerId const id_;
  crypto::HashAlgorithm const hashAlgorithm_;
  Options const options_;
  CheckpointSigner const signer_;

  mutable std::mutex stateMutex_;  // state_
  domain::State state_;

  // Under stateMutex_ too.
  domain::Instant lastAcceptedAt_;
  log::LogSize sequenced_;
  std::uint32_t learnedKeys_ = 0;

  // Batches between the sequencer and the disk: reversals and idempotency keys may refer to them.
  mutable std::mutex pendingMutex_;
  std::deque<std::shared_ptr<Sequenced>> pending_;

  mutable std::mutex checkpointMutex_;
  std::string checkpoint_;

  std::atomic<bool> failed_ = false;  // an append failed: nothing more is taken

  std::mutex openMutex_;
  std::condition_variable allAnswered_;
  std::size_t open_ = 0;  // submissions without an answer

  batch::KeyRing keys_;
  batch::OrderedWorkers<Submission> checks_;
  batch::BoundedQueue<Group> toWrite_;
  batch::BoundedQueue<Written> toPublish_;
  std::thread sequencer_;
  std::thread writer_;
  std::thread publisher_;
};

}  // namespace fundtrail::ledger

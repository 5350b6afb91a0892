// SPDX-License-Identifier: Apache-2.0
#include "ledger/pipeline.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/history/reading.h"

namespace fundtrail::ledger {

namespace {

crypto::Error refusedForGood() {
  return {crypto::ErrorKind::io,
          "the log could not be written: free space or repair the disk, then open the ledger again",
          "日志写入失败：请清理磁盘空间或修复磁盘，再重新打开账本"};
}

}  // namespace

domain::RecordedEvent Pipeline::Sequenced::recorded(domain::EventNumber number) const {
  return {contextOf(number), schema::Words::copyOf(events[indexOf(number)])};
}

/// The past as the rules see it: what is in the log, what is on its way there, and what stands before the event at hand
/// in its own batch.
class Pipeline::PastAndPending final : public domain::History {
 public:
  PastAndPending(Pipeline const& pipeline, Sequenced const& present) : pipeline_(pipeline), present_(present) {}

  /// The event that is being judged: the past ends before it.
  void advanceTo(domain::EventNumber number) { end_ = number; }

  bool used(domain::UsedNumber const& number) const override {
    auto const known = pipeline_.log_->used(number);
    if (!known) unreadable_ = known.error();
    // A number that cannot be looked up counts as used; the sequencer sees the error and answers with it instead of a
    // refusal.
    return !known || *known;
  }

  std::optional<domain::RecordedEvent> event(domain::EventNumber number) const override {
    if (number >= end_) return std::nullopt;
    if (present_.holds(number)) return present_.recorded(number);
    {
      std::lock_guard const lock(pipeline_.pendingMutex_);
      for (auto const& batch : pipeline_.pending_) {
        if (batch->holds(number)) return batch->recorded(number);
      }
    }
    auto found = history::readEvent(*pipeline_.log_, number);
    if (!found) {
      unreadable_ = found.error();
      return std::nullopt;
    }
    return domain::RecordedEvent{found->context, std::move(found->bytes)};
  }

  [[nodiscard]] std::optional<crypto::Error> const& unreadable() const { return unreadable_; }

 private:
  Pipeline const& pipeline_;
  Sequenced const& present_;
  domain::EventNumber end_{0};
  mutable std::optional<crypto::Error> unreadable_;
};

Pipeline::Pipeline(std::unique_ptr<log::EventLog> log, domain::LedgerId id, domain::State state,
                   domain::Instant lastAcceptedAt, CheckpointSigner signer, std::string checkpoint, Options options)
    : log_(std::move(log)),
      id_(id),
      hashAlgorithm_(state.hashAlgorithm()),
      options_(std::move(options)),
      signer_(std::move(signer)),
      state_(std::move(state)),
      lastAcceptedAt_(lastAcceptedAt),
      sequenced_(log_->size()),
      checkpoint_(std::move(checkpoint)),
      checks_(options_.checkThreads, options_.queueCapacity,
              [this](Submission& submission) { submission.checked = checked(submission.batch); }),
      toWrite_(1),
      toPublish_(1) {
  learnKeys();
  sequencer_ = std::thread([this] { sequence(); });
  writer_ = std::thread([this] { write(); });
  publisher_ = std::thread([this] { publish(); });
}

Pipeline::~Pipeline() {
  checks_.close();
  sequencer_.join();
  toWrite_.close();
  writer_.join();
  toPublish_.close();
  publisher_.join();
}

batch::Checked Pipeline::checked(batch::SignedBatch const& batch) const {
  return batch::check(hashAlgorithm_, keys_, batch.statement.bytes(), batch.signature, batch.events.views());
}

void Pipeline::submit(batch::SignedBatch batch, Answer answer) {
  {
    std::lock_guard const lock(openMutex_);
    ++open_;
  }
  checks_.push({std::move(batch), std::move(answer), std::nullopt});
}

bool Pipeline::trySubmit(batch::SignedBatch batch, Answer answer) {
  {
    std::lock_guard const lock(openMutex_);
    ++open_;
  }
  bool const taken = checks_.tryPush({std::move(batch), std::move(answer), std::nullopt});
  if (!taken) finished(1);
  return taken;
}

Judgement Pipeline::judge(batch::SignedBatch batch) {
  Submission submission{std::move(batch), {}, std::nullopt};
  submission.checked = checked(submission.batch);
  auto const asJudgement = [](Outcome outcome) {
    return std::visit([](auto&& reached) { return Judgement(std::forward<decltype(reached)>(reached)); },
                      std::move(outcome));
  };
  std::lock_guard const lock(stateMutex_);
  if (auto outcome = decideEarly(submission)) return asJudgement(*std::move(outcome));
  auto const sequenced = placed(std::move(submission));
  state_.savepoint();
  auto objection = objectionTo(*sequenced);
  state_.rollback();
  if (objection) return asJudgement(*std::move(objection));
  return Lawful{std::move(sequenced->place.warnings)};
}

void Pipeline::drain() {
  std::unique_lock lock(openMutex_);
  allAnswered_.wait(lock, [this] { return open_ == 0; });
}

std::string Pipeline::checkpoint() const {
  std::lock_guard const lock(checkpointMutex_);
  return checkpoint_;
}

void Pipeline::inspect(std::function<void(domain::State const&)> const& look) const {
  std::lock_guard const lock(stateMutex_);
  look(state_);
}

// ---- second stage: order, rules, place

void Pipeline::sequence() {
  while (auto first = checks_.pop()) {
    Group group;
    {
      std::lock_guard const lock(stateMutex_);
      sequenceOne(std::move(*first), group);
      // Whatever has been checked meanwhile goes into the same append: the slower the disk, the larger the groups.
      // Refused batches count too, or an endless stream of them would keep the others from the disk.
      for (std::size_t taken = 1; taken < options_.maxGroupBatches && group.events < options_.maxGroupEvents; ++taken) {
        auto next = checks_.tryPop();
        if (!next) break;
        sequenceOne(std::move(*next), group);
      }
    }
    if (!group.empty()) toWrite_.push(std::move(group));
  }
}

void Pipeline::sequenceOne(Submission submission, Group& group) {
  auto const answerNow = [&](Outcome outcome) {
    submission.answer(std::move(outcome));
    finished(1);
  };
  if (auto outcome = decideEarly(submission)) {
    if (auto const* const recorded = std::get_if<Recorded>(&*outcome)) {
      // The batch may still be on its way to the disk: its repetition is answered when that is done.
      group.answers.emplace_back(std::move(submission.answer), *recorded);
    } else {
      answerNow(*std::move(outcome));
    }
    return;
  }

  auto answer = std::move(submission.answer);
  auto sequenced = placed(std::move(submission));
  state_.savepoint();
  if (auto objection = objectionTo(*sequenced)) {
    state_.rollback();
    answer(*std::move(objection));
    return finished(1);
  }
  auto const added = state_.numbers.addedSinceSavepoint();
  sequenced->numbers.assign(added.begin(), added.end());
  state_.release();

  lastAcceptedAt_ = sequenced->place.acceptedAt;
  sequenced_.batches += 1;
  sequenced_.events += sequenced->events.size();
  learnKeys();
  {
    std::lock_guard const lock(pendingMutex_);
    pending_.push_back(sequenced);
  }
  group.events += sequenced->events.size();
  group.answers.emplace_back(std::move(answer), sequenced->place);
  group.batches.push_back(std::move(sequenced));
}

std::shared_ptr<Pipeline::Sequenced> Pipeline::placed(Submission submission) const {
  auto const acceptedAt = std::max(lastAcceptedAt_, options_.clock(submission.checked->contents->authoredAt));
  auto sequenced =
      std::make_shared<Sequenced>(Sequenced{std::move(submission.batch),
                                            {},
                                            std::move(*submission.checked->contents),
                                            {},
                                            {},
                                            Recorded{domain::BatchNumber(sequenced_.batches),
                                                     domain::EventNumber(sequenced_.events), 0, acceptedAt, 0, false}});
  sequenced->events = sequenced->batch.events.views();
  sequenced->place.eventCount = sequenced->events.size();
  sequenced->entry = batch::makeEntry(sequenced->batch, acceptedAt, sequenced->place.firstEvent);
  return sequenced;
}

std::optional<Outcome> Pipeline::objectionTo(Sequenced& sequenced) {
  PastAndPending history(*this, sequenced);
  std::optional<BatchRefused> refused;
  for (std::size_t i = 0; i < sequenced.events.size() && !refused; ++i) {
    schema::Message<schema::Event> const message(sequenced.events[i]);
    auto const context = sequenced.contextOf(domain::EventNumber(sequenced_.events + i));
    history.advanceTo(context.number);
    auto const about = domain::caseOf(state_, history, context, message.root());
    if (auto verdict = domain::admit(state_, history, about)) {
      refused = BatchRefused{i, *std::move(verdict)};
    } else {
      for (auto& warning : domain::warn(state_, history, about)) {
        sequenced.place.warnings.push_back({i, std::move(warning)});
      }
      domain::evolve(state_, about);
    }
  }
  if (history.unreadable()) return *history.unreadable();
  if (refused) return *std::move(refused);
  return std::nullopt;
}

std::optional<Outcome> Pipeline::decideEarly(Submission const& submission) const {
  if (failed_) return refusedForGood();
  auto const& checked = *submission.checked;
  if (!checked.contents) return checked.contents.error();
  auto const& contents = *checked.contents;
  if (contents.ledger != id_) {
    return crypto::Error{
        crypto::ErrorKind::badInput,
        fmt::format("the batch was signed for another ledger: sign it again for ledger {}", id_.text()),
        fmt::format("批次是为另一账本签名的：请为账本 {} 重新签名", id_.text())};
  }
  auto signature = checked.signature;
  if (signature == batch::Checked::Signature::unknownKey) {
    // The key may have been enrolled by a batch that was sequenced after this one was checked.
    if (auto const key = keys_.find(contents.author)) {
      signature = batch::signatureHolds(*key, submission.batch.statement.bytes(), submission.batch.signature)
                      ? batch::Checked::Signature::holds
                      : batch::Checked::Signature::fails;
    }
  }
  if (signature == batch::Checked::Signature::unknownKey) {
    return BatchRefused{
        std::nullopt,
        {&domain::ruleNamed("S1"), domain::Text{fmt::format("签名密钥 {} 未登记", contents.author.text()),
                                                fmt::format("the key {} is not enrolled", contents.author.text())}}};
  }
  if (signature == batch::Checked::Signature::fails) {
    return crypto::Error{crypto::ErrorKind::denied,
                         "the signature does not hold: sign the batch again with the key that it names",
                         "签名无效：请用所称的密钥重新签名"};
  }

  auto const repeated = [&](crypto::BytesView statement, Recorded recorded) -> Outcome {
    if (!std::ranges::equal(statement, submission.batch.statement.bytes())) {
      return crypto::Error{
          crypto::ErrorKind::conflict,
          fmt::format("the idempotency key stands for another batch of this author (batch {}): use a new one",
                      recorded.batch.text()),
          fmt::format("该幂等键已用于本人的另一批次（第 {} 批）：请换一个", recorded.batch.text())};
    }
    recorded.again = true;
    return recorded;
  };
  {
    std::lock_guard const lock(pendingMutex_);
    for (auto const& batch : pending_) {
      if (batch->contents.author == contents.author && batch->contents.idempotencyKey == contents.idempotencyKey) {
        return repeated(batch->batch.statement.bytes(), batch->place);
      }
    }
  }
  auto const known = log_->find(contents.author, contents.idempotencyKey);
  if (!known) return known.error();
  if (*known) {
    auto const entry = history::readEntry(*log_, **known);
    if (!entry) return entry.error();
    return repeated(entry->statement.bytes(),
                    Recorded{**known, entry->firstEvent, contents.refs.size(), entry->acceptedAt, 0, true});
  }

  if (checked.objection) return BatchRefused{checked.objection->event, checked.objection->refusal};
  return std::nullopt;
}

void Pipeline::learnKeys() {
  for (; learnedKeys_ < state_.keys.size(); ++learnedKeys_) {
    auto const& key = state_.keys.at(learnedKeys_).key;
    keys_.add(domain::KeyId(key.fingerprint(hashAlgorithm_)), key);
  }
}

// ---- third stage: durable

void Pipeline::write() {
  while (auto group = toWrite_.pop()) {
    if (failed_) {
      fail(*group, refusedForGood());
      continue;
    }
    std::vector<log::PreparedBatch> prepared;
    prepared.reserve(group->batches.size());
    for (auto const& batch : group->batches) {
      prepared.push_back({batch->entry.bytes(), batch->events, batch->contents.author, batch->contents.idempotencyKey,
                          batch->numbers});
    }
    // The commit point: after a crash before it none of the group is there, after it all of it, answered or not.
    auto const appended = prepared.empty() ? crypto::Result<void>() : log_->append(prepared);
    if (!appended) {
      failed_ = true;
      fail(*group, appended.error());
      continue;
    }
    {
      std::lock_guard const lock(pendingMutex_);
      for (std::size_t i = 0; i < group->batches.size(); ++i) pending_.pop_front();
    }
    {
      std::lock_guard const lock(stateMutex_);
      for (auto const& batch : group->batches) state_.numbers.forget(batch->numbers);
    }
    Written written{std::move(*group), log_->size(), log_->root()};
    toPublish_.push(std::move(written));
  }
}

void Pipeline::fail(Group& group, crypto::Error const& error) {
  for (auto& [answer, recorded] : group.answers) answer(error);
  finished(group.answers.size());
}

// ---- last stage: signed and answered

void Pipeline::publish() {
  while (auto written = toPublish_.pop()) {
    auto note = signer_.sign(written->size.batches, written->root);
    if (auto const stored = log_->storeCheckpoint(note); !stored) {
      // The batches are durable, but nobody could be shown so: the next opening signs for them.
      failed_ = true;
      fail(written->group, stored.error());
      continue;
    }
    {
      std::lock_guard const lock(checkpointMutex_);
      checkpoint_ = std::move(note);
    }
    for (auto& [answer, recorded] : written->group.answers) {
      recorded.treeSize = written->size.batches;
      answer(recorded);
    }
    finished(written->group.answers.size());
  }
}

void Pipeline::finished(std::size_t submissions) {
  {
    std::lock_guard const lock(openMutex_);
    open_ -= submissions;
  }
  allAnswered_.notify_all();
}

}  // namespace fundtrail::ledger

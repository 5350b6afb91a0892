// SPDX-License-Identifier: Apache-2.0
#include "ledger/planting/recorder.h"

#include <algorithm>

#include "crypto/merkle.h"
#include "ledger/domain/admit.h"
#include "ledger/domain/read.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::planting {

/// The events so far, for the rules that look back.
class Recorder::Past final : public domain::History {
 public:
  /// State::numbers never forgets here, and so knows every number.
  bool used(domain::UsedNumber const& /*number*/) const override { return false; }
  std::optional<domain::RecordedEvent> event(domain::EventNumber number) const override {
    if (number.value() >= events_.size()) return std::nullopt;
    return events_[number.value()];
  }
  [[nodiscard]] std::uint64_t size() const { return events_.size(); }
  void add(domain::RecordedEvent event) { events_.push_back(std::move(event)); }

 private:
  std::vector<domain::RecordedEvent> events_;
};

struct Recorder::Pending {
  schema::Words entry;
  batch::EventList events;
  std::vector<crypto::BytesView> views{};
  domain::KeyId author;
  log::IdempotencyKey idempotencyKey{};
  std::vector<domain::UsedNumber> numbers{};
};

Recorder::Recorder(log::EventLog& log, domain::State state)
    : log_(log), state_(std::move(state)), past_(std::make_shared<Past>()) {}

crypto::Result<std::unique_ptr<Recorder>> Recorder::begin(log::EventLog& log, batch::SignedBatch const& genesis,
                                                          domain::Instant foundedAt) {
  schema::Message<schema::Statement> const statement(genesis.statement.bytes());
  std::unique_ptr<Recorder> recorder(new Recorder(log, domain::State::initial(statement.root().getGenesis())));
  if (auto const done = recorder->add(genesis, foundedAt); !done) return done.error();
  return recorder;
}

std::vector<domain::UsedNumber> Recorder::judge(batch::SignedBatch const& signedBatch, domain::Instant at) {
  schema::Message<schema::Statement> const statement(signedBatch.statement.bytes());
  auto const author = domain::readKeyId(statement.root().getAuthorKey());
  crypto::TreeHasher hasher(state_.hashAlgorithm());
  std::vector<domain::UsedNumber> numbers;
  for (auto const view : signedBatch.events.views()) {
    schema::Message<schema::Event> const message(view);
    domain::EventContext const context{domain::EventNumber(past_->size()), domain::EventRef(hasher.leaf(view)), author,
                                       at};
    auto const refuse = [&](domain::Refusal const& refusal) {
      breaches_.push_back({context.number, std::string(refusal.rule->id)});
    };
    if (auto const refusal = domain::examine(message.root())) {
      refuse(*refusal);
    } else {
      auto const about = domain::caseOf(state_, *past_, context, message.root());
      for (auto const& use : about.numbers) numbers.push_back(use.number);
      if (auto const against = domain::admit(state_, *past_, about)) {
        refuse(*against);
      } else {
        domain::evolve(state_, about);
      }
    }
    past_->add({context, schema::Words::copyOf(view)});
  }
  // The index holds each once.
  std::ranges::sort(numbers);
  numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
  return numbers;
}

crypto::Result<void> Recorder::add(batch::SignedBatch const& signedBatch, domain::Instant at) {
  constexpr std::size_t kGroup = 256;
  schema::Message<schema::Statement> const message(signedBatch.statement.bytes());
  auto const statement = message.root();
  auto const first = domain::EventNumber(past_->size());
  auto pending = std::make_shared<Pending>(Pending{
      batch::makeEntry(signedBatch, at, first), signedBatch.events, {}, domain::readKeyId(statement.getAuthorKey())});
  pending->views = pending->events.views();
  std::ranges::copy(statement.getIdempotencyKey(), pending->idempotencyKey.begin());
  pending->numbers = judge(signedBatch, at);
  pending_.push_back(std::move(pending));
  return pending_.size() < kGroup ? crypto::Result<void>() : finish();
}

crypto::Result<void> Recorder::take(batch::SignedBatch const& signedBatch) {
  schema::Message<schema::Statement> const message(signedBatch.statement.bytes());
  return add(signedBatch, domain::checked(domain::Instant::fromMilliseconds(message.root().getAuthoredAt())));
}

crypto::Result<void> Recorder::finish() {
  if (pending_.empty()) return {};
  std::vector<log::PreparedBatch> group;
  for (auto const& each : pending_) {
    group.push_back({each->entry.bytes(), each->views, each->author, each->idempotencyKey, each->numbers});
  }
  auto done = log_.append(group);
  pending_.clear();
  return done;
}

}  // namespace fundtrail::ledger::planting

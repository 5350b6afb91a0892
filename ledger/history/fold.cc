// SPDX-License-Identifier: Apache-2.0
#include "ledger/history/fold.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "ledger/batch/batch.h"
#include "ledger/domain/admit.h"
#include "ledger/history/reading.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::history {

using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

/// The events before the one at hand, read from the log where a reversal names one.
class Tail::Past final : public domain::History {
 public:
  explicit Past(log::EventLog const& log) : log_(log) {}

  void advanceTo(domain::EventNumber number) { end_ = number; }
  /// Why the last event() had no answer, if reading failed.
  [[nodiscard]] std::optional<Error> const& error() const { return error_; }

  // The state forgets no number during a fold.
  [[nodiscard]] bool used(domain::UsedNumber const&) const override { return false; }

  [[nodiscard]] std::optional<domain::RecordedEvent> event(domain::EventNumber number) const override {
    if (number >= end_) return std::nullopt;
    auto read = readEvent(log_, number);
    if (!read) {
      error_ = read.error();
      return std::nullopt;
    }
    return domain::RecordedEvent{read->context, std::move(read->bytes)};
  }

 private:
  log::EventLog const& log_;
  domain::EventNumber end_{0};
  mutable std::optional<Error> error_;
};

Tail::Tail(log::EventLog const& log, domain::State& state, domain::LedgerId ledger, domain::Instant foundedAt)
    : log_(log), state_(state), ledger_(ledger), acceptedAt_(foundedAt) {}

Result<std::unique_ptr<Tail>> Tail::open(log::EventLog const& log, domain::State& state) {
  auto const genesis = readGenesisStatement(log);
  if (!genesis) return genesis.error();
  auto const first = readEntry(log, domain::BatchNumber(0));
  if (!first) return first.error();
  schema::Message<schema::Statement> const founding(genesis->bytes());
  state = domain::State::initial(founding.root().getGenesis());
  if (log.hashAlgorithm() != state.hashAlgorithm()) {
    return damaged(domain::BatchNumber(0), {"日志的哈希算法与创始声明的密码方案不符",
                                            "the log was made for another hash than the genesis's profile"});
  }
  auto const id = batch::ledgerIdOf(state.hashAlgorithm(), genesis->bytes());
  return std::unique_ptr<Tail>(new Tail(log, state, id, first->acceptedAt));
}

Result<void> Tail::step(Past& past, domain::EventContext const& context, domain::BatchNumber batch,
                        schema::Event::Reader event, Follower const& follow, Observer const& observe) {
  past.advanceTo(context.number);
  auto const unlawful = [&](domain::Refusal const& refusal) {
    auto const number = context.number.text();
    return damaged(batch, {fmt::format("事件 {} 违反规则 {}：{}", number, refusal.rule->id, refusal.reason.zh),
                           fmt::format("event {} breaks rule {}: {}", number, refusal.rule->id, refusal.reason.en)});
  };
  if (auto const refusal = domain::examine(event)) return unlawful(*refusal);
  auto const about = domain::caseOf(state_, past, context, event);
  auto const refusal = domain::admit(state_, past, about);
  if (past.error()) return *past.error();
  if (refusal) return unlawful(*refusal);
  if (follow) follow(about);
  if (observe) state_.savepoint();
  domain::evolve(state_, about);
  if (observe) {
    observe(state_);
    state_.release();
  }
  return {};
}

Result<void> Tail::take(log::StoredBatch const& batch, std::uint64_t events, Follower const& follow,
                        Observer const& observe) {
  auto const entry = readEntry(batch.number, batch.entry);
  if (!entry) return entry.error();
  auto const contents = batch::open(state_.hashAlgorithm(), entry->statement.bytes(), batch.events);
  if (!contents) return damaged(batch.number, contents.error());
  if (contents->ledger != ledger_)
    return damaged(batch.number, {"签名是为另一账本作出的", "it was signed for another ledger"});
  // Of a batch that was taken in part, the events before position() are done.
  auto const first = entry->firstEvent.value();
  if (isWhole_ ? first != position_ : first >= position_ || position_ - first >= batch.events.size())
    return damaged(batch.number, {"与前一批不相接", "it does not follow the batch before it"});

  Past past(log_);
  if (isWhole_) ++batches_;
  isWhole_ = false;
  acceptedAt_ = entry->acceptedAt;
  for (auto i = position_ - first; i < batch.events.size() && position_ < events; ++i) {
    schema::Message<schema::Event> const message(batch.events[i]);
    domain::EventContext const context{domain::EventNumber(position_), contents->refs[i], contents->author,
                                       entry->acceptedAt};
    if (auto done = step(past, context, batch.number, message.root(), follow, observe); !done) return done;
    ++position_;
  }
  isWhole_ = position_ == first + batch.events.size();
  return {};
}

Result<void> Tail::advance(std::uint64_t events, Follower const& follow, Observer const& observe) {
  auto const size = log_.size();
  if (events > size.events) {
    return Error{ErrorKind::notFound,
                 fmt::format("the log holds {} events: ask for a position from 0 to {}", size.events, size.events),
                 fmt::format("账上有 {} 个事件：请给出 0 至 {} 的位置", size.events, size.events)};
  }
  while (position_ < events) {
    if (!cursor_) cursor_ = log_.read(domain::BatchNumber(isWhole_ ? batches_ : batches_ - 1));
    auto const stored = cursor_->next();
    if (!stored) return stored.error();
    if (!*stored)
      return Error{ErrorKind::corrupt, "the log ends before its size says: restore it from a copy",
                   "日志比所载批数短：请用副本恢复"};
    auto const taken = take(**stored, events, follow, observe);
    if (!taken || !isWhole_) cursor_.reset();  // the next call reads the batch again
    if (!taken) return taken.error();
  }
  return {};
}

Result<Folded> fold(log::EventLog const& log, std::uint64_t events, Follower const& follow, Observer const& observe) {
  domain::State state;
  auto const tail = Tail::open(log, state);
  if (!tail) return tail.error();
  if (auto const done = (*tail)->advance(events, follow, observe); !done) return done.error();
  return Folded{std::move(state), (*tail)->batches(), (*tail)->acceptedAt()};
}

}  // namespace fundtrail::ledger::history

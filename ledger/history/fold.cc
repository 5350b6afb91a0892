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

namespace {

using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

/// The events before the one at hand, read from the log where a reversal names one.
class Past final : public domain::History {
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

/// Judges, tells of and applies one event.
Result<void> step(domain::State& state, Past& past, domain::EventContext const& context, domain::BatchNumber batch,
                  schema::Event::Reader event, Follower const& follow, Observer const& observe) {
  past.advanceTo(context.number);
  auto const unlawful = [&](domain::Refusal const& refusal) {
    auto const number = context.number.text();
    return damaged(batch, {fmt::format("事件 {} 违反规则 {}：{}", number, refusal.rule->id, refusal.reason.zh),
                           fmt::format("event {} breaks rule {}: {}", number, refusal.rule->id, refusal.reason.en)});
  };
  if (auto const refusal = domain::examine(event)) return unlawful(*refusal);
  auto const about = domain::caseOf(state, past, context, event);
  auto const refusal = domain::admit(state, past, about);
  if (past.error()) return *past.error();
  if (refusal) return unlawful(*refusal);
  if (follow) follow(about);
  if (observe) state.savepoint();
  domain::evolve(state, about);
  if (observe) {
    observe(state);
    state.release();
  }
  return {};
}

}  // namespace

Result<Folded> fold(log::EventLog const& log, std::uint64_t events, Follower const& follow, Observer const& observe) {
  auto const genesis = readGenesisStatement(log);
  if (!genesis) return genesis.error();
  auto const first = readEntry(log, domain::BatchNumber(0));
  if (!first) return first.error();
  auto const size = log.size();
  if (events > size.events) {
    return Error{ErrorKind::notFound,
                 fmt::format("the log holds {} events: ask for a position from 0 to {}", size.events, size.events),
                 fmt::format("账上有 {} 个事件：请给出 0 至 {} 的位置", size.events, size.events)};
  }
  schema::Message<schema::Statement> const founding(genesis->bytes());
  Folded folded{domain::State::initial(founding.root().getGenesis()), 1, first->acceptedAt};
  auto const id = batch::ledgerIdOf(folded.state.hashAlgorithm(), genesis->bytes());
  if (log.hashAlgorithm() != folded.state.hashAlgorithm()) {
    return damaged(domain::BatchNumber(0), {"日志的哈希算法与创始声明的密码方案不符",
                                            "the log was made for another hash than the genesis's profile"});
  }

  auto const cursor = log.read(domain::BatchNumber(1));
  Past past(log);
  std::uint64_t position = 0;
  while (position < events) {
    auto const stored = cursor->next();
    if (!stored) return stored.error();
    if (!*stored)
      return Error{ErrorKind::corrupt, "the log ends before its size says: restore it from a copy",
                   "日志比所载批数短：请用副本恢复"};
    auto const& batch = **stored;
    auto const entry = readEntry(batch.number, batch.entry);
    if (!entry) return entry.error();
    auto const contents = batch::open(folded.state.hashAlgorithm(), entry->statement.bytes(), batch.events);
    if (!contents) return damaged(batch.number, contents.error());
    if (contents->ledger != id)
      return damaged(batch.number, {"签名是为另一账本作出的", "it was signed for another ledger"});
    if (entry->firstEvent.value() != position)
      return damaged(batch.number, {"与前一批不相接", "it does not follow the batch before it"});

    for (std::size_t i = 0; i < batch.events.size() && position < events; ++i, ++position) {
      schema::Message<schema::Event> const message(batch.events[i]);
      domain::EventContext const context{domain::EventNumber(position), contents->refs[i], contents->author,
                                         entry->acceptedAt};
      if (auto const done = step(folded.state, past, context, batch.number, message.root(), follow, observe); !done) {
        return done.error();
      }
    }
    folded.acceptedAt = entry->acceptedAt;
    ++folded.batches;
  }
  return folded;
}

}  // namespace fundtrail::ledger::history

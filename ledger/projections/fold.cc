// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/fold.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "crypto/merkle.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/admit.h"
#include "ledger/domain/read.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/message.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger::projections {

namespace {

using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

Error corrupt(domain::BatchNumber batch, std::string_view what) {
  return {ErrorKind::corrupt,
          fmt::format("batch {} of the log {}: run fundtrail-replay verify on it, or restore it", batch.value(), what)};
}

/// What an entry says of its batch. Views go into the entry's bytes.
struct EntryRead {
  crypto::BytesView statement;
  domain::Instant acceptedAt;
  domain::EventNumber firstEvent;
};

Result<EntryRead> readEntry(domain::BatchNumber batch, crypto::BytesView bytes) {
  if (auto const shape = schema::checkShape<schema::Entry>(bytes); !shape) {
    return corrupt(batch, "has an entry that is not well-formed");
  }
  schema::Message<schema::Entry> const message(bytes);
  auto const entry = message.root();
  auto const acceptedAt = domain::Instant::fromMilliseconds(entry.getAcceptedAt());
  if (!acceptedAt) return corrupt(batch, "was accepted on no day of the calendar");
  return EntryRead{domain::bytesOf(entry.getStatement()), *acceptedAt, domain::EventNumber(entry.getFirstEvent())};
}

/// The events before the one at hand, read from the log where a reversal names one.
class Past final : public domain::History {
 public:
  explicit Past(log::EventLog const& log) : log_(log) {}

  void advanceTo(domain::EventNumber number) { end_ = number; }
  /// Why the last event() had no answer, if reading failed.
  [[nodiscard]] std::optional<Error> const& error() const { return error_; }

  // The state forgets no number during a fold.
  [[nodiscard]] bool used(domain::UsedNumber const&) const override { return false; }

  // Kept, since evolve() asks for what the postings asked for.
  [[nodiscard]] std::optional<domain::RecordedEvent> event(domain::EventNumber number) const override {
    if (number >= end_) return std::nullopt;
    if (last_ && last_->context.number == number) return last_;
    auto read = this->read(number);
    if (!read) {
      error_ = read.error();
      return std::nullopt;
    }
    last_ = *std::move(read);
    return last_;
  }

 private:
  [[nodiscard]] Result<domain::RecordedEvent> read(domain::EventNumber number) const {
    auto const bytes = log_.event(number);
    if (!bytes) return bytes.error();
    auto const batch = log_.batchOf(number);
    if (!batch) return batch.error();
    auto const entryBytes = log_.entry(*batch);
    if (!entryBytes) return entryBytes.error();
    auto const entry = readEntry(*batch, *entryBytes);
    if (!entry) return entry.error();
    if (auto const shape = schema::checkShape<schema::Statement>(entry->statement); !shape) {
      return corrupt(*batch, "has a statement that is not well-formed");
    }
    schema::Message<schema::Statement> const statement(entry->statement);
    domain::EventContext const context{number, domain::EventRef(crypto::TreeHasher(log_.hashAlgorithm()).leaf(*bytes)),
                                       domain::readKeyId(statement.root().getAuthorKey()), entry->acceptedAt};
    return domain::RecordedEvent{context, schema::Words::copyOf(*bytes)};
  }

  log::EventLog const& log_;
  domain::EventNumber end_{0};
  mutable std::optional<domain::RecordedEvent> last_;
  mutable std::optional<Error> error_;
};

Result<domain::State> initialState(log::StoredBatch const& founding) {
  auto const entry = readEntry(founding.number, founding.entry);
  if (!entry) return entry.error();
  if (auto const shape = schema::checkShape<schema::Statement>(entry->statement); !shape) {
    return corrupt(founding.number, "has a statement that is not well-formed");
  }
  schema::Message<schema::Statement> const statement(entry->statement);
  auto const genesis = statement.root().getGenesis();
  if (!statement.root().hasGenesis() || domain::examineGenesis(genesis)) {
    return corrupt(founding.number, "founds no ledger");
  }
  return domain::State::initial(genesis);
}

}  // namespace

Result<Folded> fold(log::EventLog const& log, std::uint64_t events, Follower const& follow) {
  auto const size = log.size();
  if (size.batches == 0) return Error{ErrorKind::notFound, "the log is empty: no ledger has been founded in it"};
  if (events > size.events) {
    return Error{ErrorKind::notFound,
                 fmt::format("the log holds {} events: ask for a position from 0 to {}", size.events, size.events)};
  }
  auto const cursor = log.read(domain::BatchNumber(0));
  auto const nextBatch = [&]() -> Result<log::StoredBatch> {
    auto stored = cursor->next();
    if (!stored) return stored.error();
    if (!*stored) return Error{ErrorKind::corrupt, "the log ends before its size says: restore it from a backup"};
    return **std::move(stored);
  };

  auto founding = nextBatch();
  if (!founding) return founding.error();
  auto state = initialState(*founding);
  if (!state) return state.error();
  Folded folded{*std::move(state), 1, std::nullopt};
  Past past(log);
  std::uint64_t position = 0;
  while (position < events) {
    auto const stored = nextBatch();
    if (!stored) return stored.error();
    auto const entry = readEntry(stored->number, stored->entry);
    if (!entry) return entry.error();
    auto const contents = batch::open(log.hashAlgorithm(), entry->statement, stored->events);
    if (!contents) return corrupt(stored->number, fmt::format("is not what was signed ({})", contents.error().message));
    if (entry->firstEvent.value() != position) return corrupt(stored->number, "does not follow the batch before it");

    for (std::size_t i = 0; i < stored->events.size() && position < events; ++i, ++position) {
      domain::EventContext const context{domain::EventNumber(position), contents->refs[i], contents->author,
                                         entry->acceptedAt};
      schema::Message<schema::Event> const message(stored->events[i]);
      past.advanceTo(context.number);
      auto verdict = domain::examine(message.root());
      if (!verdict) verdict = domain::admit(folded.state, past, context, message.root());
      auto const subject = domain::subjectOf(folded.state, past, message.root());
      if (past.error()) return *past.error();
      if (verdict) {
        return corrupt(stored->number, fmt::format("holds event {}, which breaks rule {} ({})", position,
                                                   verdict->rule->id, verdict->reason.en));
      }
      follow(context, message.root(), subject, domain::postingsOf(context, message.root(), subject));
      domain::evolve(folded.state, past, context, message.root());
    }
    folded.acceptedAt = entry->acceptedAt;
    ++folded.batches;
  }
  return folded;
}

}  // namespace fundtrail::ledger::projections

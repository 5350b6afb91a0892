// SPDX-License-Identifier: Apache-2.0
#include "tests/replay/history.h"

#include <algorithm>
#include <array>
#include <string>

#include <capnp/message.h>

#include "crypto/checkpoint.h"
#include "crypto/ensure.h"
#include "crypto/note.h"
#include "ledger/domain/read.h"

namespace fundtrail::replay {

namespace {

schema::Statement::Reader statementOf(schema::Message<schema::Statement> const& message) {
  return message.root();
}

}  // namespace

History History::of(ledger::simulation::Signing const& signing) {
  ledger::simulation::Simulation const simulation({.seed = 7, .enterprises = 60, .alone = false, .signing = signing});
  History history{simulation, {{simulation.genesis(), {}}}, tests::DomainLedger(simulation.genesis())};
  simulation.run([&](batch::SignedBatch signedBatch) {
    auto const refused = history.end.submit(signedBatch);
    crypto::ensure(!refused, "the simulated history is lawful");
    auto const numbers = history.end.state().numbers.addedSinceSavepoint();
    history.batches.push_back({std::move(signedBatch), {numbers.begin(), numbers.end()}});
  });
  return history;
}

History const& History::shared() {
  static History const history = of({});
  return history;
}

tests::DomainLedger ledgerAfter(std::size_t count, History const& history) {
  auto const& batches = history.batches;
  tests::DomainLedger ledger(batches.front().batch);
  for (std::size_t i = 1; i < count; ++i) crypto::ensure(!ledger.submit(batches[i].batch), "the history is lawful");
  return ledger;
}

void write(log::EventLog& log, batch::SignedBatch const& signedBatch, std::span<domain::UsedNumber const> numbers) {
  schema::Message<schema::Statement> const message(signedBatch.statement.bytes());
  auto const statement = statementOf(message);
  auto const entry = batch::makeEntry(signedBatch, *domain::Instant::fromMilliseconds(statement.getAuthoredAt()),
                                      domain::EventNumber(log.size().events));
  auto const events = signedBatch.events.views();
  log::PreparedBatch prepared{entry.bytes(), events, ledger::domain::readKeyId(statement.getAuthorKey()), {}, numbers};
  std::ranges::copy(statement.getIdempotencyKey(), prepared.idempotencyKey.begin());
  log.append(std::span(&prepared, 1)).value();
}

void write(log::EventLog& log, std::span<Recorded const> batches) {
  for (auto const& [signedBatch, numbers] : batches) write(log, signedBatch, numbers);
}

void seal(log::EventLog& log, crypto::PrivateKey key) {
  std::string const origin = "fundtrail.example/gd-sme-digital";
  auto const signer = crypto::NoteSigner::make(origin, std::move(key)).value();
  auto const text = crypto::formatCheckpoint({origin, log.size().batches, log.root()});
  std::array const lines{signer.signatureLine(text)};
  log.storeCheckpoint(crypto::formatNote(text, lines)).value();
}

std::unique_ptr<log::MemoryLog> logOf(std::size_t count, History const& history) {
  auto log = std::make_unique<log::MemoryLog>(history.simulation.hashAlgorithm());
  write(*log, std::span(history.batches).first(count));
  seal(*log, history.simulation.logKey());
  return log;
}

Found find(schema::Event::Which type, std::size_t skip) {
  auto const& batches = History::shared().batches;
  for (std::size_t b = 0; b < batches.size(); ++b) {
    auto const& events = batches[b].batch.events;
    for (std::size_t e = 0; e < events.size(); ++e) {
      schema::Message<schema::Event> const message(events[e]);
      if (message.root().which() == type && skip-- == 0) return {b, e};
    }
  }
  crypto::abortOnBug("the simulated history has such an event");
}

crypto::PrivateKey authorOf(batch::SignedBatch const& signedBatch, History const& history) {
  schema::Message<schema::Statement> const message(signedBatch.statement.bytes());
  auto const author = domain::readKeyId(statementOf(message).getAuthorKey());
  auto const& state = history.end.state();
  auto const* const record = state.keys.find(author);
  crypto::ensure(record != nullptr, "an author of the history is enrolled");
  auto const& person = state.person(record->person).id;
  for (unsigned generation = 0;; ++generation) {
    auto key = history.simulation.keyOf(person, generation);
    if (key.publicKey() == record->key) return key;
    crypto::ensure(generation < 8, "a person's key is one of a few");
  }
}

batch::SignedBatch altered(batch::SignedBatch const& original, std::size_t event,
                           std::function<void(schema::Event::Builder)> const& change, crypto::PrivateKey const& key,
                           History const& history) {
  batch::EventList events;
  for (std::size_t i = 0; i < original.events.size(); ++i) {
    if (i != event) {
      events.append(original.events[i]);
      continue;
    }
    schema::Message<schema::Event> const message(original.events[i]);
    capnp::MallocMessageBuilder copy;
    copy.setRoot(message.root());
    change(copy.getRoot<schema::Event>());
    events.append(schema::canonical<schema::Event>(copy.getRoot<schema::Event>()).bytes());
  }
  schema::Message<schema::Statement> const message(original.statement.bytes());
  auto const statement = statementOf(message);
  batch::IdempotencyKey idempotencyKey{};
  std::ranges::copy(statement.getIdempotencyKey(), idempotencyKey.begin());
  return batch::sign(history.simulation.ledgerId(), history.simulation.hashAlgorithm(), key,
                     *domain::Instant::fromMilliseconds(statement.getAuthoredAt()), idempotencyKey, std::move(events));
}

Report replayOf(log::EventLog const& log, Trust const& trust, unsigned threads) {
  Options options;
  options.threads = threads;
  // The beginning of a history has no bank statement yet: what the statements prove, others test.
  options.auditedUntil = domain::Date::first();
  return verify(log, trust, options).value();
}

std::vector<FindingKind> kindsOf(Report const& report) {
  std::vector<FindingKind> kinds;
  for (auto const& finding : report.findings) kinds.push_back(finding.kind);
  return kinds;
}

}  // namespace fundtrail::replay

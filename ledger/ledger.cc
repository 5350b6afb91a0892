// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "crypto/merkle.h"
#include "ledger/domain/read.h"
#include "ledger/pipeline.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger {

namespace {

crypto::Error badGenesis(std::string message) {
  return {crypto::ErrorKind::badInput, std::move(message)};
}

crypto::Error doesNotFold(domain::BatchNumber batch, std::string_view why) {
  return {crypto::ErrorKind::corrupt,
          fmt::format(
              "batch {} of the log does not hold ({}): verify the log with fundtrail-replay and restore it from a copy",
              batch.text(), why)};
}

crypto::Result<crypto::NoteSigner> signerFor(schema::Genesis::Reader genesis, crypto::PrivateKey logKey) {
  if (!std::ranges::equal(logKey.publicKey().spki(), domain::bytesOf(genesis.getLogKey()))) {
    return crypto::Error{crypto::ErrorKind::denied,
                         "this is not the log key that the genesis names: give the ledger's own log key"};
  }
  return crypto::NoteSigner::make(std::string(domain::textOf(genesis.getOrigin())), std::move(logKey));
}

std::string signCheckpoint(crypto::NoteSigner const& signer, log::EventLog const& log) {
  auto const text = crypto::formatCheckpoint({signer.verifier().name(), log.size().batches, log.root()});
  std::array const lines{signer.signatureLine(text)};
  return crypto::formatNote(text, lines);
}

/// The past while a log is folded: what was read so far. Used-up numbers are in the state, which forgets none until the
/// end.
class FoldedSoFar final : public domain::History {
 public:
  FoldedSoFar(log::EventLog const& log, std::uint64_t const& events) : log_(log), events_(events) {}
  bool used(domain::UsedNumber const&) const override { return false; }
  std::optional<domain::RecordedEvent> event(domain::EventNumber number) const override {
    if (number.value() >= events_) return std::nullopt;
    auto found = readEvent(log_, number);
    if (!found) return std::nullopt;  // and so the reversal that names it is refused, and the log does not fold
    return domain::RecordedEvent{found->context, std::move(found->bytes)};
  }

 private:
  log::EventLog const& log_;
  std::uint64_t const& events_;
};

/// Folds one batch. The rules are asked again, though signatures are not: a log that someone altered must be refused,
/// not crash evolve().
crypto::Result<domain::Instant> foldBatch(log::StoredBatch const& stored, domain::State& state,
                                          domain::LedgerId const& id, std::uint64_t& events,
                                          domain::History const& history) {
  if (auto const shape = schema::checkShape<schema::Entry>(stored.entry); !shape) {
    return doesNotFold(stored.number, shape.error().message);
  }
  schema::Message<schema::Entry> const entry(stored.entry);
  auto const statement = schema::Words::copyOf(domain::bytesOf(entry.root().getStatement()));
  auto const contents = batch::open(state.hashAlgorithm(), statement.bytes(), stored.events);
  if (!contents) return doesNotFold(stored.number, contents.error().message);
  auto const acceptedAt = domain::Instant::fromMilliseconds(entry.root().getAcceptedAt());
  if (!acceptedAt || entry.root().getFirstEvent() != events) {
    return doesNotFold(stored.number, "its place or its time does not follow from the batch before");
  }
  if (stored.number.value() == 0) return *acceptedAt;
  if (contents->ledger != id) return doesNotFold(stored.number, "it was signed for another ledger");
  for (std::size_t i = 0; i < stored.events.size(); ++i) {
    schema::Message<schema::Event> const message(stored.events[i]);
    domain::EventContext const context{domain::EventNumber(events), contents->refs[i], contents->author, *acceptedAt};
    auto verdict = domain::examine(message.root());
    if (!verdict) verdict = domain::admit(state, history, context, message.root());
    if (verdict) {
      return doesNotFold(stored.number,
                         fmt::format("event {} breaks rule {}: {}", events, verdict->rule->id, verdict->reason.en));
    }
    domain::evolve(state, history, context, message.root());
    ++events;
  }
  return *acceptedAt;
}

}  // namespace

crypto::Result<void> Ledger::found(log::EventLog& log, batch::SignedBatch const& genesis,
                                   crypto::PrivateKey const& logKey, domain::Instant acceptedAt) {
  if (log.size().batches != 0) {
    return crypto::Error{crypto::ErrorKind::conflict, "the log holds a ledger already: choose another directory"};
  }
  if (auto const shape = schema::checkShape<schema::Statement>(genesis.statement.bytes()); !shape) return shape.error();
  schema::Message<schema::Statement> const message(genesis.statement.bytes());
  auto const statement = message.root();
  if (!statement.hasGenesis()) return badGenesis("the statement founds no ledger: it must carry a genesis");
  if (auto const objection = domain::examineGenesis(statement.getGenesis())) return badGenesis(objection->en);
  auto const algorithm = batch::hashOf(statement.getGenesis().getProfile());
  if (log.hashAlgorithm() != algorithm)
    return badGenesis("the log was made for another hash than the genesis's profile");
  auto const contents = batch::open(algorithm, genesis.statement.bytes(), {});
  if (!contents) return contents.error();

  auto const state = domain::State::initial(statement.getGenesis());
  auto const* const author = state.keys.find(contents->author);
  if (!author || !batch::signatureHolds(author->key, genesis.statement.bytes(), genesis.signature)) {
    return badGenesis("the genesis must be signed by one of its founding keys");
  }
  if (!std::ranges::equal(logKey.publicKey().spki(), domain::bytesOf(statement.getGenesis().getLogKey()))) {
    return badGenesis("the log key is not the one that the genesis names");
  }
  auto const entry = batch::makeEntry(genesis, acceptedAt, domain::EventNumber(0));
  log::PreparedBatch const prepared[] = {{entry.bytes(), {}, contents->author, contents->idempotencyKey, {}}};
  return log.append(prepared);
}

crypto::Result<std::unique_ptr<Ledger>> Ledger::open(std::unique_ptr<log::EventLog> log, crypto::PrivateKey logKey,
                                                     Options options) {
  crypto::ensure(static_cast<bool>(options.clock), "the caller gives the ledger its clock");
  auto const statementBytes = readGenesisStatement(*log);
  if (!statementBytes) return statementBytes.error();
  schema::Message<schema::Statement> const statement(statementBytes->bytes());
  auto const genesis = statement.root().getGenesis();
  if (auto const objection = domain::examineGenesis(genesis)) return doesNotFold(domain::BatchNumber(0), objection->en);
  if (log->hashAlgorithm() != batch::hashOf(genesis.getProfile())) {
    return doesNotFold(domain::BatchNumber(0), "the log was made for another hash than the genesis's profile");
  }
  auto signer = signerFor(genesis, std::move(logKey));
  if (!signer) return signer.error();

  auto const id = batch::ledgerIdOf(log->hashAlgorithm(), statementBytes->bytes());
  auto state = domain::State::initial(genesis);
  auto lastAcceptedAt = domain::Instant::startOf(domain::Date::first());
  std::uint64_t events = 0;
  FoldedSoFar const history(*log, events);
  auto const cursor = log->read(domain::BatchNumber(0));
  while (true) {
    auto const stored = cursor->next();
    if (!stored) return stored.error();
    if (!*stored) break;
    auto const acceptedAt = foldBatch(**stored, state, id, events, history);
    if (!acceptedAt) return acceptedAt.error();
    lastAcceptedAt = std::max(lastAcceptedAt, *acceptedAt);
  }
  state.numbers.clear();  // the log's index answers for them from here on

  // A crash between the append and its checkpoint left the log ahead: what is durable is signed for now.
  auto checkpoint = signCheckpoint(*signer, *log);
  auto const stored = log->checkpoint();
  if (!stored) return stored.error();
  if (*stored != checkpoint) {
    if (auto const kept = log->storeCheckpoint(checkpoint); !kept) return kept.error();
  }
  return std::unique_ptr<Ledger>(
      std::make_unique<Pipeline>(std::move(log), Folded{id, std::move(state), lastAcceptedAt, std::move(*signer)},
                                 std::move(checkpoint), std::move(options)));
}

}  // namespace fundtrail::ledger

// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "crypto/merkle.h"
#include "ledger/domain/read.h"
#include "ledger/history/fold.h"
#include "ledger/history/reading.h"
#include "ledger/pipeline.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger {

namespace {

crypto::Error badGenesis(std::string message) {
  return {crypto::ErrorKind::badInput, std::move(message)};
}

/// The stored note where it says the same already, since it may carry cosignatures too; else a new one.
crypto::Result<std::string> signedCheckpoint(CheckpointSigner const& signer, log::EventLog& log) {
  auto const batches = log.size().batches;
  auto stored = log.checkpoint();
  if (!stored) return stored.error();
  if (*stored && signer.hasSigned(**stored, batches, log.root())) return **std::move(stored);
  auto note = signer.sign(batches, log.root());
  if (auto const kept = log.storeCheckpoint(note); !kept) return kept.error();
  return note;
}

}  // namespace

crypto::Result<void> Ledger::found(log::EventLog& log, batch::SignedBatch const& genesis, LogKeys logKeys,
                                   domain::Instant acceptedAt) {
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
  auto const signer = CheckpointSigner::make(statement.getGenesis(), std::move(logKeys));
  if (!signer) return badGenesis(signer.error().message);
  auto const entry = batch::makeEntry(genesis, acceptedAt, domain::EventNumber(0));
  log::PreparedBatch const prepared[] = {{entry.bytes(), {}, contents->author, contents->idempotencyKey, {}}};
  if (auto const appended = log.append(prepared); !appended) return appended;
  return log.storeCheckpoint(signer->sign(log.size().batches, log.root()));
}

crypto::Result<std::unique_ptr<Ledger>> Ledger::open(std::unique_ptr<log::EventLog> log, LogKeys logKeys,
                                                     Options options) {
  crypto::ensure(static_cast<bool>(options.clock), "the caller gives the ledger its clock");
  crypto::ensure(options.maxGroupEvents > 0 && options.maxGroupBatches > 0, "a group holds at least one event");
  auto const statement = history::readGenesisStatement(*log);
  if (!statement) return statement.error();
  schema::Message<schema::Statement> const message(statement->bytes());
  auto signer = CheckpointSigner::make(message.root().getGenesis(), std::move(logKeys));
  if (!signer) return signer.error();
  auto folded = history::fold(*log, log->size().events);
  if (!folded) return folded.error();
  folded->state.numbers.clear();  // the log's index answers for them from here on

  // A crash between the append and its checkpoint left the log ahead: what is durable is signed for now.
  auto checkpoint = signedCheckpoint(*signer, *log);
  if (!checkpoint) return checkpoint.error();
  auto const id = batch::ledgerIdOf(log->hashAlgorithm(), statement->bytes());
  return std::unique_ptr<Ledger>(std::make_unique<Pipeline>(std::move(log), id, std::move(folded->state),
                                                            folded->acceptedAt, std::move(*signer),
                                                            *std::move(checkpoint), std::move(options)));
}

std::future<Outcome> Ledger::submit(batch::SignedBatch batch) {
  auto const promise = std::make_shared<std::promise<Outcome>>();
  auto outcome = promise->get_future();
  submit(std::move(batch), [promise](Outcome reached) { promise->set_value(std::move(reached)); });
  return outcome;
}

}  // namespace fundtrail::ledger

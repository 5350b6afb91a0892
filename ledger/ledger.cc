// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <algorithm>
#include <array>

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

crypto::Result<crypto::NoteSigner> signerFor(schema::Genesis::Reader genesis, crypto::PrivateKey logKey) {
  if (!std::ranges::equal(logKey.publicKey().spki(), domain::bytesOf(genesis.getLogKey()))) {
    return crypto::Error{crypto::ErrorKind::denied,
                         "this is not the log key that the genesis names: give the ledger's own log key",
                         "不是创始声明所载的日志密钥：请使用本账本的日志密钥"};
  }
  return crypto::NoteSigner::make(std::string(domain::textOf(genesis.getOrigin())), std::move(logKey));
}

std::string signCheckpoint(crypto::NoteSigner const& signer, log::EventLog const& log) {
  auto const text = crypto::formatCheckpoint({signer.verifier().name(), log.size().batches, log.root()});
  std::array const lines{signer.signatureLine(text)};
  return crypto::formatNote(text, lines);
}

}  // namespace

crypto::Result<void> Ledger::found(log::EventLog& log, batch::SignedBatch const& genesis, crypto::PrivateKey logKey,
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
  if (!std::ranges::equal(logKey.publicKey().spki(), domain::bytesOf(statement.getGenesis().getLogKey()))) {
    return badGenesis("the log key is not the one that the genesis names");
  }
  auto const signer = signerFor(statement.getGenesis(), std::move(logKey));
  if (!signer) return signer.error();
  auto const entry = batch::makeEntry(genesis, acceptedAt, domain::EventNumber(0));
  log::PreparedBatch const prepared[] = {{entry.bytes(), {}, contents->author, contents->idempotencyKey, {}}};
  if (auto const appended = log.append(prepared); !appended) return appended;
  return log.storeCheckpoint(signCheckpoint(*signer, log));
}

crypto::Result<std::unique_ptr<Ledger>> Ledger::open(std::unique_ptr<log::EventLog> log, crypto::PrivateKey logKey,
                                                     Options options) {
  crypto::ensure(static_cast<bool>(options.clock), "the caller gives the ledger its clock");
  crypto::ensure(options.maxGroupEvents > 0 && options.maxGroupBatches > 0, "a group holds at least one event");
  auto const statement = history::readGenesisStatement(*log);
  if (!statement) return statement.error();
  schema::Message<schema::Statement> const message(statement->bytes());
  auto signer = signerFor(message.root().getGenesis(), std::move(logKey));
  if (!signer) return signer.error();
  auto folded = history::fold(*log, log->size().events);
  if (!folded) return folded.error();
  folded->state.numbers.clear();  // the log's index answers for them from here on

  // A crash between the append and its checkpoint left the log ahead: what is durable is signed for now.
  auto checkpoint = signCheckpoint(*signer, *log);
  auto const stored = log->checkpoint();
  if (!stored) return stored.error();
  if (*stored != checkpoint) {
    if (auto const kept = log->storeCheckpoint(checkpoint); !kept) return kept.error();
  }
  auto const id = batch::ledgerIdOf(log->hashAlgorithm(), statement->bytes());
  return std::unique_ptr<Ledger>(std::make_unique<Pipeline>(std::move(log), id, std::move(folded->state),
                                                            folded->acceptedAt, std::move(*signer),
                                                            std::move(checkpoint), std::move(options)));
}

}  // namespace fundtrail::ledger

// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/operator.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include <capnp/message.h>
#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/ensure.h"
#include "ledger/checkpoint_signer.h"
#include "ledger/domain/read.h"
#include "ledger/files/files.h"
#include "ledger/history/reading.h"
#include "ledger/ledger.h"
#include "ledger/log/rocksdb_log.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/json.h"

namespace fundtrail::tests {

namespace fs = std::filesystem;
namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace schema = ledger::schema;
using domain::Instant;
using ledger::log::RocksDbLog;

namespace {

constexpr std::size_t kMostKeyFile = 64 * 1024;

template <std::size_t kSize>
std::array<std::uint8_t, kSize> random() {
  std::array<std::uint8_t, kSize> bytes{};
  crypto::randomBytes(bytes);
  return bytes;
}

Logged loggedOf(ledger::log::StoredBatch const& stored) {
  auto const entryBytes = schema::Words::copyOf(stored.entry);
  schema::Message<schema::Entry> const message(entryBytes.bytes());
  auto const entry = message.root();
  auto const signature = domain::bytesOf(entry.getSignature());
  Logged logged{
      {schema::Words::copyOf(domain::bytesOf(entry.getStatement())), {signature.begin(), signature.end()}, {}},
      *Instant::fromMilliseconds(entry.getAcceptedAt())};
  for (auto const event : stored.events) logged.batch.events.append(event);
  return logged;
}

}  // namespace

std::vector<Logged> Operator::history() const {
  auto const log = RocksDbLog::openReadOnly(this->log()).value();
  auto const cursor = log->read(domain::BatchNumber(0));
  std::vector<Logged> history;
  while (auto const stored = cursor->next().value()) history.push_back(loggedOf(*stored));
  return history;
}

void Operator::rewrite(std::span<Logged const> history) const {
  auto const fresh = ledger_ / "log.rewritten";
  {
    auto const& founding = history.front();
    auto log = RocksDbLog::create(fresh, nameOf(founding.batch).hash).value();
    ledger::Ledger::found(*log, founding.batch, logKeys(), founding.acceptedAt).value();
    auto at = history.begin();
    ledger::Options options;
    options.clock = [&](Instant) { return at->acceptedAt; };
    auto const ledger = ledger::Ledger::open(std::move(log), logKeys(), std::move(options)).value();
    while (++at != history.end()) {
      auto const outcome = ledger->submit(at->batch).get();
      crypto::ensure(std::holds_alternative<ledger::Recorded>(outcome), "the rules allow what the operator makes up");
    }
  }
  fs::remove_all(log());
  fs::rename(fresh, log());
}

void Operator::force(Logged const& logged) const {
  auto const log = RocksDbLog::openForWriting(this->log()).value();
  auto const events = logged.batch.events.views();
  auto const entry = batch::makeEntry(logged.batch, logged.acceptedAt, domain::EventNumber(log->size().events));
  schema::Message<schema::Statement> const message(logged.batch.statement.bytes());
  auto const statement = message.root();
  ledger::log::PreparedBatch prepared{entry.bytes(), events, domain::readKeyId(statement.getAuthorKey()), {}, {}};
  std::ranges::copy(statement.getIdempotencyKey(), prepared.idempotencyKey.begin());
  log->append(std::span(&prepared, 1)).value();

  auto const founding = ledger::history::readGenesisStatement(*log).value();
  schema::Message<schema::Statement> const genesis(founding.bytes());
  auto const signer = ledger::CheckpointSigner::make(genesis.root().getGenesis(), logKeys()).value();
  log->storeCheckpoint(signer.sign(log->size().batches, log->root())).value();
}

void Operator::copyLogTo(fs::path const& copy) const {
  fs::copy(log(), copy, fs::copy_options::recursive);
}

void Operator::putBack(fs::path const& copy) const {
  fs::remove_all(log());
  fs::copy(copy, log(), fs::copy_options::recursive);
}

ledger::LogKeys Operator::logKeys() const {
  auto const read = [&](char const* name) {
    return ledger::files::readFile(ledger_ / "keys" / name, kMostKeyFile).value();
  };
  auto const line = read("log.password");
  return ledger::LogKeys(crypto::PrivateKey::fromPem(read("log.pem"), line.substr(0, line.find('\n'))).value());
}

LedgerName nameOf(batch::SignedBatch const& genesis) {
  schema::Message<schema::Statement> const message(genesis.statement.bytes());
  auto const profile = message.root().getGenesis().getProfile();
  auto const hash = batch::hashOf(profile);
  return {batch::ledgerIdOf(hash, genesis.statement.bytes()), hash,
          profile == schema::Profile::GM ? crypto::KeyAlgorithm::sm2 : crypto::KeyAlgorithm::ed25519};
}

batch::SignedBatch proposal(LedgerName const& ledger, crypto::PrivateKey const& author, Instant at) {
  auto const key = crypto::PrivateKey::generate(ledger.keys).value();
  auto const json = fmt::format(
      R"({{"events":[{{"occurredOn":{},"keyEnrolled":{{"person":"{}","personName":"name","organisation":"office",)"
      R"("algorithm":"{}","publicKey":"{}"}}}}]}})",
      at.businessDate().number(), crypto::toHex(random<8>()),
      ledger.keys == crypto::KeyAlgorithm::sm2 ? "sm2" : "ed25519", crypto::toHex(key.publicKey().spki()));
  auto const file = schema::parseBatchFile(json).value();
  auto const event =
      file.events.front().encode(random<schema::kSaltBytes>(), [](std::string_view) -> crypto::Result<crypto::Digest> {
        return crypto::Error{crypto::ErrorKind::notFound, "the event names no other"};
      });
  batch::EventList events;
  events.append(event.value().bytes());
  return batch::sign(ledger.id, ledger.hash, author, at, random<16>(), std::move(events));
}

Refounded foundAnew(batch::SignedBatch const& genesis, Instant at) {
  schema::Message<schema::Statement> const original(genesis.statement.bytes());
  capnp::MallocMessageBuilder message;
  message.setRoot(original.root().getGenesis());
  auto forged = message.getRoot<schema::Genesis>();
  std::vector<crypto::PrivateKey> keys;
  for (auto founder : forged.getKeys()) {
    auto const& key = keys.emplace_back(crypto::PrivateKey::generate(nameOf(genesis).keys).value());
    founder.setPublicKey({key.publicKey().spki().data(), key.publicKey().spki().size()});
  }
  return {batch::found(forged.asReader(), keys.front(), at, random<16>()), std::move(keys.front())};
}

}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "crypto/merkle.h"
#include "ledger/domain/read.h"
#include "ledger/ledger.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger {

namespace {

crypto::Error damaged(domain::BatchNumber batch, std::string_view why) {
  return {crypto::ErrorKind::corrupt,
          fmt::format(
              "entry {} of the log is damaged ({}): verify the log with fundtrail-replay and restore it from a copy",
              batch.text(), why)};
}

crypto::Result<schema::Words> readEntry(log::EventLog const& log, domain::BatchNumber number) {
  auto const bytes = log.entry(number);
  if (!bytes) return bytes.error();
  auto words = schema::Words::copyOf(*bytes);
  if (auto const shape = schema::checkShape<schema::Entry>(words.bytes()); !shape) {
    return damaged(number, shape.error().message);
  }
  return words;
}

}  // namespace

crypto::Result<schema::Words> readGenesisStatement(log::EventLog const& log) {
  if (log.size().batches == 0) {
    return crypto::Error{crypto::ErrorKind::notFound, "the log is empty: found a ledger with `fundtrail init`"};
  }
  domain::BatchNumber const first(0);
  auto const entry = readEntry(log, first);
  if (!entry) return entry.error();
  schema::Message<schema::Entry> const message(entry->bytes());
  auto statement = schema::Words::copyOf(domain::bytesOf(message.root().getStatement()));
  if (auto const shape = schema::checkShape<schema::Statement>(statement.bytes()); !shape) {
    return damaged(first, shape.error().message);
  }
  if (!schema::Message<schema::Statement>(statement.bytes()).root().hasGenesis()) {
    return damaged(first, "it founds no ledger");
  }
  return statement;
}

crypto::Result<EventOnRecord> readEvent(log::EventLog const& log, domain::EventNumber number) {
  auto const batchNumber = log.batchOf(number);
  if (!batchNumber) return batchNumber.error();
  auto const bytes = log.event(number);
  if (!bytes) return bytes.error();
  auto const entry = readEntry(log, *batchNumber);
  if (!entry) return entry.error();

  schema::Message<schema::Entry> const message(entry->bytes());
  auto const statementBytes = schema::Words::copyOf(domain::bytesOf(message.root().getStatement()));
  if (auto const shape = schema::checkShape<schema::Statement>(statementBytes.bytes()); !shape) {
    return damaged(*batchNumber, shape.error().message);
  }
  auto words = schema::Words::copyOf(*bytes);
  if (auto const shape = schema::checkShape<schema::Event>(words.bytes()); !shape) {
    return damaged(*batchNumber, shape.error().message);
  }
  auto const acceptedAt = domain::Instant::fromMilliseconds(message.root().getAcceptedAt());
  if (!acceptedAt) return damaged(*batchNumber, "acceptedAt is outside the calendar");

  schema::Message<schema::Statement> const statement(statementBytes.bytes());
  crypto::TreeHasher hasher(log.hashAlgorithm());
  return EventOnRecord{{number, domain::EventRef(hasher.leaf(words.bytes())),
                        domain::readKeyId(statement.root().getAuthorKey()), *acceptedAt},
                       *batchNumber,
                       std::move(words)};
}

}  // namespace fundtrail::ledger

// SPDX-License-Identifier: Apache-2.0
#include "ledger/history/reading.h"

#include <utility>

#include <fmt/format.h>

#include "crypto/merkle.h"
#include "ledger/domain/admit.h"
#include "ledger/domain/read.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger::history {

crypto::Error damaged(domain::BatchNumber batch, domain::Text const& why) {
  return {crypto::ErrorKind::corrupt,
          fmt::format("batch {} of the log does not hold ({}): verify the log with fundtrail-replay and restore it "
                      "from a copy",
                      batch.text(), why.en),
          fmt::format("日志第 {} 批不成立（{}）：请用 fundtrail-replay 核验，并用副本恢复", batch.text(), why.zh)};
}

crypto::Error damaged(domain::BatchNumber batch, crypto::Error const& why) {
  return damaged(batch, domain::Text{why.zh.empty() ? why.message : why.zh, why.message});
}

crypto::Result<EntryOnRecord> readEntry(domain::BatchNumber number, crypto::BytesView bytes) {
  if (auto const shape = schema::checkShape<schema::Entry>(bytes); !shape) {
    return damaged(number, shape.error());
  }
  schema::Message<schema::Entry> const message(bytes);
  auto const entry = message.root();
  auto statement = schema::Words::copyOf(domain::bytesOf(entry.getStatement()));
  if (auto const shape = schema::checkShape<schema::Statement>(statement.bytes()); !shape) {
    return damaged(number, shape.error());
  }
  auto const acceptedAt = domain::Instant::fromMilliseconds(entry.getAcceptedAt());
  if (!acceptedAt) return damaged(number, {"入账时间不在日历之内", "it was accepted on no day of the calendar"});
  return EntryOnRecord{std::move(statement), *acceptedAt, domain::EventNumber(entry.getFirstEvent())};
}

crypto::Result<EntryOnRecord> readEntry(log::EventLog const& log, domain::BatchNumber number) {
  auto const bytes = log.entry(number);
  if (!bytes) return bytes.error();
  return readEntry(number, *bytes);
}

crypto::Result<EventOnRecord> readEvent(log::EventLog const& log, domain::EventNumber number) {
  auto const batch = log.batchOf(number);
  if (!batch) return batch.error();
  auto const bytes = log.event(number);
  if (!bytes) return bytes.error();
  auto const entry = readEntry(log, *batch);
  if (!entry) return entry.error();
  auto words = schema::Words::copyOf(*bytes);
  if (auto const shape = schema::checkShape<schema::Event>(words.bytes()); !shape) {
    return damaged(*batch, shape.error());
  }
  schema::Message<schema::Statement> const statement(entry->statement.bytes());
  crypto::TreeHasher hasher(log.hashAlgorithm());
  return EventOnRecord{{number, domain::EventRef(hasher.leaf(words.bytes())),
                        domain::readKeyId(statement.root().getAuthorKey()), entry->acceptedAt},
                       *batch,
                       std::move(words)};
}

crypto::Result<schema::Words> readGenesisStatement(log::EventLog const& log) {
  if (log.size().batches == 0) {
    return crypto::Error{crypto::ErrorKind::notFound, "the log is empty: found a ledger with `fundtrail init`",
                         "日志是空的：请用 fundtrail init 新建账本"};
  }
  domain::BatchNumber const first(0);
  auto entry = readEntry(log, first);
  if (!entry) return entry.error();
  schema::Message<schema::Statement> const statement(entry->statement.bytes());
  if (!statement.root().hasGenesis()) return damaged(first, {"不是创始声明", "it founds no ledger"});
  if (auto const objection = domain::examineGenesis(statement.root().getGenesis())) return damaged(first, *objection);
  return std::move(entry->statement);
}

}  // namespace fundtrail::ledger::history

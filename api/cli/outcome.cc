// SPDX-License-Identifier: Apache-2.0
#include "api/cli/outcome.h"

#include <utility>

#include "crypto/checkpoint.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "ledger/domain/authority.h"
#include "ledger/schema/message.h"

namespace fundtrail::api::cli {

namespace {

namespace schema = ledger::schema;

crypto::Result<std::uint64_t> checkpointSize(ledger::log::EventLog const& log) {
  auto const stored = log.checkpoint();
  if (!stored) return stored.error();
  if (!*stored) return crypto::Error{crypto::ErrorKind::notFound, "the log has no checkpoint yet: open it for writing"};
  auto const note = crypto::parseNote(**stored);
  if (!note) return note.error();
  auto const checkpoint = crypto::parseCheckpoint(note->text);
  if (!checkpoint) return checkpoint.error();
  return checkpoint->size;
}

}  // namespace

crypto::Result<void> printBatch(Session const& session, ledger::log::EventLog const& log,
                                ledger::domain::BatchNumber batch) {
  auto const cursor = log.read(batch);  // owns what it reads
  auto const stored = cursor->next();
  if (!stored) return stored.error();
  if (!*stored) {
    return session.error(crypto::ErrorKind::corrupt,
                         {"日志缺少第 {} 批：请用 fundtrail-replay verify 核验",
                          "batch {} is missing from the log: run fundtrail-replay verify on it"},
                         batch.value());
  }
  auto const size = checkpointSize(log);
  if (!size) return size.error();
  session.out << session.text({"批次 {}，检查点大小 {}\n", "batch {}, checkpoint size {}\n"}, batch.value(), *size);
  crypto::TreeHasher hasher(log.hashAlgorithm());
  auto number = (*stored)->firstEvent.value();
  for (auto const bytes : (*stored)->events) {
    schema::Message<schema::Event> const event(bytes);
    session.out << session.text({"  事件 {}  {}  {}\n", "  event {}  {}  {}\n"}, number, hasher.leaf(bytes).hex(),
                                schema::eventTypeTitle(event.root().which(), session.language));
    if (ledger::domain::authorityOf(event.root().which()).secondPerson) {
      session.out << session.text({"    须由第二人确认后生效：changeConfirmed，change 写 \"@{}\"\n",
                                   "    takes effect once a second person confirms it: changeConfirmed, with "
                                   "\"change\": \"@{}\"\n"},
                                  number);
    }
    ++number;
  }
  return {};
}

namespace {

std::string clauseOf(Session const& session, ledger::domain::Rule const& rule) {
  return rule.clause == "—" ? std::string() : session.text({"（条款{}）", " (clause {})"}, rule.clause);
}

}  // namespace

void printWarnings(Session const& session, std::span<ledger::BatchWarning const> warnings) {
  for (auto const& [event, warning] : warnings) {
    auto const& rule = *warning.rule;
    session.err << session.text(
        {"提示：第 {} 个事件，规则 {}{}：{}。{}\n", "warning: event {} of the file, rule {}{}: {}. {}\n"}, event + 1,
        rule.id, clauseOf(session, rule), Text{warning.reason.zh, warning.reason.en}.in(session.language),
        Text{rule.remedyZh, rule.remedyEn}.in(session.language));
  }
}

std::string refusalText(Session const& session, ledger::BatchRefused const& refused) {
  auto const& rule = *refused.refusal.rule;
  bool const zh = session.language == Language::zh;
  auto const where = refused.event ? session.text({"第 {} 个事件", "event {} of the file"}, *refused.event + 1)
                                   : session.text({"整批", "the batch as a whole"});
  return session.text({"未予记录：{}违反规则 {}{}：{}。{}", "refused: {} breaks rule {}{}: {}. {}"}, where, rule.id,
                      clauseOf(session, rule), zh ? refused.refusal.reason.zh : refused.refusal.reason.en,
                      zh ? rule.remedyZh : rule.remedyEn);
}

crypto::Result<ledger::Receipt> receiptOf(Session const& session, ledger::Outcome outcome) {
  if (auto* const error = std::get_if<crypto::Error>(&outcome)) return std::move(*error);
  if (auto const* const refused = std::get_if<ledger::BatchRefused>(&outcome)) {
    return crypto::Error{crypto::ErrorKind::conflict, refusalText(session, *refused)};
  }
  return std::get<ledger::Receipt>(outcome);
}

crypto::Result<ledger::Receipt> mustRecord(Session const& session, ledger::Ledger& ledger,
                                           ledger::batch::SignedBatch batch) {
  return receiptOf(session, ledger.submit(std::move(batch)).get());
}

}  // namespace fundtrail::api::cli

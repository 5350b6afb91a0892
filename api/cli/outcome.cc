// SPDX-License-Identifier: Apache-2.0
#include "api/cli/outcome.h"

#include <map>
#include <optional>
#include <utility>

#include "crypto/checkpoint_note.h"
#include "crypto/merkle.h"
#include "ledger/domain/authority.h"
#include "ledger/projections/journal.h"
#include "ledger/schema/message.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace schema = ledger::schema;

crypto::Result<std::uint64_t> checkpointSize(ledger::log::EventLog const& log) {
  auto const stored = log.checkpoint();
  if (!stored) return stored.error();
  if (!*stored) return crypto::Error{crypto::ErrorKind::notFound, "the log has no checkpoint yet: open it for writing"};
  auto const checkpoint = crypto::readCheckpointNote(**stored);
  if (!checkpoint) return checkpoint.error();
  return checkpoint->size;
}

std::string yuan(Session const& session, domain::Fen amount) {
  return session.text({"{} 元", "{} yuan"}, domain::formatYuan(amount));
}

/// "拨付申请  80,000.00 元"
std::string eventText(Session const& session, schema::Event::Reader event) {
  std::string text(schema::eventTypeTitle(event.which(), session.language));
  if (auto const amount = ledger::projections::amountIn(event)) text += "  " + yuan(session, *amount);
  return text;
}

/// What a person holds against the papers: of each type that stands more than once in a batch, how many there are and
/// the money that they state.
class ControlTotals {
 public:
  void add(schema::Event::Reader event) {
    auto& [count, amount] = totals_[event.which()];
    ++count;
    auto const stated = ledger::projections::amountIn(event);
    if (stated && amount) amount = amount->plus(*stated);
  }

  void print(Session const& session) const {
    for (auto const& [type, total] : totals_) {
      if (total.count < 2) continue;  // its line says it all
      session.out << session.text({"  合计  {} × {}", "  total  {} × {}"}, total.count,
                                  schema::eventTypeTitle(type, session.language));
      if (total.amount && !total.amount->isZero()) session.out << "  " << yuan(session, *total.amount);
      session.out << '\n';
    }
  }

 private:
  struct Total {
    std::size_t count = 0;
    std::optional<domain::Fen> amount{domain::Fen()};  // nothing: more than any amount may be
  };
  std::map<schema::Event::Which, Total> totals_;
};

}  // namespace

void printEvents(Session const& session, ledger::batch::EventList const& events) {
  ControlTotals totals;
  std::size_t position = 0;
  for (auto const bytes : events.views()) {
    schema::Message<schema::Event> const event(bytes);
    session.out << session.text({"  第 {} 个事件  {}\n", "  event {} of the file  {}\n"}, ++position,
                                eventText(session, event.root()));
    totals.add(event.root());
  }
  totals.print(session);
}

void printRecorded(Session const& session, crypto::HashAlgorithm algorithm, std::uint64_t batch, std::uint64_t treeSize,
                   std::uint64_t firstEvent, std::span<crypto::BytesView const> events) {
  session.out << session.text({"批次 {}，检查点大小 {}\n", "batch {}, checkpoint size {}\n"}, batch, treeSize);
  crypto::TreeHasher hasher(algorithm);
  auto number = firstEvent;
  ControlTotals totals;
  for (auto const bytes : events) {
    schema::Message<schema::Event> const event(bytes);
    session.out << session.text({"  事件 {}  {}  {}\n", "  event {}  {}  {}\n"}, number, hasher.leaf(bytes).hex(),
                                eventText(session, event.root()));
    totals.add(event.root());
    if (ledger::domain::authorityOf(event.root().which()).secondPerson) {
      session.out << session.text({"    须由第二人确认后生效：changeConfirmed，change 写 \"@{}\"\n",
                                   "    takes effect once a second person confirms it: changeConfirmed, with "
                                   "\"change\": \"@{}\"\n"},
                                  number);
    }
    ++number;
  }
  totals.print(session);
}

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
  printRecorded(session, log.hashAlgorithm(), batch.value(), *size, (*stored)->firstEvent.value(), (*stored)->events);
  return {};
}

namespace {

std::string clauseOf(Session const& session, ledger::domain::Rule const& rule) {
  return rule.clause == "—" ? std::string() : session.text({"（条款{}）", " (clause {})"}, rule.clause);
}

}  // namespace

void printWarnings(Session const& session, std::span<ledger::BatchWarning const> warnings) {
  bool const zh = session.language == Language::zh;
  for (auto const& [event, warning] : warnings) {
    auto const& rule = *warning.rule;
    session.err << session.text(
        {"提示：第 {} 个事件，规则 {}{}：{}。{}\n", "warning: event {} of the file, rule {}{}: {}. {}\n"}, event + 1,
        rule.id, clauseOf(session, rule), zh ? warning.reason.zh : warning.reason.en,
        zh ? warning.remedy().zh : warning.remedy().en);
  }
}

std::string refusalText(Session const& session, ledger::BatchRefused const& refused) {
  auto const& rule = *refused.refusal.rule;
  bool const zh = session.language == Language::zh;
  auto const where = refused.event ? session.text({"第 {} 个事件", "event {} of the file"}, *refused.event + 1)
                                   : session.text({"整批", "the batch as a whole"});
  return session.text({"未予记录：{}违反规则 {}{}：{}。{}", "refused: {} breaks rule {}{}: {}. {}"}, where, rule.id,
                      clauseOf(session, rule), zh ? refused.refusal.reason.zh : refused.refusal.reason.en,
                      zh ? refused.refusal.remedy().zh : refused.refusal.remedy().en);
}

crypto::Result<ledger::Recorded> recordedOf(Session const& session, ledger::Outcome outcome) {
  if (auto* const error = std::get_if<crypto::Error>(&outcome)) return std::move(*error);
  if (auto const* const refused = std::get_if<ledger::BatchRefused>(&outcome)) {
    return crypto::Error{crypto::ErrorKind::conflict, refusalText(session, *refused)};
  }
  return std::get<ledger::Recorded>(outcome);
}

crypto::Result<ledger::Recorded> mustRecord(Session const& session, ledger::Ledger& ledger,
                                            ledger::batch::SignedBatch batch) {
  return recordedOf(session, ledger.submit(std::move(batch)).get());
}

}  // namespace fundtrail::api::cli

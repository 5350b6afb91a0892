// SPDX-License-Identifier: Apache-2.0
// B1, B2: statements go on where the last one ended, and a line stands for one event, of the same money.

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "ledger/domain/numbers.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"
#include "ledger/schema/names.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

// ---- B1

Objection linesAddUp(schema::StatementImported::Reader body) {
  std::optional<Fen> balance = readFen(body.getOpeningFen());
  std::set<std::string> references;
  unsigned position = 0;
  for (auto const line : body.getLines()) {
    ++position;
    balance = balance->plus(readFen(line.getCreditFen()));
    if (balance) balance = balance->plus(-readFen(line.getDebitFen()));
    if (!balance) return Text{"对账单金额过大", "the statement's amounts are larger than any account holds"};
    auto const reference = normalReference(textOf(line.getBankReference()));
    if (!reference.empty() && !references.insert(reference).second) {
      return Text{fmt::format("第 {} 行的银行流水号 {} 重复", position, reference),
                  fmt::format("line {}: the bank reference {} stands twice", position, reference)};
    }
  }
  auto const closing = readFen(body.getClosingFen());
  if (*balance == closing) return std::nullopt;
  return Text{
      fmt::format("期初加收入减付出为 {} 元，期末余额为 {} 元", formatYuan(*balance), formatYuan(closing)),
      fmt::format("opening + credits − debits is {} yuan, closing {} yuan", formatYuan(*balance), formatYuan(closing))};
}

Objection continuesTheBook(Judgement const& judgement) {
  auto const body = judgement.event.getStatementImported();
  auto const* const book = judgement.state.accountBooks.find(readAccount(body.getAccount().getNumber()));
  if (!book || book->statements.empty()) return std::nullopt;  // what was imported was reversed
  auto const& last = *judgement.state.statements.find(book->statements.back());
  if (last.city != judgement.subject.region) {
    return Text{fmt::format("该账户属于城市 {}", last.city.number()),
                fmt::format("the account is city {}'s", last.city.number())};
  }
  auto const opening = readFen(body.getOpeningFen());
  if (opening != last.closing) {
    return Text{fmt::format("期初余额 {} 元，上一对账单期末余额 {} 元", formatYuan(opening), formatYuan(last.closing)),
                fmt::format("opening {} yuan, the statement before closed at {} yuan", formatYuan(opening),
                            formatYuan(last.closing))};
  }
  auto const from = readDate(body.getPeriodFrom());
  // A long statement comes in parts, which share a day.
  if (from == last.to || from == last.to.plusDays(1)) return std::nullopt;
  return Text{fmt::format("期间自 {} 起，上一对账单至 {}", from.text(), last.to.text()),
              fmt::format("the period begins on {}, the statement before ends on {}", from.text(), last.to.text())};
}

// ---- B2

/// What an event means at the bank.
struct BankFact {
  Fen credit;  // negative: a debit
  Date valueDate;
  std::string reference;
  std::optional<AccountNumber> counterparty;
};

std::string normal(capnp::Text::Reader reference) {
  return normalReference(textOf(reference));
}

std::optional<BankFact> bankFactOf(schema::Event::Reader event) {
  switch (event.which()) {
    case E::TRANCHE_RECEIVED: {
      auto const body = event.getTrancheReceived();
      return BankFact{readFen(body.getAmountFen()), readDate(event.getOccurredOn()), normal(body.getBankReference()),
                      std::nullopt};
    }
    case E::PAYMENT_SETTLED: {
      auto const body = event.getPaymentSettled();
      return BankFact{-readFen(body.getAmountFen()), readDate(body.getValueDate()), normal(body.getBankReference()),
                      readAccount(body.getAccount())};
    }
    case E::PAYMENT_RETURNED: {
      auto const body = event.getPaymentReturned();
      return BankFact{readFen(body.getAmountFen()), readDate(body.getValueDate()), normal(body.getBankReference()),
                      std::nullopt};
    }
    case E::RECOVERY_RECEIVED: {
      auto const body = event.getRecoveryReceived();
      return BankFact{readFen(body.getAmountFen()), readDate(body.getValueDate()), normal(body.getBankReference()),
                      std::nullopt};
    }
    default: return std::nullopt;
  }
}

Objection lineIsOpen(Judgement const& judgement, std::uint32_t index) {
  auto const& lines = judgement.subject.statement->lines;
  if (lines.empty())
    return Text{"对账单没有明细，或其导入已冲销", "the statement has no lines, or its import was reversed"};
  if (index >= lines.size()) {
    return Text{fmt::format("对账单有 {} 行，行号从 0 起，没有第 {} 行", lines.size(), index),
                fmt::format("the statement has {} lines, counted from 0: there is no line {}", lines.size(), index)};
  }
  if (lines[index].isOpen()) return std::nullopt;
  auto const by = lines[index].settledBy->text();
  return lines[index].matched
             ? Text{fmt::format("第 {} 行（从 0 起）已由事件 {} 匹配", index, by),
                    fmt::format("line {} (counted from 0) is matched already, by event {}", index, by)}
             : Text{fmt::format("第 {} 行（从 0 起）已由事件 {} 说明", index, by),
                    fmt::format("line {} (counted from 0) is explained already, by event {}", index, by)};
}

/// Only an unreversed event is among the moves of its tranche, or among the steps of its payment or recovery.
bool standsUnreversed(Subject const& subject) {
  auto const number = subject.matched->context.number;
  if (auto const* const chain = subject.chain()) return std::ranges::find(*chain, number, &Step::event) != chain->end();
  auto const& moves = subject.tranche->moves;
  return std::ranges::find(moves, number) != moves.end();
}

Objection isTheSameMoney(Judgement const& judgement) {
  auto const body = judgement.event.getLineMatched();
  auto const& statement = *judgement.subject.statement;
  if (auto objection = lineIsOpen(judgement, body.getLine())) return objection;
  auto const& line = statement.lines[body.getLine()];
  schema::Message<schema::Event> const message(judgement.subject.matched->bytes.bytes());
  auto const target = message.root();
  auto const fact = bankFactOf(target);
  if (!fact) {
    return Text{fmt::format("“{}”不是收付款事件", schema::eventTypeTitle(target.which(), schema::Language::zh)),
                fmt::format("{} moves no money at the bank", schema::eventTypeName(target.which()))};
  }
  auto const* const tranche = judgement.subject.tranche;
  auto const* const project = judgement.subject.project;
  auto const city = tranche ? tranche->city : project->city;
  if (city != statement.city) {
    return Text{fmt::format("该事件属于城市 {}", city.number()), fmt::format("the event is city {}'s", city.number())};
  }
  auto const* const taken = judgement.state.matched.find(judgement.subject.matched->context.number);
  if (taken && *taken) return Text{"该事件已与另一行匹配", "the event stands for another line already"};
  if (!standsUnreversed(judgement.subject)) return Text{"该事件已冲销", "the event was reversed"};
  if (line.credit != fact->credit) {
    return Text{
        fmt::format("对账单行 {} 元，事件 {} 元（负数为付出）", formatYuan(line.credit), formatYuan(fact->credit)),
        fmt::format("{} yuan on the line, {} yuan in the event (negative: a debit)", formatYuan(line.credit),
                    formatYuan(fact->credit))};
  }
  if (!line.reference.empty() && line.reference != fact->reference) {  // some banks' statements give none
    return Text{fmt::format("对账单银行流水号“{}”，事件“{}”", line.reference, fact->reference),
                fmt::format("bank reference \"{}\" on the line, \"{}\" in the event", line.reference, fact->reference)};
  }
  if (line.valueDate != fact->valueDate) {
    return Text{fmt::format("对账单日期 {}，事件日期 {}", line.valueDate.text(), fact->valueDate.text()),
                fmt::format("dated {} on the line, {} in the event", line.valueDate.text(), fact->valueDate.text())};
  }
  if (line.counterparty && fact->counterparty && *line.counterparty != *fact->counterparty) {
    return Text{
        fmt::format("对账单对方账号 {}，事件 {}", line.counterparty->text(), fact->counterparty->text()),
        fmt::format("account {} on the line, {} in the event", line.counterparty->text(), fact->counterparty->text())};
  }
  return std::nullopt;
}

}  // namespace

Objection statementsContinue(Judgement const& judgement) {
  if (!judgement.event.isStatementImported()) return std::nullopt;
  if (auto objection = linesAddUp(judgement.event.getStatementImported())) return objection;
  return continuesTheBook(judgement);
}

Objection linesStandForTheirEvents(Judgement const& judgement) {
  if (!judgement.subject.statement) return std::nullopt;
  if (judgement.event.isLineMatched() && judgement.subject.matched) return isTheSameMoney(judgement);
  if (judgement.event.isLineExplained()) return lineIsOpen(judgement, judgement.event.getLineExplained().getLine());
  return std::nullopt;
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#include "replay/bank.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/numbers.h"
#include "ledger/domain/read.h"
#include "replay/bank_conclusion.h"

namespace fundtrail::replay {

namespace domain = ledger::domain;
namespace schema = ledger::schema;
using domain::AccountNumber;
using domain::CityCode;
using domain::Date;
using domain::EventNumber;
using domain::Fen;
using domain::readDate;
using domain::readFen;
using domain::readRef;
using domain::Text;
using domain::textOf;
using E = schema::Event::Which;

namespace {

std::string referenceOf(capnp::Text::Reader reference) {
  return domain::normalReference(textOf(reference));
}

/// What the line adds to the balance; nothing for an amount that is none.
std::optional<Fen> creditOf(schema::StatementLine::Reader line) {
  return readFen(line.getCreditFen()).minus(readFen(line.getDebitFen()));
}

BankLine lineOf(schema::StatementLine::Reader line, Fen credit, std::string_view bank) {
  auto const name = textOf(line.getCounterpartyName());
  auto const other = AccountNumber::parse(textOf(line.getCounterpartyAccount()));
  return {readDate(line.getValueDate()), credit, referenceOf(line.getBankReference()), other,
          !other && (name.empty() || name == bank)};
}

}  // namespace

std::optional<BankMove> BankCheck::moveOf(schema::Event::Reader event) const {
  switch (event.which()) {
    case E::TRANCHE_RECEIVED: {
      auto const body = event.getTrancheReceived();
      auto const* const tranche = chains_.tranche(readRef(body.getTranche()));
      if (!tranche) return std::nullopt;
      return BankMove{tranche->city.cityOf(), readFen(body.getAmountFen()), readDate(event.getOccurredOn()),
                      referenceOf(body.getBankReference()), std::nullopt};
    }
    case E::PAYMENT_SETTLED: {
      auto const body = event.getPaymentSettled();
      auto const* const payment = chains_.payment(readRef(body.getPayment()));
      auto const city = payment ? cityOf(payment->award) : std::nullopt;
      if (!city) return std::nullopt;
      return BankMove{*city, -readFen(body.getAmountFen()), readDate(body.getValueDate()),
                      referenceOf(body.getBankReference()), domain::readAccount(body.getAccount())};
    }
    case E::PAYMENT_RETURNED: {
      auto const body = event.getPaymentReturned();
      auto const* const payment = chains_.payment(readRef(body.getPayment()));
      auto const city = payment ? cityOf(payment->award) : std::nullopt;
      if (!city) return std::nullopt;
      return BankMove{*city, readFen(body.getAmountFen()), readDate(body.getValueDate()),
                      referenceOf(body.getBankReference()), std::nullopt};
    }
    case E::RECOVERY_RECEIVED: {
      auto const body = event.getRecoveryReceived();
      auto const* const recovery = chains_.recovery(readRef(body.getRecovery()));
      auto const city = recovery ? cityOf(recovery->award) : std::nullopt;
      if (!city) return std::nullopt;
      return BankMove{*city, readFen(body.getAmountFen()), readDate(body.getValueDate()),
                      referenceOf(body.getBankReference()), std::nullopt};
    }
    default: return std::nullopt;
  }
}

std::optional<BankOutgoing> BankCheck::outgoingOf(schema::Event::Reader event) const {
  if (event.isTrancheRecalled()) {
    auto const body = event.getTrancheRecalled();
    auto const* const tranche = chains_.tranche(readRef(body.getTranche()));
    if (!tranche) return std::nullopt;
    return BankOutgoing{tranche->city.cityOf(), readFen(body.getAmountFen()), readDate(event.getOccurredOn())};
  }
  bool const toTreasury =
      event.isRecoveryReceived() && event.getRecoveryReceived().getDisposition() == schema::Disposition::TREASURY;
  if (!toTreasury && !event.isPaymentReturned()) return std::nullopt;
  auto const move = moveOf(event);
  if (!move) return std::nullopt;
  return BankOutgoing{move->city, move->credit, move->day};
}

std::optional<CityCode> BankCheck::cityOf(domain::EventRef const& awardRef) const {
  auto const* const award = chains_.award(awardRef);
  auto const* const project = award ? chains_.project(award->project) : nullptr;
  return project ? std::optional(project->city.cityOf()) : std::nullopt;
}

void BankCheck::refuse(ShownEvent const& shown, Text text, std::optional<Fen> amount) {
  fails_ = true;
  findings_.add({FindingKind::bank, shown.batch, shown.context.number, {}, std::move(text), amount, {}});
}

BankStatement* BankCheck::statement(domain::EventRef const& ref) {
  auto const at = records_.statements.find(ref);
  return at == records_.statements.end() ? nullptr : &at->second;
}

BankLine* BankCheck::openLine(domain::EventRef const& ref, std::uint32_t index) {
  auto* const found = statement(ref);
  if (!found) return nullptr;
  auto const at = found->open.find(index);
  return at == found->open.end() ? nullptr : &at->second;
}

void BankCheck::agree(EventNumber number, BankMove const& move) {
  records_.matched.insert(number);
  auto& agreed = records_.agreed[move.city];
  agreed.moves.add(magnitude(move.credit));
  agreed.credits = agreed.credits.plus(move.credit).value_or(agreed.credits);
}

void BankCheck::disagree(EventNumber number, BankMove const& move) {
  records_.matched.erase(number);
  auto& agreed = records_.agreed[move.city];
  agreed.moves.take(magnitude(move.credit));
  agreed.credits = agreed.credits.minus(move.credit).value_or(agreed.credits);
}

void BankCheck::import(ShownEvent const& shown, schema::StatementImported::Reader body) {
  auto const account = body.getAccount();
  auto const bank = textOf(account.getBankName());
  BankStatement statement{shown.context.number,
                          shown.batch,
                          shown.context.acceptedAt.businessDate(),
                          domain::readRegion(body.getCity()).cityOf(),
                          readDate(body.getPeriodFrom()),
                          readDate(body.getPeriodTo()),
                          readFen(body.getOpeningFen()),
                          readFen(body.getClosingFen()),
                          0,
                          {},
                          {}};
  auto balance = std::optional(statement.opening);
  for (auto const line : body.getLines()) {
    auto const credit = creditOf(line);
    balance = balance && credit ? balance->plus(*credit) : std::nullopt;
    if (!balance) break;
    statement.open.emplace(statement.lines++, lineOf(line, *credit, bank));
  }
  if (balance != statement.closing) {
    refuse(shown, {"期初加收入减付出不等于期末", "opening + credits − debits is not the closing balance"},
           std::nullopt);
  }
  auto& book = records_.books[domain::readAccount(account.getNumber())];
  if (!book.empty()) {
    auto const& last = records_.statements.at(book.back());
    if (last.closing != statement.opening) {
      refuse(shown,
             {fmt::format("期初 {} 元，该账户上一对账单期末 {} 元", formatYuan(statement.opening),
                          formatYuan(last.closing)),
              fmt::format("it opens at {} yuan, the account's statement before closed at {} yuan",
                          formatYuan(statement.opening), formatYuan(last.closing))},
             std::nullopt);
    }
  }
  book.push_back(shown.context.ref);
  records_.statements.emplace(shown.context.ref, std::move(statement));
}

void BankCheck::match(ShownEvent const& shown, schema::LineMatched::Reader body) {
  auto* const of = statement(readRef(body.getStatement()));
  auto* const line = openLine(readRef(body.getStatement()), body.getLine());
  EventNumber const number(body.getNumber());
  auto const move = records_.open.find(number);
  auto const wrong = [&]() -> std::optional<Text> {
    bool const isLine = of != nullptr && body.getLine() < of->lines;
    bool const isMove = move != records_.open.end();
    if (!isLine || (!isMove && !records_.matched.contains(number))) {
      return Text{"所匹配的对账单行或收付款不在账", "the line, or the event that it stands for, is not on record"};
    }
    if (!line || !isMove) {
      return Text{"对账单行或收付款已另有匹配", "the line, or the event, is matched with another already"};
    }
    auto const& [city, credit, day, reference, other] = move->second;
    bool const same = line->credit == credit && line->day == day &&
                      (line->reference.empty() || line->reference == reference) &&
                      (!line->other || !other || *line->other == *other);
    if (same) return std::nullopt;
    return Text{"对账单行与所匹配的收付款不是同一笔钱",
                "the line and the event that it was matched with are not the same money"};
  }();
  if (wrong) return refuse(shown, *wrong, line ? std::optional(line->credit) : std::nullopt);
  of->matched.add(magnitude(line->credit));
  of->open.erase(body.getLine());
  agree(number, move->second);
  records_.open.erase(move);
}

void BankCheck::unmatch(schema::LineMatched::Reader body) {
  auto* const of = statement(readRef(body.getStatement()));
  if (of && body.getLine() < of->lines && !of->open.contains(body.getLine())) {
    if (auto const recorded = past_.event(of->event)) {
      schema::Message<schema::Event> const message(recorded->bytes.bytes());
      auto const imported = message.root().getStatementImported();
      auto const line = imported.getLines()[body.getLine()];
      auto const credit = creditOf(line).value_or(Fen());
      of->matched.take(magnitude(credit));
      of->open.emplace(body.getLine(), lineOf(line, credit, textOf(imported.getAccount().getBankName())));
    }
  }
  EventNumber const number(body.getNumber());
  if (!records_.matched.contains(number)) return;
  auto const recorded = past_.event(number);
  if (!recorded) return;
  schema::Message<schema::Event> const message(recorded->bytes.bytes());
  if (auto move = moveOf(message.root())) {
    disagree(number, *move);
    records_.open.emplace(number, *std::move(move));
  }
}

void BankCheck::take(ShownEvent const& shown) {
  auto const number = shown.context.number;
  auto const& event = shown.event;
  lastDay_ = shown.context.acceptedAt.businessDate();
  if (auto outgoing = outgoingOf(event)) records_.outgoing.emplace(number, *outgoing);
  switch (event.which()) {
    case E::TRANCHE_RECEIVED:
    case E::PAYMENT_SETTLED:
    case E::PAYMENT_RETURNED:
    case E::RECOVERY_RECEIVED:
      if (auto move = moveOf(event)) {
        records_.open.emplace(number, *std::move(move));
      } else {
        refuse(shown, {"收付款所依据的记录不在账", "what this money was moved for is not on record"}, std::nullopt);
      }
      break;
    case E::STATEMENT_IMPORTED: import(shown, event.getStatementImported()); break;
    case E::LINE_MATCHED: match(shown, event.getLineMatched()); break;
    case E::LINE_EXPLAINED: {
      auto const body = event.getLineExplained();
      if (auto* const line = openLine(readRef(body.getStatement()), body.getLine())) line->explained = true;
      break;
    }
    default: break;
  }
}

void BankCheck::takeBack(ShownEvent const& original, ShownEvent const& /*confirmation*/) {
  auto const& event = original.event;
  records_.outgoing.erase(original.context.number);
  records_.open.erase(original.context.number);
  if (records_.matched.contains(original.context.number)) {
    if (auto const move = moveOf(event)) disagree(original.context.number, *move);
  }
  switch (event.which()) {
    case E::STATEMENT_IMPORTED: {
      records_.statements.erase(original.context.ref);
      std::erase(records_.books[domain::readAccount(event.getStatementImported().getAccount().getNumber())],
                 original.context.ref);
      break;
    }
    case E::LINE_MATCHED: unmatch(event.getLineMatched()); break;
    case E::LINE_EXPLAINED: {
      auto const body = event.getLineExplained();
      if (auto* const line = openLine(readRef(body.getStatement()), body.getLine())) line->explained = false;
      break;
    }
    default: break;
  }
}

Part BankCheck::conclude(std::optional<Date> until, BankLimits const& limits) {
  return concludeBank(records_, lastDay_.value_or(domain::Date::first()), until, limits, fails_, findings_);
}

}  // namespace fundtrail::replay

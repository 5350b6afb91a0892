// SPDX-License-Identifier: Apache-2.0
#include "replay/bank_conclusion.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/codes.h"

namespace fundtrail::replay {

namespace domain = ledger::domain;
using domain::CityCode;
using domain::Date;
using domain::EventNumber;
using domain::Fen;
using domain::Text;

namespace {

using Sum = BankSum;

void addTo(Sum& sum, Sum const& other) {
  sum.count += other.count;
  sum.money = sum.money.plus(other.money).value_or(sum.money);
}

/// One city's accounts.
class CityAtTheBank {
 public:
  CityAtTheBank(BankRecords const& records, CityCode city, Date today, BankLimits const& limits, Findings& findings)
      : records_(records), city_(city), today_(today), limits_(limits), findings_(findings) {
    for (auto const& [account, book] : records.books) {
      for (auto const& ref : book) {
        auto const& statement = records.statements.at(ref);
        if (statement.city == city) statements_.push_back(&statement);
      }
    }
    for (auto const& [number, outgoing] : records.outgoing) {
      if (outgoing.city == city) unpaired_.emplace(number, outgoing);
    }
  }

  void compareLines(std::optional<Date> until) {
    for (auto const* const statement : statements_) {
      allLines += statement->lines;
      addTo(lines, statement->matched);
      for (auto const& [index, line] : statement->open) compareLine(*statement, index, line, until);
    }
    for (auto const& [number, outgoing] : unpaired_) {
      auto const* const statement = covering(outgoing.day.plusDays(limits_.daysToLeave));
      if (!statement || (until && outgoing.day > *until)) continue;
      if (isFresh(*statement)) {
        pending.add(outgoing.amount);
        continue;
      }
      find({FindingKind::bank,
            {},
            number,
            {},
            {fmt::format("账本记载 {} 于 {} 划出 {} 元，对账单上没有这笔付出", cityNameZh(city_), outgoing.day.text(),
                         formatYuan(outgoing.amount)),
             fmt::format("{}: {} yuan left the account on {} by the ledger, and no statement shows it",
                         cityNameEn(city_), formatYuan(outgoing.amount), outgoing.day.text())},
            outgoing.amount,
            {}});
    }
  }

  void compareMoves(std::optional<Date> until) {
    if (auto const* const agreed = agreement()) matched = agreed->moves;
    for (auto const& [number, move] : records_.open) {
      if (move.city != city_) continue;
      if (until && move.day > *until) {
        later.add(magnitude(move.credit));
      } else if (auto const* const statement = covering(move.day)) {
        isFresh(*statement) ? pending.add(magnitude(move.credit)) : notAtTheBank(number, move);
      } else {
        uncovered.add(magnitude(move.credit));
        first_ = first_ ? std::min(*first_, move.day) : move.day;
        last_ = last_ ? std::max(*last_, move.day) : move.day;
      }
    }
  }

  /// Whether the accounts hold what follows from the events. Only asked where every line and every event agree.
  void compareBalance() {
    Fen byLedger = own.money;
    for (auto const& [account, book] : records_.books) {
      if (book.empty() || records_.statements.at(book.front()).city != city_) continue;
      auto const opening = records_.statements.at(book.front()).opening;
      if (!opening.isZero()) openings.add(opening);
      byLedger = byLedger.plus(opening).value_or(byLedger);
      balance = balance.plus(records_.statements.at(book.back()).closing).value_or(balance);
    }
    if (found_ || pending.count > 0 || later.count > 0 || statements_.empty()) return;
    if (auto const* const agreed = agreement()) byLedger = byLedger.plus(agreed->credits).value_or(byLedger);
    byLedger = byLedger.minus(paired.money).value_or(byLedger);
    if (byLedger == balance) return;
    find({FindingKind::bank,
          {},
          statements_.back()->event,
          {},
          {fmt::format("{} 的账户按对账单结存 {} 元，按账本应有 {} 元", cityNameZh(city_), formatYuan(balance),
                       formatYuan(byLedger)),
           fmt::format("{}: by their statements the accounts hold {} yuan, by the ledger they must hold {} yuan",
                       cityNameEn(city_), formatYuan(balance), formatYuan(byLedger))},
          balance.minus(byLedger),
          {}});
  }

  [[nodiscard]] std::vector<Text> missing() const {
    std::vector<Text> texts;
    if (uncovered.count > 0) texts.push_back(uncoveredText());
    if (pending.count > 0) {
      texts.push_back(
          {fmt::format("{}：最近 {} 天导入的对账单尚有 {} 项（{} 元）未对账", cityNameZh(city_),
                       limits_.daysToReconcile, pending.count, formatYuan(pending.money)),
           fmt::format("{}: of statements imported in the last {} days, {} items of {} yuan are not reconciled yet",
                       cityNameEn(city_), limits_.daysToReconcile, pending.count, formatYuan(pending.money))});
    }
    return texts;
  }

  [[nodiscard]] Text uncoveredText() const {
    auto const none = statements_.empty();
    return Text{
        fmt::format("{}：{} 至 {} 的 {} 笔收付（{} 元）没有对账单{}", cityNameZh(city_), first_->text(), last_->text(),
                    uncovered.count, formatYuan(uncovered.money), none ? "，该市从未导入对账单" : ""),
        fmt::format("{}: no bank statement covers {} receipts and payments of {} yuan from {} to {}{}",
                    cityNameEn(city_), uncovered.count, formatYuan(uncovered.money), first_->text(), last_->text(),
                    none ? "; none was ever imported" : "")};
  }

  [[nodiscard]] bool found() const { return found_; }

  Sum lines;      // matched, paired, or the bank's own
  Sum matched;    // events
  Sum paired;     // lines that the audit found an event for
  Sum own;        // booked by the bank for itself: the sum is signed
  Sum later;      // events after the audited period
  Sum uncovered;  // events
  Sum pending;    // lines and events that are still to be reconciled
  Sum openings;   // what accounts held before their first statement
  Fen balance;
  std::uint64_t allLines = 0;

 private:
  /// The newest statement over the day; nullptr where there is none.
  [[nodiscard]] BankStatement const* covering(Date day) const {
    BankStatement const* newest = nullptr;
    for (auto const* const statement : statements_) {
      bool const covers = statement->from <= day && day <= statement->to;
      if (covers && (!newest || newest->event < statement->event)) newest = statement;
    }
    return newest;
  }
  [[nodiscard]] bool isFresh(BankStatement const& statement) const {
    return today_ < statement.importedOn.plusDays(limits_.daysToReconcile);
  }

  void find(Finding finding) {
    found_ = true;
    findings_.add(std::move(finding));
  }

  /// nullptr where nothing agrees.
  [[nodiscard]] BankAgreement const* agreement() const {
    auto const at = records_.agreed.find(city_);
    return at == records_.agreed.end() ? nullptr : &at->second;
  }

  void compareLine(BankStatement const& statement, std::uint32_t index, BankLine const& line,
                   std::optional<Date> until) {
    if (line.explained && line.byBank && -line.credit <= limits_.mostFee) {
      own.add(line.credit);
      return lines.add(magnitude(line.credit));
    }
    if (line.explained && line.credit.isNegative() && pair(line)) return lines.add(magnitude(line.credit));
    if (until && line.day > *until) return later.add(magnitude(line.credit));
    if (isFresh(statement)) return pending.add(magnitude(line.credit));
    auto const zh = line.credit.isNegative() ? "付出" : "收入";
    auto const en = line.credit.isNegative() ? "paid out" : "received";
    auto const side = line.other ? std::string(line.other->text()) : std::string("-");
    auto const why = line.explained ? std::pair{"仅有文字说明，没有事件", "only words explain it, and no event"}
                                    : std::pair{"没有事件，也无人说明", "no event explains it, and nobody did"};
    find({FindingKind::bank,
          statement.batch,
          statement.event,
          {},
          {fmt::format("{} 对账单第 {} 行：{} {} {} 元，对方账号 {}，{}", cityNameZh(city_), index + 1, line.day.text(),
                       zh, formatYuan(magnitude(line.credit)), side, why.first),
           fmt::format("{}, line {} of the statement: {} yuan {} on {}, account on the other side {}: {}",
                       cityNameEn(city_), index + 1, formatYuan(magnitude(line.credit)), en, line.day.text(), side,
                       why.second)},
          magnitude(line.credit),
          {}});
  }

  /// Finds the event by which the money left, each for one line; of several the first.
  bool pair(BankLine const& line) {
    auto const at = std::ranges::find_if(unpaired_, [&](auto const& entry) {
      auto const& outgoing = entry.second;
      return outgoing.amount == -line.credit && line.day <= outgoing.day.plusDays(limits_.daysToLeave) &&
             outgoing.day.plusDays(-limits_.daysToLeave) <= line.day;
    });
    if (at == unpaired_.end()) return false;
    unpaired_.erase(at);
    paired.add(-line.credit);
    return true;
  }

  void notAtTheBank(EventNumber number, BankMove const& move) {
    auto const zh = move.credit.isNegative() ? "付出" : "收入";
    auto const en = move.credit.isNegative() ? "paid out" : "received";
    find({FindingKind::bank,
          {},
          number,
          {},
          {fmt::format("{}：账本记载 {} {} {} 元，该期对账单上没有匹配的行", cityNameZh(city_), move.day.text(), zh,
                       formatYuan(magnitude(move.credit))),
           fmt::format("{}: by the ledger {} yuan were {} on {}, and no line of that period's statement stands for it",
                       cityNameEn(city_), formatYuan(magnitude(move.credit)), en, move.day.text())},
          magnitude(move.credit),
          {}});
  }

  BankRecords const& records_;
  CityCode city_;
  Date today_;
  BankLimits const& limits_;
  Findings& findings_;
  std::vector<BankStatement const*> statements_;
  std::map<EventNumber, BankOutgoing> unpaired_;
  std::optional<Date> first_;  // of what is not covered
  std::optional<Date> last_;
  bool found_ = false;
};

}  // namespace

Part concludeBank(BankRecords const& records, Date today, std::optional<Date> until, BankLimits const& limits,
                  bool fails, Findings& findings) {
  std::set<CityCode> cities;
  for (auto const& [ref, statement] : records.statements) cities.insert(statement.city);
  for (auto const& [number, move] : records.open) cities.insert(move.city);
  for (auto const& [city, agreement] : records.agreed) {
    if (agreement.moves.count > 0) cities.insert(city);
  }

  Part part{PartId::bankTrue, Standing::holds, {}, {}, {}};
  Sum lines;
  Sum matched;
  Sum paired;
  Sum own;
  Sum later;
  Sum openings;
  Fen balance;
  std::uint64_t allLines = 0;
  for (auto const code : cities) {
    CityAtTheBank city(records, code, today, limits, findings);
    city.compareLines(until);
    city.compareMoves(until);
    city.compareBalance();
    fails = fails || city.found();
    for (auto& missing : city.missing()) part.missing.push_back(std::move(missing));
    addTo(lines, city.lines);
    addTo(matched, city.matched);
    addTo(paired, city.paired);
    addTo(own, city.own);
    addTo(later, city.later);
    addTo(openings, city.openings);
    balance = balance.plus(city.balance).value_or(balance);
    allLines += city.allLines;
  }
  part.counted = {
      {{"与账本相符的对账单行", "lines of statements that agree with the ledger"}, lines.count, allLines, {}},
      {{"在对账单上的收付", "receipts and payments that stand on a statement"},
       matched.count,
       records.open.size() + records.matched.size(),
       matched.money},
      {{"账户及其结存合计", "accounts, and what they hold in all"},
       records.books.size(),
       records.books.size(),
       balance}};
  auto const grant = [&](Sum const& sum, std::string_view zh, std::string_view en) {
    if (sum.count == 0) return;
    part.granted.push_back({fmt::format(fmt::runtime(zh), sum.count, formatYuan(sum.money)),
                            fmt::format(fmt::runtime(en), sum.count, formatYuan(sum.money))});
  };
  grant(paired, "{} 行付出（{} 元）没有银行流水号可对，按金额和日期对应到收回、缴库或退票事件",
        "{} lines of money going out ({} yuan) bear no reference of an event: paired by amount and day with money "
        "recalled, "
        "returned to the treasury, or sent back by the bank");
  grant(own, "{} 行为银行自身的利息和费用（净额 {} 元），只有文字说明",
        "{} lines are the bank's own interest and fees ({} yuan net): words alone explain them");
  grant(openings, "{} 个账户在首张对账单之前已有 {} 元", "{} accounts held {} yuan before their first statement");
  grant(later, "审计期之后的 {} 项收付（{} 元）未核对",
        "{} receipts and payments ({} yuan) after the audited period were not compared");
  part.granted.push_back(
      {fmt::format("银行入账与账本日期相差至多 {} 天；对账单导入后 {} 天内对账；银行自身的费用每笔至多 {} 元",
                   limits.daysToLeave, limits.daysToReconcile, formatYuan(limits.mostFee)),
       fmt::format("that the bank books within {} days of the ledger's date, that a statement is reconciled within {} "
                   "days of its import, and that a fee of the bank's own is at most {} yuan",
                   limits.daysToLeave, limits.daysToReconcile, formatYuan(limits.mostFee))});
  part.granted.push_back(
      {"对账单确由银行出具：账本只载导入文件的摘要，应向银行函证",
       "that the statements are the bank's: the ledger holds the digest of the file; ask the bank to "
       "confirm them"});
  part.standing = fails ? Standing::fails : part.missing.empty() ? Standing::holds : Standing::notProven;
  return part;
}

}  // namespace fundtrail::replay

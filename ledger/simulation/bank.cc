// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/bank.h"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/simulation/corrections.h"
#include "ledger/simulation/names.h"
#include "ledger/simulation/working_days.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Date;
using domain::Fen;

/// What fits into one event.
constexpr std::size_t kLinesPerPart = 150;

Date firstOf(unsigned year, unsigned month) {
  return domain::checked(Date::fromNumber(year * 10'000 + month * 100 + 1));
}

}  // namespace

/// One city's account.
class AccountBook {
 public:
  AccountBook(World& world, City& city) : world_(world), city_(city) {}

  void importMonth(Date from, Date to);

 private:
  struct Line {
    Written statement;
    std::uint32_t index;
    BankMove move;
  };

  std::vector<BankMove> linesOf(Date to);
  void import(Date from, Date to, std::span<BankMove const> moves);
  void explain(std::vector<Line> const& lines);
  void match(std::vector<Line> const& lines);
  Written match(Line const& line);
  Written explain(Line const& line, std::string_view explanation);

  World& world_;
  City& city_;
  std::size_t stated_ = 0;  // moves of the city's that stand in a statement
  Fen balance_;
  std::vector<Line> open_;
  Every wronglyMatched_{300, 25};
  Every wronglyExplained_{25, 4};
};

/// What happened until then, with the bank's interest on the 21st of a quarter's last month, and its fee in June.
std::vector<BankMove> AccountBook::linesOf(Date to) {
  std::vector<BankMove> moves;
  for (; stated_ < city_.bankMoves.size() && city_.bankMoves[stated_].day <= to; ++stated_) {
    moves.push_back(city_.bankMoves[stated_]);
  }
  auto const month = to.number() / 100 % 100;
  if (month % 3 != 0) return moves;
  auto const payday = domain::checked(Date::fromNumber(to.number() / 100 * 100 + 21));
  auto const own = [&](Fen credit, std::string_view explanation) {
    if (credit.isZero()) return;
    moves.push_back({.day = payday,
                     .credit = credit,
                     .reference = world_.numbers.bankReference(payday),
                     .name = city_.account.bankName,
                     .account = {},
                     .explanation = explanation});
  };
  own(Fen::literal(balance_.count() / 1000 * 875 / 1000), "专户存款季度结息");  // 0.35 % a year
  if (month == 6) own(Fen::literal(-20'000), "账户管理费和手续费");
  std::ranges::stable_sort(moves, {}, &BankMove::day);
  return moves;
}

void AccountBook::import(Date from, Date to, std::span<BankMove const> moves) {
  auto const digest = world_.random.bytes<crypto::Digest::kSize>();
  auto const opening = balance_;
  for (auto const& move : moves) balance_ += move.credit;
  auto const accountName = fmt::format("{}财政局{}", city_.name, kSimulated);
  auto const written = world_.write(city_.office.financeSettler, [&](schema::Event::Builder event) {
    auto body = event.initStatementImported();
    auto account = body.initAccount();
    account.setNumber(textOf(city_.account.number));
    account.setName(textOf(accountName));
    account.setBank(textOf(city_.account.bank));
    account.setBankName(textOf(city_.account.bankName));
    body.setDigest(capnp::Data::Reader(digest.data(), digest.size()));
    body.setPeriodFrom(from.number());
    body.setPeriodTo(to.number());
    body.setOpeningFen(opening.count());
    body.setClosingFen(balance_.count());
    body.setCity(city_.code.number());
    auto lines = body.initLines(static_cast<unsigned>(moves.size()));
    for (unsigned i = 0; i < lines.size(); ++i) {
      auto const& move = moves[i];
      auto line = lines[i];
      line.setValueDate(move.day.number());
      line.setDebitFen(std::max(-move.credit, Fen()).count());
      line.setCreditFen(std::max(move.credit, Fen()).count());
      line.setCounterpartyName(textOf(move.name));
      if (!move.account.empty()) line.setCounterpartyAccount(textOf(move.account));
      line.setBankReference(textOf(move.reference));
    }
  });
  for (std::uint32_t i = 0; i < moves.size(); ++i) open_.push_back({written, i, moves[i]});
}

void AccountBook::importMonth(Date from, Date to) {
  auto const firstMove = stated_;
  auto const moves = linesOf(to);
  std::span rest(moves);
  while (rest.size() > kLinesPerPart) {
    auto const part = rest.first(kLinesPerPart);
    import(from, part.back().day, part);
    from = part.back().day;
    rest = rest.subspan(kLinesPerPart);
  }
  import(from, to, rest);
  world_.agenda.inWorkingDays(5, [this, firstMove] {
    // What was recorded wrongly at first has been put right by now.
    auto lines = std::exchange(open_, {});
    for (auto& line : lines) {
      auto const recorded = std::span(city_.bankMoves).subspan(firstMove);
      auto const at = std::ranges::find(recorded, line.move.reference, &BankMove::reference);
      if (at != recorded.end()) line.move.event = at->event;
    }
    match(lines);
    explain(lines);
  });
}

Written AccountBook::match(Line const& line) {
  return world_.write(city_.office.financeRequester, [&](schema::Event::Builder event) {
    auto body = event.initLineMatched();
    body.setStatement(dataOf(line.statement));
    body.setLine(line.index);
    body.setEvent(dataOf(*line.move.event));
    body.setNumber(world_.desk.numberOf(*line.move.event).value());
  });
}

void AccountBook::match(std::vector<Line> const& lines) {
  for (auto const& line : lines) {
    if (!line.move.event) continue;
    auto const written = match(line);
    if (!wronglyMatched_.due()) continue;
    world_.agenda.inWorkingDays(
        1, [this, written] { reverse(world_, financeOf(city_), written, "未经复核即匹配，撤回重做"); });
    world_.agenda.inWorkingDays(3, [this, line] { match(line); });
  }
}

Written AccountBook::explain(Line const& line, std::string_view explanation) {
  return world_.write(city_.office.financeReviewer, [&](schema::Event::Builder event) {
    auto body = event.initLineExplained();
    body.setStatement(dataOf(line.statement));
    body.setLine(line.index);
    body.setExplanation(textOf(explanation));
  });
}

void AccountBook::explain(std::vector<Line> const& lines) {
  for (auto const& line : lines) {
    if (line.move.event) continue;
    if (!wronglyExplained_.due()) {
      explain(line, line.move.explanation);
      continue;
    }
    auto const wrong = explain(line, "待查");
    TwoPersons const persons{city_.office.financeRequester, city_.office.financeApprover};
    world_.agenda.inWorkingDays(1, [this, persons, wrong] { reverse(world_, persons, wrong, "说明有误"); });
    world_.agenda.inWorkingDays(3, [this, line] { explain(line, line.move.explanation); });
  }
}

Bank::Bank(World& world) {
  for (auto& city : world.cities) books_.push_back(std::make_unique<AccountBook>(world, city));
  auto from = firstDay().plusDays(1 - static_cast<int>(firstDay().number() % 100));
  while (from < lastDay()) {
    auto const next = from.number() / 100 % 100 == 12 ? firstOf(from.number() / 10'000 + 1, 1)
                                                      : firstOf(from.number() / 10'000, from.number() / 100 % 100 + 1);
    // The third working day of the next month.
    auto const due = plusWorkingDays(workingDayFrom(next), 2);
    for (auto const& book : books_) {
      world.agenda.on(due, [book = book.get(), from, to = next.plusDays(-1)] { book->importMonth(from, to); });
    }
    from = next;
  }
}

Bank::~Bank() = default;

}  // namespace fundtrail::ledger::simulation

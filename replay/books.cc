// SPDX-License-Identifier: Apache-2.0
#include "replay/books.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/read.h"

namespace fundtrail::replay {

namespace domain = ledger::domain;
namespace schema = ledger::schema;
using domain::Fen;
using domain::Text;
using E = schema::Event::Which;

namespace {

constexpr std::array<std::string_view, kAccounts> kNamesZh = {"账外", "已下达未到账", "可用",       "已核定待拨付",
                                                              "在途", "已支付",       "已缴回国库", "已收回"};
constexpr std::array<std::string_view, kAccounts> kNamesEn = {
    "outside", "issued", "available", "reserved", "in flight", "paid", "returned to treasury", "recalled"};

/// The rules' word for an account; the rules know no outside.
domain::Stage stageOf(Account account) {
  switch (account) {
    case Account::issued: return domain::Stage::issued;
    case Account::available: return domain::Stage::available;
    case Account::reserved: return domain::Stage::reserved;
    case Account::inFlight: return domain::Stage::inFlight;
    case Account::paid: return domain::Stage::paid;
    case Account::returnedToTreasury: return domain::Stage::returnedToTreasury;
    case Account::recalled: return domain::Stage::recalled;
    case Account::outside: break;
  }
  crypto::abortOnBug("only accounts inside the ledger are stages");
}

std::optional<Account> accountOf(domain::Stage stage) {
  for (std::size_t i = 1; i < kAccounts; ++i) {
    if (stageOf(Account(i)) == stage) return Account(i);
  }
  return std::nullopt;  // money passes through `recovered` within one event and never stays
}

Text unknown(std::string_view what) {
  return {fmt::format("审计账簿中没有该事件所引用的{}", what == "tranche" ? "资金批次" : "事项"),
          fmt::format("the event names a {} that the audit's books do not know", what)};
}

Text notShown() {
  return {"冲销所针对的不是红字冲销事件所指的事件", "what was taken back is not the event that the reversal names"};
}

Text notAnAmount() {
  return {"金额超出范围", "an amount, or the sum of all tranches, is larger than any programme holds"};
}

}  // namespace

/// One event on its way into the journal.
class Books::Entry {
 public:
  Entry(Books& books, domain::EventContext const& context, schema::Event::Reader event)
      : books_(books), context_(context), event_(event) {
    books_.last_.clear();
  }

  Disagreement run() {
    if (auto wrong = remember()) return wrong;
    if (auto wrong = derive()) return wrong;
    if (event_.isAwardWithdrawn()) books_.withdrawals_.emplace(context_.ref, books_.last_);
    return postAll();
  }

  /// The event's lines the other way round, the last one first.
  Disagreement runBackwards() {
    auto const withdrawn = books_.withdrawals_.find(context_.ref);
    if (withdrawn != books_.withdrawals_.end()) {
      books_.last_ = std::move(withdrawn->second);
      books_.withdrawals_.erase(withdrawn);
    } else if (auto wrong = derive()) {
      return wrong;
    }
    std::ranges::reverse(books_.last_);
    for (auto& line : books_.last_) {
      auto const enters = line.from == Account::outside ? -line.amount.count() : 0;
      auto const leaves = line.to == Account::outside ? line.amount.count() : 0;
      if (auto wrong = announce(line.tranche, enters + leaves)) return wrong;
      std::swap(line.from, line.to);
      std::swap(line.fromPocket, line.toPocket);
    }
    return postAll();
  }

 private:
  static constexpr Pocket kUndivided{Purpose::NOT_STATED, 0};

  // ---- what the event means

  /// What later events will name, and what was issued.
  Disagreement remember();
  /// The lines, from the event and from what was remembered: the same whenever it is asked, withdrawals excepted.
  Disagreement derive();

  template <class Map, class Use>
  Disagreement with(Map& map, capnp::Data::Reader ref, std::string_view what, Use use) {
    return with(map, domain::readRef(ref), what, use);
  }
  template <class Map, class Use>
  Disagreement with(Map& map, EventRef const& ref, std::string_view what, Use use) {
    auto const at = map.find(ref);
    if (at == map.end()) return unknown(what);
    return use(at->first, at->second);
  }

  Disagreement line(EventRef const& tranche, std::pair<Pocket, Account> from, std::pair<Pocket, Account> to,
                    std::int64_t amountFen, std::optional<EventRef> const& award = std::nullopt) {
    auto const amount = Fen::from(amountFen);
    if (!amount || amount->isNegative()) return notAnAmount();
    books_.last_.push_back({tranche, award, from.first, from.second, to.first, to.second, *amount});
    return std::nullopt;
  }

  /// Within one pocket.
  Disagreement line(EventRef const& tranche, Pocket const& pocket, Account from, Account to, std::int64_t amountFen,
                    std::optional<EventRef> const& award = std::nullopt) {
    return line(tranche, {pocket, from}, {pocket, to}, amountFen, award);
  }

  Disagreement lines(EventRef const& award, Sources const& sources, Account from, Account to) {
    return with(books_.awards_, award, "award", [&](EventRef const&, Award const& record) -> Disagreement {
      for (auto const& source : sources) {
        if (source.amount.isZero()) continue;
        if (auto wrong =
                line(source.tranche, {record.purpose, source.county}, from, to, source.amount.count(), award)) {
          return wrong;
        }
      }
      return std::nullopt;
    });
  }

  static std::optional<Sources> sourcesOf(capnp::List<schema::Draw>::Reader draws) {
    Sources sources;
    for (auto const draw : draws) {
      auto const amount = Fen::from(draw.getAmountFen());
      if (!amount) return std::nullopt;
      sources.push_back({domain::readRef(draw.getTranche()), draw.getCounty(), *amount});
    }
    return sources;
  }

  Disagreement open(schema::TrancheIssued::Reader body) {
    books_.tranches_.emplace(context_.ref, Tranche{domain::readRegion(body.getCity()), Fen(), {}});
    return announce(context_.ref, body.getAmountFen());
  }

  Disagreement adjust(schema::TrancheAdjusted::Reader body) {
    auto const tranche = domain::readRef(body.getTranche());
    auto const change = body.getChangeFen();
    return change > 0 ? line(tranche, kUndivided, Account::outside, Account::issued, change)
                      : line(tranche, kUndivided, Account::issued, Account::outside, -change);
  }

  /// Changes what the tranche must add up to.
  Disagreement announce(EventRef const& ref, std::int64_t changeFen) {
    return with(books_.tranches_, ref, "tranche", [&](EventRef const&, Tranche& tranche) -> Disagreement {
      auto const change = Fen::from(changeFen);
      auto const issued = change ? tranche.issued.plus(*change) : std::nullopt;
      auto const inAll = change ? books_.issuedInAll_.plus(*change) : std::nullopt;
      if (!issued || !inAll) return notAnAmount();
      tranche.issued = *issued;
      books_.issuedInAll_ = *inAll;
      return std::nullopt;
    });
  }

  Disagreement award(schema::AwardApproved::Reader body) {
    return with(books_.projects_, body.getProject(), "project", [&](EventRef const&, Purpose purpose) -> Disagreement {
      books_.awards_.emplace(context_.ref, Award{purpose, {}});
      return std::nullopt;
    });
  }

  Disagreement reserve(schema::AwardApproved::Reader body) {
    auto const sources = sourcesOf(body.getDraws());
    return sources ? lines(context_.ref, *sources, Account::available, Account::reserved) : notAnAmount();
  }

  Disagreement withdraw(schema::AwardWithdrawn::Reader body) {
    return with(books_.awards_, body.getAward(), "award", [&](EventRef const& ref, Award const& award) {
      return lines(ref, award.reserved, Account::reserved, Account::available);
    });
  }

  Disagreement request(schema::PaymentRequested::Reader body) {
    auto sources = sourcesOf(body.getDraws());
    if (!sources) return notAnAmount();
    books_.payments_.emplace(context_.ref, Payment{domain::readRef(body.getAward()), *std::move(sources)});
    return std::nullopt;
  }

  Disagreement pay(capnp::Data::Reader payment, Account from, Account to) {
    return with(books_.payments_, payment, "payment",
                [&](EventRef const&, Payment const& record) { return lines(record.award, record.sources, from, to); });
  }

  Disagreement recover(schema::RecoveryReceived::Reader body) {
    auto const to =
        body.getDisposition() == schema::Disposition::TREASURY ? Account::returnedToTreasury : Account::available;
    return with(books_.recoveries_, body.getRecovery(), "recovery",
                [&](EventRef const&, EventRef const& award) -> Disagreement {
                  auto const sources = sourcesOf(body.getDraws());
                  return sources ? lines(award, *sources, Account::paid, to) : notAnAmount();
                });
  }

  /// The second person has spoken. Of the changes that wait for one, only a reversal moves money.
  Disagreement decide(schema::ChangeConfirmed::Reader body) {
    auto const at = books_.reversals_.find(domain::readRef(body.getChange()));
    if (at == books_.reversals_.end()) return std::nullopt;
    if (body.getOutcome() == schema::Outcome::PASS) books_.due_ = at->second;
    books_.reversals_.erase(at);
    return std::nullopt;
  }

  // ---- what it does to the accounts

  Disagreement postAll() {
    for (auto const& line : books_.last_) {
      if (auto wrong = post(line)) return wrong;
    }
    for (auto const& line : books_.last_) {
      if (auto wrong = addsUp(line.tranche)) return wrong;
    }
    books_.postings_ += books_.last_.size();
    return std::nullopt;
  }

  Disagreement post(Line const& line) {
    return with(books_.tranches_, line.tranche, "tranche", [&](EventRef const&, Tranche& tranche) -> Disagreement {
      auto& from = tranche.balances[{line.fromPocket, line.from}];
      auto const rest = from.minus(line.amount);
      if (!rest) return notAnAmount();
      if (rest->isNegative() && line.from != Account::outside) return overdrawn(line, from);
      from = *rest;
      auto& to = tranche.balances[{line.toPocket, line.to}];
      auto const sum = to.plus(line.amount);
      if (!sum) return notAnAmount();
      to = *sum;
      return line.award ? postToAward(line) : std::nullopt;
    });
  }

  Disagreement postToAward(Line const& line) {
    return with(books_.awards_, *line.award, "award", [&](EventRef const&, Award& award) -> Disagreement {
      auto const change = [&](Pocket const& pocket, Fen by) -> Disagreement {
        auto at = std::ranges::find_if(award.reserved, [&](Source const& source) {
          return source.tranche == line.tranche && source.county == pocket.county;
        });
        if (at == award.reserved.end()) at = award.reserved.insert(at, {line.tranche, pocket.county, Fen()});
        auto const amount = at->amount.plus(by);
        if (!amount) return notAnAmount();
        if (amount->isNegative()) return overdrawn(line, at->amount);
        at->amount = *amount;
        return std::nullopt;
      };
      if (line.from == Account::reserved) {
        if (auto wrong = change(line.fromPocket, -line.amount)) return wrong;
      }
      return line.to == Account::reserved ? change(line.toPocket, line.amount) : std::nullopt;
    });
  }

  static Text overdrawn(Line const& line, Fen there) {
    auto const account = static_cast<std::size_t>(line.from);
    return {fmt::format("审计账簿：“{}”只有 {} 元，却转出 {} 元", kNamesZh[account], formatYuan(there),
                        formatYuan(line.amount)),
            fmt::format("the audit's books hold {} yuan {}, and {} yuan leave", formatYuan(there), kNamesEn[account],
                        formatYuan(line.amount))};
  }

  Disagreement addsUp(EventRef const& ref) const {
    auto const& tranche = books_.tranches_.find(ref)->second;
    std::optional<Fen> sum = Fen();
    for (auto const& [place, balance] : tranche.balances) {
      if (place.second == Account::outside) continue;
      sum = sum->plus(balance);
      if (!sum) return notAnAmount();
    }
    if (*sum == tranche.issued) return std::nullopt;
    return Text{fmt::format("资金批次 {} 各环节合计 {} 元，下达 {} 元", ref.text(), formatYuan(*sum),
                            formatYuan(tranche.issued)),
                fmt::format("the stages of tranche {} add up to {} yuan, {} yuan were issued", ref.text(),
                            formatYuan(*sum), formatYuan(tranche.issued))};
  }

  Books& books_;
  domain::EventContext const& context_;
  schema::Event::Reader event_;
};

Disagreement Books::Entry::remember() {
  switch (event_.which()) {
    case E::TRANCHE_ISSUED: return open(event_.getTrancheIssued());
    case E::TRANCHE_ADJUSTED: {
      auto const body = event_.getTrancheAdjusted();
      return announce(domain::readRef(body.getTranche()), body.getChangeFen());
    }
    case E::PROJECT_ENROLLED:
      books_.projects_.emplace(context_.ref, event_.getProjectEnrolled().getPurpose());
      return std::nullopt;
    case E::AWARD_APPROVED: return award(event_.getAwardApproved());
    case E::PAYMENT_REQUESTED: return request(event_.getPaymentRequested());
    case E::RECOVERY_ORDERED:
      books_.recoveries_.emplace(context_.ref, domain::readRef(event_.getRecoveryOrdered().getAward()));
      return std::nullopt;
    case E::EVENT_REVERSED:
      books_.reversals_.emplace(context_.ref, domain::readRef(event_.getEventReversed().getEvent()));
      return std::nullopt;
    case E::CHANGE_CONFIRMED: return decide(event_.getChangeConfirmed());
    default: return std::nullopt;
  }
}

Disagreement Books::Entry::derive() {
  using A = Account;
  switch (event_.which()) {
    case E::TRANCHE_ISSUED:
      return line(context_.ref, kUndivided, A::outside, A::issued, event_.getTrancheIssued().getAmountFen());
    case E::TRANCHE_ADJUSTED: return adjust(event_.getTrancheAdjusted());
    case E::TRANCHE_RECEIVED: {
      auto const body = event_.getTrancheReceived();
      return line(domain::readRef(body.getTranche()), kUndivided, A::issued, A::available, body.getAmountFen());
    }
    case E::TRANCHE_SPLIT: {
      auto const body = event_.getTrancheSplit();
      return line(domain::readRef(body.getTranche()), {{body.getFromPurpose(), body.getFromCounty()}, A::available},
                  {{body.getPurpose(), body.getCounty()}, A::available}, body.getAmountFen());
    }
    case E::TRANCHE_RECALLED: {
      auto const body = event_.getTrancheRecalled();
      return line(domain::readRef(body.getTranche()), {body.getPurpose(), body.getCounty()}, A::available, A::recalled,
                  body.getAmountFen());
    }
    case E::AWARD_APPROVED: return reserve(event_.getAwardApproved());
    case E::AWARD_WITHDRAWN: return withdraw(event_.getAwardWithdrawn());
    case E::PAYMENT_INSTRUCTED: return pay(event_.getPaymentInstructed().getPayment(), A::reserved, A::inFlight);
    case E::PAYMENT_SETTLED: return pay(event_.getPaymentSettled().getPayment(), A::inFlight, A::paid);
    case E::PAYMENT_RETURNED: return pay(event_.getPaymentReturned().getPayment(), A::inFlight, A::reserved);
    case E::RECOVERY_RECEIVED: return recover(event_.getRecoveryReceived());
    default: return std::nullopt;  // moves no money
  }
}

Text title(Account account) {
  auto const at = static_cast<std::size_t>(account);
  return {std::string(kNamesZh[at]), std::string(kNamesEn[at])};
}

Disagreement Books::book(domain::EventContext const& context, schema::Event::Reader event) {
  if (due_) return notShown();
  return Entry(*this, context, event).run();
}

Disagreement Books::takeBack(domain::EventContext const& original, schema::Event::Reader event) {
  if (due_ != original.ref) return notShown();
  due_.reset();
  return Entry(*this, original, event).runBackwards();
}

Disagreement Books::compare(domain::State const& state) const {
  auto const differs = [](EventRef const& ref, std::string_view zh, std::string_view en, Fen ours, Fen theirs) {
    return Text{fmt::format("资金批次 {} 的“{}”：审计账簿 {} 元，账本 {} 元", ref.text(), zh, formatYuan(ours),
                            formatYuan(theirs)),
                fmt::format("tranche {}, {}: {} yuan by the audit's books, {} yuan by the ledger's state", ref.text(),
                            en, formatYuan(ours), formatYuan(theirs))};
  };
  if (due_) return notShown();
  Disagreement found;
  state.tranches.visit([&](EventRef const& ref, domain::Tranche const& theirs) {
    if (found) return;
    auto const at = tranches_.find(ref);
    if (at == tranches_.end()) {
      found = unknown("tranche");
      return;
    }
    auto const& ours = at->second;
    if (ours.issued != theirs.issued) found = differs(ref, "下达", "issued in all", ours.issued, theirs.issued);
    for (auto const& pocket : theirs.pockets) {
      for (std::size_t s = 0; s < domain::kStages && !found; ++s) {
        auto const account = accountOf(domain::Stage(s));
        auto const held = account ? ours.balances.find({{pocket.pocket.purpose, pocket.pocket.county}, *account})
                                  : ours.balances.end();
        auto const balance = held == ours.balances.end() ? Fen() : held->second;
        if (balance == pocket.stages[s]) continue;
        auto const name = account ? static_cast<std::size_t>(*account) : 0;
        found = differs(ref, kNamesZh[name], kNamesEn[name], balance, pocket.stages[s]);
      }
    }
    for (auto const& [place, balance] : ours.balances) {
      auto const& [pocket, account] = place;
      if (found || account == Account::outside) continue;
      auto const held = theirs.balance({{pocket.purpose, pocket.county}, stageOf(account)});
      if (balance == held) continue;
      auto const name = static_cast<std::size_t>(account);
      found = differs(ref, kNamesZh[name], kNamesEn[name], balance, held);
    }
  });
  if (!found && state.tranches.size() != tranches_.size()) {
    found = Text{"账本的资金批次少于审计账簿", "the ledger's state lacks a tranche that the audit's books hold"};
  }
  return found;
}

std::vector<CityTotals> Books::totals() const {
  std::map<domain::CityCode, CityTotals> cities;
  for (auto const& [ref, tranche] : tranches_) {
    auto& totals = cities.try_emplace(tranche.city, CityTotals{tranche.city, {}}).first->second;
    for (auto const& [place, balance] : tranche.balances) {
      // What the outside gave is negative there; readers look for what was issued in all.
      totals.balances[static_cast<std::size_t>(place.second)] += place.second == Account::outside ? -balance : balance;
    }
  }
  std::vector<CityTotals> result;
  result.reserve(cities.size());
  for (auto const& [code, totals] : cities) result.push_back(totals);
  return result;
}

}  // namespace fundtrail::replay

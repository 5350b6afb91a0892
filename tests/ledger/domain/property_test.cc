// SPDX-License-Identifier: Apache-2.0
// What holds in every history, lawful steps and unlawful attempts mixed at random.
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/domain/project.h"
#include "ledger/schema/names.h"
#include "tests/support/scenario.h"

namespace fundtrail::tests {
namespace {

using domain::Award;
using domain::EventRef;
using domain::Fen;
using domain::Payment;
using domain::PaymentStage;
using domain::Pocket;
using domain::Project;
using domain::ProjectStage;
using domain::Recovery;
using domain::Stage;
using domain::State;
using domain::Tranche;
using schema::Purpose;

constexpr auto kToday = domain::Date::fromNumber(20250303).value();

/// Points to go on from, each played once: an office that has money of nobody's yet, projects that wait for their
/// award, and awards that are paid.
std::vector<Play> const& beginnings() {
  static std::vector<Play> const plays = [] {
    std::vector<Play> beginnings;
    for (auto const* const name : {"office", "project", "award", "account", "payment"}) {
      auto& play = beginnings.emplace_back();
      auto const file = fmt::format("{}/tests/scenarios/{}.md", FUNDTRAIL_SOURCE_DIR, name);
      for (auto const& step : readScenario(file).steps) {
        auto const refused = play.record(step);
        crypto::ensure(!refused, "scenarios are lawful");
      }
    }
    return beginnings;
  }();
  return plays;
}

/// Makes up steps. Every choice comes from a tape of numbers, which RapidCheck shortens and lowers when a history
/// fails.
class Author {
 public:
  explicit Author(std::vector<unsigned> tape) : tape_(std::move(tape)) {}

  bool isDone() const { return next_ >= tape_.size(); }

  Play const& beginning() { return beginnings()[choice(beginnings().size())]; }

  /// An attempt at something that could come next. Mostly lawful; amounts and people are at times a little wrong.
  Step attempt(State const& state) {
    auto step = one(state);
    // Nearly always the right person.
    if (choice(12) == 0)
      step.by = pick(std::vector<std::string>{"gz-fin-requester", "gz-fin-cashier", "prov-fin", "hai-staff", "sec-1"});
    return step;
  }

 private:
  unsigned choice(std::size_t n) { return isDone() ? 0 : tape_[next_++] % static_cast<unsigned>(n); }
  template <class T>
  T pick(std::vector<T> const& from) {
    return from[choice(from.size())];
  }
  template <class Key, class Record>
  std::pair<Key, Record const*> pick(domain::Table<Key, Record> const& table) {
    // Half of the time the newest, so that what was begun is also brought to an end.
    auto const index = choice(2) == 0 ? static_cast<unsigned>(table.size() - 1) : choice(table.size());
    std::vector<Key> keys;
    table.visit([&](Key const& key, Record const&) { keys.push_back(key); });
    return {keys[index], &table.at(index)};
  }

  /// About as much as there is: at its edges, and a fen beyond them.
  std::string amount(Fen there) {
    auto const cents = there.count();
    auto const options =
        std::vector<std::int64_t>{cents, cents, cents, cents / 2, cents + 1, cents - 1, 1, cents / 3, cents / 7};
    return formatYuan(Fen::literal(std::max<std::int64_t>(1, pick(options))));
  }
  std::string fresh(std::string_view prefix) { return fmt::format("{}{}", prefix, ++counter_); }

  Step step(std::string by, std::string type, Fields fields) {
    return {{"generated", counter_}, fresh("step-"),  std::move(by),
            {kToday, kToday},        std::move(type), std::move(fields)};
  }

  /// What comes next for something that is there, or its beginning where there is none of its kind.
  Step one(State const& state) {
    switch (choice(20)) {
      case 0: return issue();
      case 1: return state.tranches.size() == 0 ? issue() : receive(state);
      case 2: return state.tranches.size() == 0 ? issue() : split(state);
      case 3: return state.tranches.size() == 0 ? issue() : adjust(state);
      case 4: return state.tranches.size() == 0 ? issue() : recall(state);
      case 5: return file();
      case 6: return state.contracts.size() == 0 ? file() : enrol(state);
      case 7:
      case 8:
      case 9:
      case 10: return state.projects.size() == 0 ? file() : advanceProject(state);
      case 11:
      case 12: return state.awards.size() == 0 ? file() : request(state);
      case 13:
      case 14:
      case 15:
      case 16: return state.payments.size() == 0 ? file() : advancePayment(state);
      default: return state.awards.size() == 0 ? file() : afterwards(state);
    }
  }

  // ---- tranches

  Step issue() {
    return step("prov-fin", "trancheIssued",
                {{"city", choice(6) == 0 ? "440400" : "440100"},
                 {"number", fmt::format("模拟粤财工〔2025〕{}号", ++counter_)},
                 {"level", "province"},
                 {"kind", "prepayment"},
                 {"year", "2025"},
                 {"amount", amount(Fen::literal(200'000'000))}});
  }
  Step receive(State const& state) {
    auto const [ref, tranche] = pick(state.tranches);
    return step("gz-fin-cashier", "trancheReceived",
                {{"tranche", ref.text()}, {"amount", amount(tranche->balance({{}, Stage::issued}))}});
  }
  static std::string purposeText(Purpose purpose) { return std::string(schema::enumerantName(purpose)); }
  static void addPocket(Fields& fields, Pocket const& pocket, std::string const& purpose, std::string const& county) {
    if (pocket.purpose != Purpose::NOT_STATED) fields.emplace_back(purpose, purposeText(pocket.purpose));
    if (pocket.county != 0) fields.emplace_back(county, std::to_string(pocket.county));
  }
  Pocket somePocket(Tranche const& tranche) {
    return tranche.pockets.empty() ? Pocket{} : tranche.pockets[choice(tranche.pockets.size())].pocket;
  }
  Step split(State const& state) {
    auto const [ref, tranche] = pick(state.tranches);
    auto const from = somePocket(*tranche);
    Fields fields{{"tranche", ref.text()},
                  {"purpose", choice(5) == 0 ? "diagnosis" : "reform"},
                  {"amount", amount(tranche->balance({from, Stage::available}))}};
    addPocket(fields, from, "fromPurpose", "fromCounty");
    if (choice(3) == 0) fields.emplace_back("county", "440115");
    return step("gz-fin-cashier", "trancheSplit", std::move(fields));
  }
  Step adjust(State const& state) {
    auto const [ref, tranche] = pick(state.tranches);
    return step("prov-fin", "trancheAdjusted",
                {{"tranche", ref.text()},
                 {"number", fmt::format("模拟粤财工〔2025〕{}号", ++counter_)},
                 {"change", (choice(2) == 0 ? "-" : "") + amount(tranche->balance({{}, Stage::issued}))}});
  }
  Step recall(State const& state) {
    auto const [ref, tranche] = pick(state.tranches);
    auto const pocket = somePocket(*tranche);
    Fields fields{{"tranche", ref.text()},
                  {"number", fmt::format("模拟粤财工〔2025〕{}号", ++counter_)},
                  {"amount", amount(tranche->balance({pocket, Stage::available}))}};
    addPocket(fields, pocket, "purpose", "county");
    return step("prov-fin", "trancheRecalled", std::move(fields));
  }

  // ---- projects

  static constexpr char const* kHai = "91440101327598294H";
  Step file() {
    return step("gz-ind-clerk", "contractFiled",
                {{"city", "440100"},
                 {"enterprise", kHai},
                 {"digest", fresh("hash:contract-")},
                 {"signedOn", "20250102"},
                 {"mode", "after"},
                 {"providers[0].uscc", "91440101331331509F"},
                 {"lines[0].category", "software"},
                 {"lines[0].name", "软件"},
                 {"lines[0].quantity", "1"},
                 {"lines[0].net", "1000.00"},
                 {"total", "1000.00"},
                 {"statesDuties", "yes"},
                 {"statesMeasures", "yes"},
                 {"statesPeriod", "yes"},
                 {"statesGoals", "yes"},
                 {"statesProducts", "yes"},
                 {"statesPrices", "yes"}});
  }
  Step enrol(State const& state) {
    auto const [ref, contract] = pick(state.contracts);
    Fields fields{{"city", "440100"},
                  {"enterprise", kHai},
                  {"purpose", "reform"},
                  {"mode", "after"},
                  {"contracts[0].event", ref.text()},
                  {"title", "项目"}};
    if (choice(2) == 0) fields.emplace_back("county", "440115");
    return step("gz-ind-clerk", "projectEnrolled", std::move(fields));
  }
  Step advanceProject(State const& state) {
    auto const [ref, project] = pick(state.projects);
    auto const id = ref.text();
    std::string const outcome = choice(8) == 0 ? (choice(3) == 0 ? "reject" : "sendBack") : "pass";
    switch (project->stage) {
      case ProjectStage::enrolled:
        return step("hai-staff", "applicationSubmitted", {{"project", id}, {"requested", "1000.00"}});
      case ProjectStage::submitted:
        return step("gz-ind-reviewer", "applicationReviewed",
                    {{"project", id}, {"kind", "form"}, {"outcome", outcome}});
      case ProjectStage::reviewed:
        return step("gz-ind-reviewer", "siteChecked",
                    {{"project", id},
                     {"inspectors[0].person", "gz-ind-reviewer"},
                     {"inspectors[1].person", "nansha-clerk"},
                     {"outcome", outcome},
                     {"checkedOn", "20250303"},
                     {"documents[0].kind", "记录"}});
      case ProjectStage::siteChecked: {
        auto const eligible = amount(Fen::literal(100'000'000));
        return step("gz-ind-clerk", "costVerified",
                    {{"project", id},
                     {"lines[0].category", "software"},
                     {"lines[0].invoice", fmt::format("{:020}", ++counter_)},
                     {"lines[0].invoicedOn", "20250303"},
                     {"lines[0].net", eligible},
                     {"eligible", eligible}});
      }
      case ProjectStage::costVerified:
        return step(
            "gz-ind-acceptor", "projectAccepted",
            {{"project", id}, {"outcome", outcome}, {"level", choice(2) == 0 ? "2" : "3"}, {"acceptedOn", "20250303"}});
      case ProjectStage::accepted: {
        auto const cap = Fen::literal(project->level == 2 ? 30'000'000 : 60'000'000);
        auto const part = share(project->eligible, domain::BasisPoints::from(3000).value(), domain::Rounding::down);
        return step("gz-ind-clerk", "subsidyProposed",
                    {{"project", id},
                     {"level", std::to_string(project->level)},
                     {"eligible", formatYuan(project->eligible)},
                     {"rateBp", "3000"},
                     {"cap", formatYuan(cap)},
                     {"subsidy", formatYuan(std::max(Fen::literal(1), std::min(*part, cap)))}});
      }
      case ProjectStage::proposed: {
        auto const subsidy = formatYuan(project->subsidy);
        return step("gz-ind-clerk", "publicityOpened",
                    {{"city", "440100"},
                     {"title", "公示"},
                     {"opensOn", "20250303"},
                     {"closesOn", "20250303"},
                     {"entries[0].project", id},
                     {"entries[0].amount", subsidy},
                     {"total", subsidy}});
      }
      case ProjectStage::publicised:
        return step("gz-ind-clerk", "publicityClosed", {{"publicity", pick(state.publicities).first.text()}});
      default: return award(state, ref, *project);
    }
  }
  Step award(State const& state, EventRef const& ref, Project const& project) {
    Fields fields{{"project", ref.text()},
                  {"amount", formatYuan(std::max(Fen::literal(1), project.subsidy))},
                  {"beneficiary", kHai}};
    // From as many pockets as it takes, the last one giving what is left.
    auto left = std::max(Fen::literal(1), project.subsidy);
    unsigned draws = 0;
    auto const draw = [&](EventRef const& tranche, std::uint32_t county, Fen part) {
      auto const path = fmt::format("draws[{}].", draws++);
      fields.emplace_back(path + "tranche", tranche.text());
      if (county != 0) fields.emplace_back(path + "county", std::to_string(county));
      fields.emplace_back(path + "amount", formatYuan(part));
      left -= part;
    };
    state.tranches.visit([&](EventRef const& tranche, Tranche const& record) {
      for (auto const county : {0U, project.county}) {
        auto const there = record.balance({{Purpose::REFORM, county}, Stage::available});
        if (record.city != project.city || there.isZero() || left.isZero() || draws == 8) continue;
        if (county == 0 || project.county == county) draw(tranche, county, std::min(there, left));
        if (project.county == 0) break;
      }
    });
    if (!left.isZero()) draw(state.tranches.size() == 0 ? ref : pick(state.tranches).first, 440115, left);
    return step("gz-fin-approver", "awardApproved", std::move(fields));
  }

  // ---- payments

  Step request(State const& state) {
    auto const [ref, award] = pick(state.awards);
    auto const& draw = award->draws[choice(award->draws.size())];
    auto const part = amount(draw.amount - draw.requested);
    Fields fields{{"award", ref.text()},
                  {"amount", part},
                  {"payee", kHai},
                  {"payeeName", "广州海丰机械(集团)有限公司"},
                  {"account", "44001000000000000001"},
                  {"draws[0].tranche", draw.tranche.text()},
                  {"draws[0].amount", part}};
    if (draw.county != 0) fields.emplace_back("draws[0].county", std::to_string(draw.county));
    return step("gz-fin-requester", "paymentRequested", std::move(fields));
  }
  Step advancePayment(State const& state) {
    auto const [ref, payment] = pick(state.payments);
    Fields fields{{"payment", ref.text()}};
    auto const amountAndMore = [&](Fields more) {
      fields.emplace_back("amount", choice(10) == 0 ? amount(payment->amount) : formatYuan(payment->amount));
      fields.insert(fields.end(), more.begin(), more.end());
      return fields;
    };
    if (choice(12) == 0)
      return step("gz-fin-reviewer", "paymentCancelled", {{"payment", ref.text()}, {"reason", "撤回"}});
    switch (payment->stage) {
      case PaymentStage::requested:
        fields.emplace_back("outcome", choice(8) == 0 ? "reject" : "pass");
        return step("gz-fin-reviewer", "paymentReviewed", fields);
      case PaymentStage::reviewed: return step("gz-fin-approver", "paymentApproved", amountAndMore({}));
      case PaymentStage::approved:
        return step("gz-fin-cashier", "paymentInstructed",
                    amountAndMore({{"voucherNumber", fresh("V-")}, {"account", "44001000000000000001"}}));
      default:
        if (choice(2) == 0) {
          return step("gz-fin-keeper", "paymentReturned",
                      amountAndMore({{"bankReference", fresh("B-")}, {"valueDate", "20250303"}, {"reason", "退票"}}));
        }
        return step(
            "gz-fin-keeper", "paymentSettled",
            amountAndMore(
                {{"bankReference", fresh("B-")}, {"valueDate", "20250303"}, {"account", "44001000000000000001"}}));
    }
  }

  Step afterwards(State const& state) {
    if (choice(2) == 0 && state.recoveries.size() != 0) return recover(state);
    auto const [ref, award] = pick(state.awards);
    if (choice(3) == 0) return step("gz-fin-approver", "awardWithdrawn", {{"award", ref.text()}, {"reason", "放弃"}});
    auto const recoverable = award->paid() - award->recovered() - award->recoveryOrdered;
    return step("gz-ind-acceptor", "recoveryOrdered",
                {{"award", ref.text()}, {"amount", amount(recoverable)}, {"dueOn", "20250404"}, {"reason", "停用"}});
  }
  Step recover(State const& state) {
    auto const [ref, recovery] = pick(state.recoveries);
    auto const& draws = state.awards.find(recovery->award)->draws;
    auto const& draw = draws[choice(draws.size())];
    auto const part = amount(std::min(recovery->open(), draw.paid - draw.recovered));
    Fields fields{{"recovery", ref.text()},
                  {"amount", part},
                  {"bankReference", fresh("B-")},
                  {"valueDate", "20250303"},
                  {"disposition", choice(2) == 0 ? "available" : "treasury"},
                  {"draws[0].tranche", draw.tranche.text()},
                  {"draws[0].amount", part}};
    if (draw.county != 0) fields.emplace_back("draws[0].county", std::to_string(draw.county));
    return step("gz-fin-keeper", "recoveryReceived", std::move(fields));
  }

  std::vector<unsigned> tape_;
  std::size_t next_ = 0;
  std::size_t counter_ = 0;
};

rc::Gen<std::vector<unsigned>> tapes() {
  return rc::gen::resize(rc::kNominalSize,
                         rc::gen::container<std::vector<unsigned>>(700, rc::gen::inRange(0U, 1U << 16)));
}

// ---- what holds

void checkConservation(State const& state) {
  state.tranches.visit([](EventRef const&, Tranche const& tranche) {
    Fen total;
    for (auto const& pocket : tranche.pockets) {
      for (auto const stage : pocket.stages) {
        RC_ASSERT(!stage.isNegative());
        total += stage;
      }
      RC_ASSERT(!pocket.isEmpty());
    }
    RC_ASSERT(total == tranche.issued);
    RC_ASSERT(tranche.sum(Stage::recovered).isZero());  // passed through within one event
  });
}

/// What awards and payments say of each pocket is what stands there: no money without an owner, no owner without money.
void checkOwners(State const& state) {
  using Owed = std::tuple<EventRef, std::uint32_t, Stage>;
  std::map<Owed, Fen> owed;
  state.awards.visit([&](EventRef const&, Award const& award) {
    for (auto const& draw : award.draws) {
      RC_ASSERT(draw.recovered <= draw.paid && draw.paid <= draw.requested && draw.requested <= draw.amount);
      if (!award.withdrawn) owed[{draw.tranche, draw.county, Stage::reserved}] += draw.amount - draw.requested;
      owed[{draw.tranche, draw.county, Stage::paid}] += draw.paid - draw.recovered;
    }
    RC_ASSERT(award.recoveryOrdered <= award.paid() - award.recovered());
  });
  state.payments.visit([&](EventRef const&, Payment const& payment) {
    bool const open = payment.stage < PaymentStage::instructed;
    for (auto const& draw : payment.draws) {
      if (open) owed[{draw.tranche, draw.county, Stage::reserved}] += draw.amount;
      if (payment.stage == PaymentStage::instructed) owed[{draw.tranche, draw.county, Stage::inFlight}] += draw.amount;
    }
  });
  state.tranches.visit([&](EventRef const& ref, Tranche const& tranche) {
    for (auto const& pocket : tranche.pockets) {
      for (auto const stage : {Stage::reserved, Stage::inFlight, Stage::paid}) {
        auto const there = tranche.balance({pocket.pocket, stage});
        bool const isAwarded = pocket.pocket.purpose == Purpose::REFORM;
        auto const due = isAwarded ? owed[{ref, pocket.pocket.county, stage}] : Fen();
        if (there != due) {
          RC_FAIL(fmt::format("{} yuan {}, {} yuan owed", formatYuan(there), stageName(stage), formatYuan(due)));
        }
        if (isAwarded) owed.erase({ref, pocket.pocket.county, stage});
      }
    }
  });
  for (auto const& [place, amount] : owed) RC_ASSERT(amount.isZero());
}

template <class Key, class Record>
void checkSame(domain::Table<Key, Record> const& before, domain::Table<Key, Record> const& after, auto const& isVoid) {
  after.visit([&](Key const& key, Record const& record) {
    auto const* const old = before.find(key);
    bool const isSame = old ? *old == record : isVoid(record);
    RC_ASSERT(isSame);
  });
}

/// Reverses the last event, and finds everything as it was before it. Numbers stay used, and what an event created
/// stays on record without effect.
void checkReversal(Play play, State const& before) {
  auto const& last = play.ledger().events().back();
  schema::Message<schema::Event> const message(last.bytes.bytes());
  auto const event = message.root();
  bool const isReversible = event.isTrancheReceived() || event.isTrancheSplit() || event.isTrancheAdjusted() ||
                            event.isTrancheRecalled() || event.isAwardApproved() || event.isPaymentApproved() ||
                            event.isPaymentInstructed() || event.isPaymentSettled() || event.isPaymentReturned() ||
                            event.isRecoveryOrdered() || event.isRecoveryReceived();
  bool const isProvinces = event.isTrancheAdjusted() || event.isTrancheRecalled();
  auto const record = [&](std::string label, std::string by, std::string type, Fields fields) {
    return play.record(
        {{"reversal", 0}, std::move(label), std::move(by), {kToday, kToday}, std::move(type), std::move(fields)});
  };
  auto const refused =
      record("reverse", isProvinces ? "prov-fin" : "gz-fin-requester", "eventReversed",
             {{"event", last.context.ref.text()}, {"number", last.context.number.text()}, {"reason", "误记"}});
  RC_ASSERT(refused.has_value() == !isReversible);
  if (refused) return;
  RC_ASSERT(!record("confirm", isProvinces ? "prov-fin-2" : "gz-fin-reviewer", "changeConfirmed",
                    {{"change", "@reverse"}, {"outcome", "pass"}}));
  auto const& after = play.ledger().state();
  RC_ASSERT(after.tranches == before.tranches);
  RC_ASSERT(after.projects == before.projects);
  RC_ASSERT(after.payments == before.payments);
  checkSame(before.awards, after.awards, [](Award const& award) { return award.withdrawn && award.paid().isZero(); });
  checkSame(before.recoveries, after.recoveries, [](Recovery const& recovery) { return recovery.open().isZero(); });
  checkOwners(after);
}

TEST(History, KeepsItsMoneyAndItsWordAtEveryPrefix) {
  std::map<std::string, std::size_t> admitted;
  EXPECT_TRUE(rc::check([&admitted] {
    Author author(*tapes());
    auto const& beginning = author.beginning();
    auto play = beginning;
    std::vector<Step> recorded;
    while (!author.isDone()) {
      auto const before = play.ledger().state();
      auto const step = author.attempt(before);
      if (play.record(step)) {
        RC_ASSERT(play.ledger().state() == before);
        continue;
      }
      recorded.push_back(step);
      RC_LOG() << step.type << '\n';
      ++admitted[step.type];
      checkConservation(play.ledger().state());
      checkOwners(play.ledger().state());
      checkReversal(play, before);
    }
    auto again = beginning;
    for (auto const& step : recorded) RC_ASSERT(!again.record(step));
    RC_ASSERT(again.ledger().state() == play.ledger().state());
  }));
  // A property over histories in which nothing much happens would prove little.
  for (auto const* const type :
       {"trancheIssued", "trancheReceived", "trancheSplit", "trancheAdjusted", "trancheRecalled", "awardApproved",
        "awardWithdrawn", "paymentRequested", "paymentReviewed", "paymentApproved", "paymentInstructed",
        "paymentSettled", "paymentReturned", "paymentCancelled", "recoveryOrdered", "recoveryReceived"}) {
    EXPECT_GT(admitted[type], 0U) << type;
  }
}

}  // namespace
}  // namespace fundtrail::tests

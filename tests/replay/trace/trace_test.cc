// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "ledger/history/reading.h"
#include "replay/trace/follow.h"
#include "replay/trace/gathering.h"
#include "replay/trace/sankey.h"
#include "replay/trace/trail_flow.h"
#include "replay/trace/trail_json.h"
#include "replay/trace/trail_text.h"
#include "tests/replay/documented.h"
#include "tests/replay/history.h"

namespace fundtrail::replay::trace {
namespace {

using domain::Fen;
using E = schema::Event::Which;
using schema::Language;
using Kind = Subject::Kind;

log::EventLog const& wholeLog() {
  static auto const log = logOf(History::shared().batches.size());
  return *log;
}

/// Takes in the first events alone.
class Beginning final : public Observer {
 public:
  Beginning(Gathering& gathering, std::uint64_t events) : gathering_(gathering), events_(events) {}
  void take(ShownEvent const& shown) override {
    if (shown.context.number.value() < events_) gathering_.take(shown);
  }
  void takeBack(ShownEvent const& original, ShownEvent const& confirmation) override {
    if (confirmation.context.number.value() < events_) gathering_.takeBack(original, confirmation);
  }

 private:
  Gathering& gathering_;
  std::uint64_t events_;
};

Gathering gather(std::uint64_t events) {
  Gathering gathering;
  Beginning beginning(gathering, events);
  Options options;
  options.threads = 2;
  options.observers = {&beginning};
  EXPECT_NE(verify(wholeLog(), {}, options).value().verdict, Verdict::tampered);
  EXPECT_TRUE(gathering.meetFounders(wholeLog()));
  return gathering;
}

Gathering const& whole() {
  static auto const gathering = gather(wholeLog().size().events);
  return gathering;
}

Trail trailOf(Kind kind, std::string const& text, Gathering const& gathering = whole()) {
  auto trail = follow(gathering, kind, text);
  EXPECT_TRUE(trail) << text << ": " << (trail ? "" : trail.error().message);
  return trail ? *std::move(trail) : Trail();
}

template <class Items>
Fen sumOf(Items const& items) {
  Fen sum;
  for (auto const& item : items) sum += item.amount;
  return sum;
}

bool has(Steps const& steps, E type) {
  return std::ranges::any_of(steps, [&](Step const& step) { return step.type == type; });
}

std::string golden(std::string const& name) {
  std::ifstream in(std::string(FUNDTRAIL_SOURCE_DIR) + "/tests/replay/trace/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(TrancheForward, EndsAddUpToWhatWasIssuedForEveryTrancheOfTheLedger) {
  std::map<domain::CityCode, Fen> paid;
  for (auto const& tranche : whole().facts().tranches) {
    auto const trail = trailOf(Kind::tranche, tranche.source.event.text());
    auto const at = std::ranges::find(trail.tranches, tranche.source.event, &TrancheTrail::event);
    ASSERT_NE(at, trail.tranches.end());
    EXPECT_TRUE(at->whole);
    EXPECT_EQ(sumOf(at->ends), at->issued) << at->number;
    EXPECT_EQ(at->steps.front().type, E::TRANCHE_ISSUED);
    for (auto const& end : at->ends) {
      if (end.account == Account::paid) paid[at->city] += end.amount;
    }
  }
  auto const report = replayOf(wholeLog());
  for (auto const& city : report.cities) EXPECT_EQ(paid[city.city], city.at(Account::paid)) << city.city.text();
}

TEST(TrancheForward, NamesEveryEnterpriseThatHasItsMoney) {
  std::map<domain::Uscc, Fen> byTranches;
  for (auto const& tranche : whole().facts().tranches) {
    auto const trail = trailOf(Kind::tranche, tranche.source.event.text());
    for (auto const& one : trail.tranches) {
      for (auto const& end : one.ends) {
        if (one.whole && end.account == Account::paid) byTranches[*end.enterprise] += end.amount;
      }
    }
  }
  std::map<domain::Uscc, Fen> byPayments;
  for (auto const& payment : whole().facts().payments) {
    if (payment.source.holds() && payment.settlement() != nullptr) byPayments[payment.payee] += payment.amount;
  }
  for (auto const& recovery : whole().facts().recoveries) {
    for (auto const& receipt : recovery.receipts) {
      if (receipt.source.holds()) byPayments[whole().facts().awards[recovery.award].beneficiary] -= receipt.amount;
    }
  }
  std::erase_if(byPayments, [](auto const& one) { return one.second.isZero(); });
  EXPECT_EQ(byTranches, byPayments) << "what facts say of payments is what the books say of tranches";
  EXPECT_GT(byPayments.size(), 5U);
}

TEST(PaymentTrail, LeadsBackToItsTranchesAndForwardToItsInvoicesForEveryPayment) {
  std::size_t settled = 0;
  for (auto const& payment : whole().facts().payments) {
    auto const trail = trailOf(Kind::payment, payment.source.event.text());
    ASSERT_EQ(trail.payments.size(), 1U);
    auto const& one = trail.payments.front();
    EXPECT_EQ(sumOf(one.sources), one.amount);
    for (auto const& source : one.sources) {
      auto const tranche = std::ranges::find(trail.tranches, source.tranche, &TrancheTrail::event);
      ASSERT_NE(tranche, trail.tranches.end());
      EXPECT_EQ(tranche->number, source.number);
      EXPECT_EQ(tranche->steps.front().reference, source.number);
    }
    ASSERT_EQ(trail.awards.size(), 1U);
    EXPECT_EQ(trail.awards.front().event, one.award);
    ASSERT_EQ(trail.projects.size(), 1U);
    auto const& project = trail.projects.front();
    EXPECT_EQ(project.event, trail.awards.front().project);
    EXPECT_EQ(project.costs.empty(), !project.cost);
    if (project.mode == schema::SupportMode::AFTER) {
      EXPECT_TRUE(project.cost) << project.title;
    }
    for (auto const& cost : project.costs) EXPECT_FALSE(cost.invoice.empty());
    for (auto const contract : project.contracts) {
      EXPECT_NE(std::ranges::find(trail.contracts, contract, &ContractTrail::event), trail.contracts.end());
    }
    if (one.state == PaymentState::paid) {
      ++settled;
      EXPECT_TRUE(has(one.steps, E::PAYMENT_SETTLED));
    }
  }
  EXPECT_GT(settled, 10U);
}

TEST(PaymentTrail, HasTheBanksOwnLines) {
  std::size_t lines = 0;
  for (auto const& payment : whole().facts().payments) {
    auto const trail = trailOf(Kind::payment, payment.source.event.text());
    for (auto const& line : trail.payments.front().bankLines) {
      ++lines;
      EXPECT_TRUE(line.credit == -payment.amount || line.credit == payment.amount);
    }
  }
  EXPECT_GT(lines, 5U) << "the simulation imports statements and matches them";
}

TEST(PaymentTrail, IsFoundByItsVoucherAndItsBanksReferenceInAnySpelling) {
  for (auto const& payment : whole().facts().payments) {
    if (payment.settlement() == nullptr) continue;
    auto const& facts = whole().facts();
    for (auto const id : {payment.settlement()->bankReference, payment.instructions.back().voucher}) {
      std::string spaced = " ";
      for (auto const c : facts.strings[id]) spaced += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
      auto const trail = trailOf(Kind::payment, spaced);
      EXPECT_TRUE(std::ranges::any_of(trail.payments,
                                      [&](PaymentTrail const& one) { return one.event == payment.source.event; }));
    }
    break;
  }
}

TEST(InvoiceTrail, LeadsBackToEveryPaymentOfItsProject) {
  std::size_t seen = 0;
  auto const& facts = whole().facts();
  for (auto const& project : facts.projects) {
    if (project.costs.empty() || project.awards.empty() || seen == 25) continue;
    auto const& line = project.costs.back().lines.front();
    if (!line.invoice) continue;
    ++seen;
    auto const trail = trailOf(Kind::invoice, std::string(line.invoice->text()));
    EXPECT_NE(std::ranges::find(trail.projects, project.source.event, &ProjectTrail::event), trail.projects.end());
    for (auto const award : project.awards) {
      for (auto const payment : facts.awards[award].payments) {
        EXPECT_NE(std::ranges::find(trail.payments, facts.payments[payment].source.event, &PaymentTrail::event),
                  trail.payments.end());
      }
      for (auto const& draw : facts.awards[award].draws) {
        EXPECT_NE(std::ranges::find(trail.tranches, facts.tranches[draw.tranche].source.event, &TrancheTrail::event),
                  trail.tranches.end());
      }
    }
  }
  EXPECT_GT(seen, 10U);
}

TEST(EnterpriseTrail, HasAllItsAwardsAndAlsoWhatAProviderDelivered) {
  auto const& facts = whole().facts();
  auto const& payment = *facts.payments.begin();
  auto const trail = trailOf(Kind::enterprise, std::string(payment.payee.text()));
  EXPECT_TRUE(std::ranges::all_of(trail.awards, [&](auto const& award) { return award.enterprise == payment.payee; }));
  EXPECT_NE(std::ranges::find(trail.payments, payment.source.event, &PaymentTrail::event), trail.payments.end());
  for (auto const& tranche : trail.tranches) EXPECT_FALSE(tranche.whole);

  auto const& contract = *facts.contracts.begin();
  auto const provider = trailOf(Kind::enterprise, std::string(contract.providers.front().text()));
  EXPECT_NE(std::ranges::find(provider.contracts, contract.source.event, &ContractTrail::event),
            provider.contracts.end());
}

TEST(Steps, AreTheEventsOfTheLogWithWhoSignedThem) {
  auto const& payment = *whole().facts().payments.begin();
  auto const trail = trailOf(Kind::payment, payment.source.event.text());
  std::size_t seen = 0;
  auto const expectOnRecord = [&](Steps const& steps) {
    for (auto const& step : steps) {
      ++seen;
      auto const event = ledger::history::readEvent(wholeLog(), step.event).value();
      EXPECT_EQ(event.context.ref, step.ref);
      EXPECT_EQ(event.batch, step.batch);
      EXPECT_EQ(event.context.acceptedAt, step.acceptedAt);
      schema::Message<schema::Event> const message(event.bytes.bytes());
      EXPECT_EQ(message.root().which(), step.type);
      EXPECT_FALSE(step.person.empty());
      EXPECT_FALSE(step.organisation.empty()) << step.person;
    }
    EXPECT_TRUE(std::ranges::is_sorted(steps, {}, &Step::event));
  };
  for (auto const& one : trail.tranches) expectOnRecord(one.steps);
  for (auto const& one : trail.awards) expectOnRecord(one.steps);
  for (auto const& one : trail.payments) expectOnRecord(one.steps);
  for (auto const& one : trail.projects) expectOnRecord(one.steps);
  for (auto const& one : trail.contracts) expectOnRecord(one.steps);
  EXPECT_GT(seen, 15U);
}

TEST(Steps, ThatWereReversedAreShownAsSuch) {
  std::size_t reversed = 0;
  auto const& facts = whole().facts();
  for (auto const& payment : facts.payments) {
    auto const trail = trailOf(Kind::payment, payment.source.event.text());
    for (auto const& step : trail.payments.front().steps) {
      if (!step.reversedBy) continue;
      ++reversed;
      EXPECT_NE(toText(trail, Language::en).find("(reversed by event " + step.reversedBy->text() + ")"),
                std::string::npos);
      EXPECT_NE(toText(trail, Language::zh).find("已由事件 " + step.reversedBy->text() + " 冲销"), std::string::npos);
    }
    EXPECT_EQ(trail.payments.front().state == PaymentState::reversed, !payment.source.holds());
  }
  for (auto const& tranche : facts.tranches) {
    auto const trail = trailOf(Kind::tranche, tranche.source.event.text());
    for (auto const& step : trail.tranches.front().steps) {
      if (step.reversedBy) ++reversed;
    }
  }
  EXPECT_GT(reversed, 0U) << "the simulation corrects mistakes";
}

TEST(PaymentTrail, OfAReturnedOneShowsTheReturnAndWhereItStandsNow) {
  std::size_t seen = 0;
  for (auto const& payment : whole().facts().payments) {
    if (payment.returns.empty()) continue;
    ++seen;
    auto const trail = trailOf(Kind::payment, payment.source.event.text());
    EXPECT_TRUE(has(trail.payments.front().steps, E::PAYMENT_RETURNED));
    EXPECT_EQ(trail.payments.front().state == PaymentState::paid, payment.settlement() != nullptr);
  }
  EXPECT_GT(seen, 0U) << "the simulation's bank returns some";
}

TEST(Recoveries, GoBackToTheTranchesThatPaid) {
  std::size_t received = 0;
  auto const& facts = whole().facts();
  for (auto const& recovery : facts.recoveries) {
    auto const& award = facts.awards[recovery.award];
    auto const trail = trailOf(Kind::enterprise, std::string(award.beneficiary.text()));
    auto const at = std::ranges::find(trail.recoveries, recovery.source.event, &RecoveryTrail::event);
    ASSERT_NE(at, trail.recoveries.end());
    EXPECT_EQ(sumOf(at->returnsTo), at->received);
    if (at->received.isPositive()) ++received;
  }
  EXPECT_GT(received, 0U) << "the simulation recovers money";
}

TEST(SupportInAdvance, IsBackedByContractsUntilItsCostIsVerified) {
  auto const& facts = whole().facts();
  auto const project = std::ranges::find_if(facts.projects, [](facts::Project const& one) {
    return one.mode != schema::SupportMode::AFTER && !one.awards.empty() && !one.contracts.empty();
  });
  ASSERT_NE(project, facts.projects.end()) << "the simulation supports some in advance";
  auto const& award = facts.awards[project->awards.front()];
  auto const early = gather(award.source.event.value() + 1);
  auto const trail = trailOf(Kind::enterprise, std::string(project->enterprise.text()), early);
  auto const at = std::ranges::find(trail.projects, project->source.event, &ProjectTrail::event);
  ASSERT_NE(at, trail.projects.end());
  EXPECT_FALSE(at->cost);
  EXPECT_TRUE(at->costs.empty());
  EXPECT_FALSE(at->contracts.empty());
  EXPECT_NE(toText(trail, Language::en).find("no cost is verified: contracts alone back it"), std::string::npos);
}

TEST(Gathering, KnowsNothingButWhatItWasShown) {
  auto const& payment = *whole().facts().payments.begin();
  auto const early = gather(payment.source.event.value());
  EXPECT_EQ(early.events(), payment.source.event.value());
  EXPECT_TRUE(early.facts().payments.empty());
  EXPECT_FALSE(follow(early, Kind::payment, payment.source.event.text()));
}

// ---- look-ups

TEST(LookUp, ReadsADocumentNumberInAnyBrackets) {
  auto const& tranche = *whole().facts().tranches.begin();
  std::string number(whole().facts().strings[tranche.number]);
  for (auto const& [from, to] : {std::pair<std::string, std::string>{"〔", "["}, {"〕", "] "}}) {
    auto const at = number.find(from);
    if (at != std::string::npos) number.replace(at, from.size(), to);
  }
  auto const trail = trailOf(Kind::tranche, number);
  EXPECT_NE(std::ranges::find(trail.tranches, tranche.source.event, &TrancheTrail::event), trail.tranches.end());
}

TEST(LookUp, ReadsAnInvoiceNumberWithSpacesAndFullWidthDigits) {
  auto const& facts = whole().facts();
  for (auto const& project : facts.projects) {
    if (project.costs.empty() || !project.costs.front().lines.front().invoice) continue;
    std::string const number(project.costs.front().lines.front().invoice->text());
    std::string wide = " ";
    for (auto const digit : number) wide += std::string("\xEF\xBC") + char(0x90 + (digit - '0'));
    EXPECT_EQ(trailOf(Kind::invoice, wide).subject.name, number);
    EXPECT_EQ(trailOf(Kind::invoice, number.substr(0, 4) + " " + number.substr(4)).subject.name, number);
    return;
  }
  FAIL() << "no invoice";
}

TEST(LookUp, OfWhatIsNotOnRecordSaysWhatWasLookedForAndWhatIsNear) {
  auto const& facts = whole().facts();
  std::string const number(facts.strings[facts.tranches.begin()->number]);
  auto const expectNotFound = [&](Kind kind, std::string const& text, std::string const& near) {
    auto const trail = follow(whole(), kind, text);
    ASSERT_FALSE(trail) << text;
    EXPECT_NE(trail.error().message.find(near), std::string::npos) << trail.error().message;
    EXPECT_FALSE(trail.error().zh.empty());
  };
  expectNotFound(Kind::tranche, number + "x", number);
  std::string code(facts.payments.begin()->payee.text());
  expectNotFound(Kind::enterprise, code.substr(0, 17), code);
  expectNotFound(Kind::invoice, "1", "were compared");
  expectNotFound(Kind::payment, "no such voucher", "were compared");
  std::string const name(facts.nameOf(facts.payments.begin()->payee));
  expectNotFound(Kind::enterprise, name, code);
}

// ---- what is shown

TEST(Trail, OfASmallHistoryIsPrintedTheSameForEver) {
  auto const& tranche = *whole().facts().tranches.begin();
  ASSERT_FALSE(tranche.receipts.empty());
  auto const early = gather(tranche.receipts.front().source.event.value() + 1);
  auto const trail = trailOf(Kind::tranche, tranche.source.event.text(), early);
  EXPECT_EQ(toJson(trail, Verdict::proven), golden("tranche.json"));
  EXPECT_EQ(toText(trail, Language::zh), golden("tranche.zh.txt"));
  EXPECT_EQ(toText(trail, Language::en), golden("tranche.en.txt"));
}

TEST(TrailAsJson, HasWhatTheTextHas) {
  auto const& payment = *whole().facts().payments.begin();
  auto const trail = trailOf(Kind::payment, payment.source.event.text());
  auto const json = boost::json::parse(toJson(trail, Verdict::findings));
  EXPECT_EQ(json.at("verdict").as_string(), "findings");
  EXPECT_EQ(json.at("payments").as_array().size(), 1U);
  auto const& first = json.at("payments").at(0).at("steps").at(0);
  EXPECT_EQ(first.at("event").as_int64(), static_cast<std::int64_t>(payment.source.event.value()));
  EXPECT_EQ(first.at("receipt").as_string(), "fundtrail receipt " + payment.source.event.text());
  EXPECT_NE(toText(trail, Language::en).find("fundtrail receipt " + payment.source.event.text()), std::string::npos);
}

TEST(TrailAsJson, HasNoNameThatIsNotDocumented) {
  for (auto const& recovery : whole().facts().recoveries) {
    auto const& award = whole().facts().awards[recovery.award];
    expectDocumented(toJson(trailOf(Kind::enterprise, std::string(award.beneficiary.text())), Verdict::proven));
  }
}

TEST(Trail, ShowsHostileTextsAsHarmlessOnes) {
  auto const& payment = *whole().facts().payments.begin();
  auto trail = trailOf(Kind::payment, payment.source.event.text());
  // NOLINTNEXTLINE(misc-misleading-bidirectional): hostile text is what is tested
  std::string const hostile = "\x1b[2J</svg><script>\"\\\n\u202E" + std::string(1, '\0');
  trail.payments.front().payeeName = hostile;
  trail.payments.front().steps.front().person = hostile;
  trail.projects.front().title = hostile;
  trail.awards.front().number = hostile;
  for (auto const& source : {toText(trail, Language::en), sankeySvg(flowOf(trail), Language::en)}) {
    EXPECT_EQ(source.find('\x1b'), std::string::npos);
    EXPECT_EQ(source.find('\0'), std::string::npos);
    // NOLINTNEXTLINE(misc-misleading-bidirectional): hostile text is what is tested
    EXPECT_EQ(source.find("\u202E"), std::string::npos);
  }
  EXPECT_EQ(sankeySvg(flowOf(trail), Language::en).find("<script"), std::string::npos);
  auto const json = boost::json::parse(toJson(trail, Verdict::proven));
  EXPECT_EQ(json.at("projects").at(0).at("title").as_string(), hostile) << "escaped, and whole";
}

TEST(TrailAsFlow, MovesEveryFenOfATrancheToAStage) {
  for (auto const& tranche : whole().facts().tranches) {
    auto const trail = trailOf(Kind::tranche, tranche.source.event.text());
    auto const flow = flowOf(trail);
    Fen issued;
    for (auto const& one : trail.tranches) {
      if (one.whole) issued += one.issued;
    }
    std::array<Fen, 4> into{};
    for (auto const& band : flow.bands) into.at(flow.nodes[band.to].column) += band.amount;
    EXPECT_EQ(into[1], issued);
    EXPECT_EQ(into[2], issued);
    EXPECT_LE(into[3], issued);
    EXPECT_FALSE(sankeySvg(flow, Language::zh).empty());
  }
}

}  // namespace
}  // namespace fundtrail::replay::trace

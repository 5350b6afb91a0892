// SPDX-License-Identifier: Apache-2.0
// The audit's own look at the bank and at what money was for, beside everything that tests/scenarios does.
#include <algorithm>
#include <cctype>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/bank.h"
#include "replay/purpose.h"
#include "tests/support/scenario.h"

namespace fundtrail::tests {
namespace {

using domain::Date;
using domain::Fen;
using replay::Finding;
using replay::FindingKind;
using replay::Standing;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Plays a scenario and shows it to both checks. Steps may be changed or left out on the way to them: then the checks
/// are shown what the rules were not asked.
class Auditor {
 public:
  using Change = std::function<void(std::string_view label, schema::Event::Builder)>;

  /// The name of a file of tests/scenarios, or its path.
  explicit Auditor(std::filesystem::path const& file)
      : scenario_(readScenario(std::filesystem::path(FUNDTRAIL_SOURCE_DIR "/tests/scenarios") / file)) {}

  void leaveOut(std::string label) { leftOut_.push_back(std::move(label)); }
  void change(Change change) { change_ = std::move(change); }

  void follow() {
    for (auto const& step : scenario_.steps) {
      ASSERT_FALSE(play_.record(step)) << step.place.text();
      if (std::ranges::find(leftOut_, step.label) != leftOut_.end()) continue;
      show(step);
    }
  }

  /// What both checks say in the end. `later`: so many days after the last event.
  replay::Part bank(int later = 0, std::optional<Date> until = {}, replay::BankLimits const& limits = {}) {
    if (later > 0) aDayWithoutMoney(later);
    return bank_.conclude(until, limits);
  }
  replay::Part purpose() const { return purpose_.conclude(); }

  std::vector<Finding> findings() {
    replay::Report report;
    findings_.conclude(report);
    return report.findings;
  }

 private:
  void show(Step const& step) {
    auto const& recorded = play_.ledger().events().back();
    capnp::MallocMessageBuilder changed;
    changed.setRoot(schema::Message<schema::Event>(recorded.bytes.bytes()).root());
    if (change_) change_(step.label, changed.getRoot<schema::Event>());
    auto const event = changed.getRoot<schema::Event>().asReader();
    replay::ShownEvent const shown{recorded.context, domain::BatchNumber(recorded.context.number.value()), step.by,
                                   event};
    everybody([&](replay::Observer& observer) { observer.take(shown); });
    if (!event.isChangeConfirmed() || event.getChangeConfirmed().getOutcome() != schema::Outcome::PASS) return;
    auto const* const reversal = find(domain::readRef(event.getChangeConfirmed().getChange()));
    schema::Message<schema::Event> const confirmed(reversal->bytes.bytes());
    if (!confirmed.root().isEventReversed()) return;
    auto const* const original = find(domain::readRef(confirmed.root().getEventReversed().getEvent()));
    schema::Message<schema::Event> const message(original->bytes.bytes());
    replay::ShownEvent const takenBack{original->context, domain::BatchNumber(original->context.number.value()), "",
                                       message.root()};
    everybody([&](replay::Observer& observer) { observer.takeBack(takenBack, shown); });
  }

  void aDayWithoutMoney(int later) {
    auto const& last = play_.ledger().events().back();
    capnp::MallocMessageBuilder message;
    auto event = message.initRoot<schema::Event>();
    event.initPeriodClosed();
    auto context = last.context;
    context.acceptedAt = domain::Instant::startOf(context.acceptedAt.businessDate().plusDays(later));
    bank_.take({context, domain::BatchNumber(0), "", event.asReader()});
  }

  template <class Tell>
  void everybody(Tell const& tell) {
    tell(static_cast<replay::Observer&>(chains_));
    tell(static_cast<replay::Observer&>(purpose_));
    tell(static_cast<replay::Observer&>(bank_));
  }

  domain::RecordedEvent const* find(domain::EventRef const& ref) const {
    auto const& events = play_.ledger().events();
    auto const at = std::ranges::find_if(events, [&](auto const& event) { return event.context.ref == ref; });
    return at == events.end() ? nullptr : &*at;
  }

  Scenario scenario_;
  Play play_;
  std::vector<std::string> leftOut_;
  Change change_;
  replay::Findings findings_;
  replay::Chains chains_;
  replay::PurposeCheck purpose_{chains_, findings_};
  replay::BankCheck bank_{chains_, play_.ledger(), findings_};
};

constexpr Fen yuan(std::int64_t amount) {
  return Fen::literal(amount * 100);
}

class EveryScenario : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(EveryScenario, PaysNothingThatDoesNotWalkBackAndMatchesNothingThatIsNotTheSameMoney) {
  Auditor auditor(GetParam());
  ASSERT_NO_FATAL_FAILURE(auditor.follow());
  EXPECT_EQ(auditor.purpose().standing, Standing::holds);
  for (auto const& finding : auditor.findings()) ADD_FAILURE() << finding.text.en;
}

INSTANTIATE_TEST_SUITE_P(All, EveryScenario, testing::ValuesIn(scenarioFiles()), [](auto const& file) {
  auto name = file.param.stem().string();
  std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0; });
  return name;
});

// ---- the bank

TEST(BankTrue, WhatNoStatementCoversIsNotProven) {
  Auditor auditor("payment.md");
  ASSERT_NO_FATAL_FAILURE(auditor.follow());
  auto const part = auditor.bank();
  EXPECT_EQ(part.standing, Standing::notProven);
  ASSERT_FALSE(part.missing.empty());
  EXPECT_THAT(part.missing[0].en, HasSubstr("none was ever imported"));
  EXPECT_THAT(auditor.findings(), IsEmpty());
}

TEST(BankTrue, MoneyOutsideTheAuditedPeriodNeedsNoStatement) {
  Auditor auditor("payment.md");
  ASSERT_NO_FATAL_FAILURE(auditor.follow());
  EXPECT_EQ(auditor.bank(0, Date::first()).standing, Standing::holds);
}

TEST(BankTrue, WhatAFreshStatementLeavesOpenIsNotProvenAndAMonthLaterItIsNamed) {
  for (auto const& [later, standing] : {std::pair{1, Standing::notProven}, std::pair{40, Standing::fails}}) {
    Auditor auditor("bank-payments.md");
    auditor.leaveOut("b1-out");  // the line goes unexplained
    ASSERT_NO_FATAL_FAILURE(auditor.follow());
    EXPECT_EQ(auditor.bank(later).standing, standing) << later;
  }
}

TEST(BankTrue, HowLongAStatementMayStayOpenIsTheAuditorsToSay) {
  for (auto const& [days, standing] : {std::pair{0, Standing::fails}, std::pair{60, Standing::notProven}}) {
    Auditor auditor("bank-payments.md");
    auditor.leaveOut("b1-out");
    ASSERT_NO_FATAL_FAILURE(auditor.follow());
    auto const part = auditor.bank(days == 0 ? 1 : 40, {}, {.daysToReconcile = days});
    EXPECT_EQ(part.standing, standing) << days;
    auto const said = "reconciled within " + std::to_string(days) + " days of its import";
    EXPECT_TRUE(std::ranges::any_of(part.granted, [&](auto const& text) {
      return text.en.find(said) != std::string::npos;
    })) << said;
  }
}

TEST(BankTrue, WhatABankMayTakeForItselfIsTheAuditorsToSay) {
  constexpr auto kFee =
      Fen::literal(1'000);  // of bank.md's two fees of 10 yuan words explain one: the other is named anyhow
  for (auto const& [mostFee, named] : {std::pair{kFee, 1}, std::pair{Fen::literal(kFee.count() - 1), 2}}) {
    Auditor auditor("bank.md");
    ASSERT_NO_FATAL_FAILURE(auditor.follow());
    static_cast<void>(auditor.bank(40, {}, {.mostFee = mostFee}));
    auto const findings = auditor.findings();
    EXPECT_EQ(std::ranges::count_if(findings, [&](Finding const& finding) { return finding.amount == kFee; }), named)
        << formatYuan(mostFee);
  }
}

TEST(BankTrue, AnOffLedgerDebitIsNamedWithItsAmountThoughWordsExplainIt) {
  Auditor auditor("bank.md");
  ASSERT_NO_FATAL_FAILURE(auditor.follow());
  // 300,000 yuan came by mistake and went back the same day: no event of the ledger says so, and nobody is named.
  EXPECT_EQ(auditor.bank(40).standing, Standing::fails);
  auto const findings = auditor.findings();
  auto const of = [&](Fen amount, std::string_view words) {
    return std::ranges::count_if(findings, [&](Finding const& finding) {
      return finding.kind == FindingKind::bank && finding.amount == amount &&
             finding.text.en.find(words) != std::string::npos;
    });
  };
  EXPECT_EQ(of(yuan(300'000), "paid out on 2024-02-04"), 1);
}

TEST(BankTrue, APaymentThatTheStatementOfItsDayDoesNotShowIsNamed) {
  Auditor auditor("bank-payments.md");
  auditor.leaveOut("b1-paid");
  ASSERT_NO_FATAL_FAILURE(auditor.follow());
  static_cast<void>(auditor.bank(40));
  auto const findings = auditor.findings();
  EXPECT_TRUE(std::ranges::any_of(findings, [](Finding const& finding) {
    return finding.text.en.find("no line of that period's statement stands for it") != std::string::npos;
  }));
}

TEST(BankTrue, AStatementThatDoesNotAddUpIsNamed) {
  Auditor auditor("bank.md");
  auditor.change([](std::string_view label, schema::Event::Builder event) {
    if (label == "b1") event.getStatementImported().setClosingFen(event.getStatementImported().getClosingFen() + 1);
  });
  ASSERT_NO_FATAL_FAILURE(auditor.follow());
  auto const findings = auditor.findings();
  ASSERT_FALSE(findings.empty());
  EXPECT_THAT(findings[0].text.en, HasSubstr("opening + credits − debits"));
}

TEST(BankTrue, AMatchOfOtherMoneyIsNamed) {
  Auditor auditor("bank-payments.md");
  auditor.change([](std::string_view label, schema::Event::Builder event) {
    if (label == "b1-paid") event.getLineMatched().setLine(1);
  });
  ASSERT_NO_FATAL_FAILURE(auditor.follow());
  auto const findings = auditor.findings();
  ASSERT_FALSE(findings.empty());
  EXPECT_THAT(findings[0].text.en, HasSubstr("matched with another already"));
}

// ---- what money was for

/// The findings of a scenario in which one event says something else.
std::vector<Finding> purposesOf(std::string_view file, Auditor::Change change) {
  Auditor auditor(file);
  auditor.change(std::move(change));
  auditor.follow();
  std::vector<Finding> found;
  for (auto& finding : auditor.findings()) {
    if (finding.kind == FindingKind::purpose) found.push_back(std::move(finding));
  }
  return found;
}

TEST(PurposeBound, ACostWithoutAnInvoiceBacksNoPayment) {
  auto const found = purposesOf("payment.md", [](std::string_view, schema::Event::Builder event) {
    if (!event.isCostVerified()) return;
    for (auto line : event.getCostVerified().getLines()) line.setInvoice("");
  });
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].text.en, HasSubstr("invoices and contracts back 0.00 yuan"));
  EXPECT_TRUE(found[0].amount);
  EXPECT_THAT(found[0].others, SizeIs(1)) << "the request";
}

TEST(PurposeBound, AnExcludedCostBacksNoPayment) {
  auto const found = purposesOf("payment.md", [](std::string_view, schema::Event::Builder event) {
    if (!event.isCostVerified()) return;
    for (auto line : event.getCostVerified().getLines()) line.setCategory(schema::CostCategory::MAINTENANCE);
  });
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].text.en, HasSubstr("back 0.00 yuan"));
}

TEST(PurposeBound, AnotherPayeeIsNamed) {
  auto const found = purposesOf("payment.md", [](std::string_view, schema::Event::Builder event) {
    if (event.isPaymentRequested()) event.getPaymentRequested().setPayee("91440300708461136T");
  });
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].text.en, HasSubstr("is not the project's enterprise"));
}

TEST(PurposeBound, MoreThanTheAwardIsNamed) {
  auto const found = purposesOf("payment.md", [](std::string_view, schema::Event::Builder event) {
    if (event.isAwardApproved()) event.getAwardApproved().setAmountFen(1);
  });
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].text.en, HasSubstr("the award is 0.01 yuan"));
}

TEST(PurposeBound, APaymentThatNobodyApprovedIsNamed) {
  Auditor auditor("payment.md");
  for (auto const* label : {"y1-approve", "y3-approve", "y1-approved", "y3-approved", "y1-ok", "y3-ok"}) {
    auditor.leaveOut(label);
  }
  auditor.change([](std::string_view, schema::Event::Builder event) {
    if (event.isPaymentApproved()) event.initPaymentReviewed();
  });
  ASSERT_NO_FATAL_FAILURE(auditor.follow());
  auto const findings = auditor.findings();
  ASSERT_FALSE(findings.empty());
  EXPECT_THAT(findings[0].text.en, HasSubstr("nobody approved the payment"));
}

TEST(PurposeBound, AnotherAccountThanTheApprovedOneIsNamed) {
  auto const found = purposesOf("payment.md", [](std::string_view, schema::Event::Builder event) {
    if (event.isPaymentSettled()) event.getPaymentSettled().setAccount("62220200001234567");
  });
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].text.en, HasSubstr("is not what was approved"));
}

TEST(PurposeBound, AnotherCitysMoneyIsNamed) {
  auto const found = purposesOf("payment.md", [](std::string_view, schema::Event::Builder event) {
    if (event.isTrancheIssued()) event.getTrancheIssued().setCity(440300);
  });
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].text.en, HasSubstr("another city's money"));
}

}  // namespace
}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
// Diversions that insiders plant: signed with real keys, in a tree that holds, under a checkpoint that the log's own
// key signed. Only the rules, asked again, can find them.

#include <gtest/gtest.h>

#include "ledger/domain/read.h"
#include "replay/report_text.h"
#include "replay/verify.h"
#include "tests/replay/each_profile.h"

namespace fundtrail::replay {
namespace {

using E = schema::Event::Which;

class Planted : public InEachProfile {
 protected:
  /// The history up to the batch that is planted in place of the real one, and a few real ones behind it.
  static Report reportOf(std::size_t position, batch::SignedBatch const& planted) {
    auto const batches = recorded();
    log::MemoryLog log(hash());
    write(log, batches.first(position));
    write(log, planted);
    write(log, batches.subspan(position + 1, std::min<std::size_t>(3, batches.size() - position - 1)));
    seal(log);
    return replayOf(log);
  }

  static void expectRule(Report const& report, std::string_view rule, Found const& at) {
    auto const batches = recorded();
    std::uint64_t number = at.event;
    for (std::size_t i = 0; i < at.batch; ++i) number += batches[i].batch.events.size();
    EXPECT_EQ(report.verdict, Verdict::findings) << toText(report, schema::Language::en);
    ASSERT_EQ(report.findings.size(), 1U) << toText(report, schema::Language::en);
    auto const& finding = report.findings.front();
    EXPECT_EQ(finding.kind, FindingKind::rule);
    EXPECT_EQ(finding.rule, rule) << finding.text.en;
    EXPECT_EQ(finding.batch, domain::BatchNumber(at.batch));
    EXPECT_EQ(finding.event, domain::EventNumber(number));
    EXPECT_EQ(report.proof.judged, number);
    EXPECT_EQ(report.notJudged, report.size.events - number - 1);
    EXPECT_EQ(report.proof.batches, report.size.batches) << "authenticity is checked to the end";
    EXPECT_FALSE(report.usedNumbersCompared);
  }

  /// Plants the change of the event, signed by its own author, and expects the rule that finds it.
  static void expectFound(Found const& at, std::function<void(schema::Event::Builder)> const& change,
                          std::string_view rule) {
    auto const& original = recorded()[at.batch].batch;
    expectRule(reportOf(at.batch, altered(original, at.event, change, authorOf(original))), rule, at);
  }
};

INSTANTIATE_TEST_SUITE_P(Profiles, Planted, eachProfile(), ProfileName());

TEST_P(Planted, NothingIsFoundWhereNothingIsChanged) {
  auto const at = find(E::PAYMENT_REQUESTED);
  auto const& [original, numbers] = recorded()[at.batch];
  auto const same = altered(
      original, at.event, [](schema::Event::Builder) {}, authorOf(original));
  EXPECT_EQ(same.statement, original.statement);
  EXPECT_EQ(same.events, original.events);
}

TEST_P(Planted, OneFenMoreThanTheAwardIsFound) {
  expectFound(
      find(E::PAYMENT_REQUESTED),
      [](schema::Event::Builder event) {
        auto body = event.getPaymentRequested();
        body.setAmountFen(body.getAmountFen() + 1);
        body.getDraws()[0].setAmountFen(body.getDraws()[0].getAmountFen() + 1);
      },
      "F3");
}

TEST_P(Planted, AnotherAccountIsFound) {
  expectFound(
      find(E::PAYMENT_REQUESTED),
      [](schema::Event::Builder event) { event.getPaymentRequested().setAccount("62220200001234567"); }, "F3");
}

TEST_P(Planted, AnotherAccountAtTheBankIsFound) {
  expectFound(
      find(E::PAYMENT_INSTRUCTED),
      [](schema::Event::Builder event) { event.getPaymentInstructed().setAccount("62220200001234567"); }, "F3");
}

TEST_P(Planted, SettlingOneFenMoreIsFound) {
  expectFound(
      find(E::PAYMENT_SETTLED),
      [](schema::Event::Builder event) {
        event.getPaymentSettled().setAmountFen(event.getPaymentSettled().getAmountFen() + 1);
      },
      "F4");
}

TEST_P(Planted, ReceivingMoreThanWasIssuedIsFound) {
  expectFound(
      find(E::TRANCHE_RECEIVED),
      [](schema::Event::Builder event) {
        event.getTrancheReceived().setAmountFen(100 * event.getTrancheReceived().getAmountFen());
      },
      "F1");
}

TEST_P(Planted, AnInvoiceUsedTwiceIsFound) {
  auto const first = find(E::COST_VERIFIED);
  schema::Message<schema::Event> const message(recorded()[first.batch].batch.events[first.event]);
  std::string const invoice = message.root().getCostVerified().getLines()[0].getInvoice();
  expectFound(
      find(E::COST_VERIFIED, 1),
      [&](schema::Event::Builder event) { event.getCostVerified().getLines()[0].setInvoice(invoice); }, "U1");
}

TEST_P(Planted, ApprovingOnesOwnRequestIsFound) {
  auto const at = find(E::PAYMENT_APPROVED);
  auto const& requested = recorded()[find(E::PAYMENT_REQUESTED).batch].batch;
  auto const& original = recorded()[at.batch].batch;
  auto const planted = altered(
      original, at.event, [](schema::Event::Builder) {}, authorOf(requested));
  expectRule(reportOf(at.batch, planted), "S1", {at.batch, 0});
}

TEST_P(Planted, ARevokedKeyIsFound) {
  auto const batches = recorded();
  auto const revocation = find(E::KEY_REVOKED);
  schema::Message<schema::Event> const message(batches[revocation.batch].batch.events[revocation.event]);
  auto const revoked = domain::readKeyId(message.root().getKeyRevoked().getKey());
  // The batch that the key signed last, and the first one behind the confirmation of its revocation.
  batch::SignedBatch const* signedByIt = nullptr;
  std::size_t confirmed = 0;
  tests::DomainLedger ledger(batches.front().batch);
  for (std::size_t i = 1; i < batches.size() && confirmed == 0; ++i) {
    auto const& signedBatch = batches[i].batch;
    schema::Message<schema::Statement> const statement(signedBatch.statement.bytes());
    if (domain::readKeyId(statement.root().getAuthorKey()) == revoked) signedByIt = &signedBatch;
    ASSERT_FALSE(ledger.submit(signedBatch));
    if (auto const* const key = ledger.state().keys.find(revoked); key && key->revoked) confirmed = i;
  }
  ASSERT_TRUE(signedByIt);
  ASSERT_LT(confirmed + 1, batches.size());
  auto const& replaced = batches[confirmed + 1].batch;
  auto const planted = altered(
      replaced, 0, [](schema::Event::Builder) {}, authorOf(*signedByIt));
  expectRule(reportOf(confirmed + 1, planted), "S1", {confirmed + 1, 0});
}

}  // namespace
}  // namespace fundtrail::replay

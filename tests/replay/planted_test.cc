// SPDX-License-Identifier: Apache-2.0
// Diversions that insiders plant: signed with real keys, in a tree that holds, under a checkpoint that the log's own
// key signed. Only the rules, asked again, can find them.

#include <gtest/gtest.h>

#include "ledger/domain/read.h"
#include "replay/report_text.h"
#include "replay/verify.h"
#include "tests/replay/history.h"

namespace fundtrail::replay {
namespace {

using E = schema::Event::Which;

/// The history up to the batch that is planted in place of the real one, and a few real ones behind it.
Report reportOf(std::size_t position, batch::SignedBatch const& planted) {
  auto const& batches = History::shared().batches;
  log::MemoryLog log(crypto::HashAlgorithm::sha256);
  write(log, std::span(batches).first(position));
  write(log, planted);
  write(log, std::span(batches).subspan(position + 1, std::min<std::size_t>(3, batches.size() - position - 1)));
  seal(log);
  return replayOf(log);
}

void expectRule(Report const& report, std::string_view rule, Found const& at) {
  auto const& batches = History::shared().batches;
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
void expectFound(Found const& at, std::function<void(schema::Event::Builder)> const& change, std::string_view rule) {
  auto const& original = History::shared().batches[at.batch].batch;
  expectRule(reportOf(at.batch, altered(original, at.event, change, authorOf(original))), rule, at);
}

TEST(Planted, NothingIsFoundWhereNothingIsChanged) {
  auto const at = find(E::PAYMENT_REQUESTED);
  auto const& [original, numbers] = History::shared().batches[at.batch];
  auto const same = altered(
      original, at.event, [](schema::Event::Builder) {}, authorOf(original));
  EXPECT_EQ(same, original);
}

TEST(Planted, OneFenMoreThanTheAwardIsFound) {
  expectFound(
      find(E::PAYMENT_REQUESTED),
      [](schema::Event::Builder event) {
        auto body = event.getPaymentRequested();
        body.setAmountFen(body.getAmountFen() + 1);
        body.getDraws()[0].setAmountFen(body.getDraws()[0].getAmountFen() + 1);
      },
      "F3");
}

TEST(Planted, AnotherAccountIsFound) {
  expectFound(
      find(E::PAYMENT_REQUESTED),
      [](schema::Event::Builder event) { event.getPaymentRequested().setAccount("62220200001234567"); }, "F3");
}

TEST(Planted, AnotherAccountAtTheBankIsFound) {
  expectFound(
      find(E::PAYMENT_INSTRUCTED),
      [](schema::Event::Builder event) { event.getPaymentInstructed().setAccount("62220200001234567"); }, "F3");
}

TEST(Planted, SettlingOneFenMoreIsFound) {
  expectFound(
      find(E::PAYMENT_SETTLED),
      [](schema::Event::Builder event) {
        event.getPaymentSettled().setAmountFen(event.getPaymentSettled().getAmountFen() + 1);
      },
      "F4");
}

TEST(Planted, ReceivingMoreThanWasIssuedIsFound) {
  expectFound(
      find(E::TRANCHE_RECEIVED),
      [](schema::Event::Builder event) {
        event.getTrancheReceived().setAmountFen(100 * event.getTrancheReceived().getAmountFen());
      },
      "F1");
}

TEST(Planted, AnInvoiceUsedTwiceIsFound) {
  auto const first = find(E::COST_VERIFIED);
  schema::Message<schema::Event> const message(History::shared().batches[first.batch].batch.events[first.event]);
  std::string const invoice = message.root().getCostVerified().getLines()[0].getInvoice();
  expectFound(
      find(E::COST_VERIFIED, 1),
      [&](schema::Event::Builder event) { event.getCostVerified().getLines()[0].setInvoice(invoice); }, "U1");
}

TEST(Planted, ApprovingOnesOwnRequestIsFound) {
  auto const at = find(E::PAYMENT_APPROVED);
  auto const& requested = History::shared().batches[find(E::PAYMENT_REQUESTED).batch].batch;
  auto const& original = History::shared().batches[at.batch].batch;
  auto const planted = altered(
      original, at.event, [](schema::Event::Builder) {}, authorOf(requested));
  expectRule(reportOf(at.batch, planted), "S1", {at.batch, 0});
}

TEST(Planted, ARevokedKeyIsFound) {
  auto const& history = History::shared();
  auto const revocation = find(E::KEY_REVOKED);
  schema::Message<schema::Event> const message(history.batches[revocation.batch].batch.events[revocation.event]);
  auto const revoked = domain::readKeyId(message.root().getKeyRevoked().getKey());
  // The batch that the key signed last, and the first one behind the confirmation of its revocation.
  batch::SignedBatch const* signedByIt = nullptr;
  std::size_t confirmed = 0;
  tests::DomainLedger ledger(history.batches.front().batch);
  for (std::size_t i = 1; i < history.batches.size() && confirmed == 0; ++i) {
    auto const& signedBatch = history.batches[i].batch;
    schema::Message<schema::Statement> const statement(signedBatch.statement.bytes());
    if (domain::readKeyId(statement.root().getAuthorKey()) == revoked) signedByIt = &signedBatch;
    ASSERT_FALSE(ledger.submit(signedBatch));
    if (auto const* const key = ledger.state().keys.find(revoked); key && key->revoked) confirmed = i;
  }
  ASSERT_TRUE(signedByIt);
  ASSERT_LT(confirmed + 1, history.batches.size());
  auto const& replaced = history.batches[confirmed + 1].batch;
  auto const planted = altered(
      replaced, 0, [](schema::Event::Builder) {}, authorOf(*signedByIt));
  expectRule(reportOf(confirmed + 1, planted), "S1", {confirmed + 1, 0});
}

}  // namespace
}  // namespace fundtrail::replay

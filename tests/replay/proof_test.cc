// SPDX-License-Identifier: Apache-2.0
// What a clean ledger's proof says, and under which trust.

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "replay/report_json.h"
#include "replay/report_text.h"
#include "replay/verify.h"
#include "tests/replay/each_profile.h"

namespace fundtrail::replay {
namespace {

using ledger::schema::Language;

class Proof : public InEachProfile {};
class ReportTest : public InEachProfile {};

INSTANTIATE_TEST_SUITE_P(Profiles, Proof, eachProfile(), ProfileName());
INSTANTIATE_TEST_SUITE_P(Profiles, ReportTest, eachProfile(), ProfileName());

TEST_P(Proof, OfACleanLedgerCoversEveryBatchAndEvent) {
  auto const log = logOf(recorded().size());
  auto const report = replayOf(*log);

  EXPECT_EQ(report.verdict, Verdict::proven) << toText(report, Language::en);
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.proof.batches, recorded().size());
  EXPECT_EQ(report.proof.signatures, recorded().size());
  EXPECT_EQ(report.proof.events, log->size().events);
  EXPECT_EQ(report.proof.judged, log->size().events);
  EXPECT_GT(report.proof.postings, 0U);
  EXPECT_EQ(report.proof.idempotencyKeys, recorded().size());
  EXPECT_GT(report.proof.usedNumbers, 0U);
  EXPECT_GE(report.proof.tiles, recorded().size() / 256 + 1);
  EXPECT_TRUE(report.usedNumbersCompared && report.idempotencyKeysCompared);
  EXPECT_EQ(report.notJudged, 0U);
  EXPECT_EQ(report.root, log->root());
  ASSERT_TRUE(report.checkpoint);
  EXPECT_EQ(report.checkpoint->size, recorded().size());
  ASSERT_TRUE(report.identity);
  EXPECT_EQ(report.identity->ledger, history().simulation.ledgerId());
  EXPECT_FALSE(report.identity->trusted);
}

TEST_P(Proof, IsTheSameOnAnyNumberOfThreads) {
  auto const log = logOf(recorded().size());
  auto const one = toJson(replayOf(*log, {}, 1));
  EXPECT_EQ(toJson(replayOf(*log, {}, 4)), one);
}

TEST_P(Proof, GivesEachCitysMoneyAsTheRulesHaveIt) {
  auto const count = recorded().size();
  auto const report = replayOf(*logOf(count));
  auto const ledger = ledgerAfter(count);
  EXPECT_EQ(report.cities.size(), 14U);
  for (auto const& totals : report.cities) {
    domain::Fen issued;
    domain::Fen paid;
    ledger.state().tranches.visit([&](domain::EventRef const&, domain::Tranche const& tranche) {
      if (tranche.city != totals.city) return;
      issued += tranche.issued;
      paid += tranche.sum(domain::Stage::paid);
    });
    EXPECT_EQ(totals.at(Account::outside), issued) << totals.city.text();
    EXPECT_EQ(totals.at(Account::paid), paid) << totals.city.text();
  }
}

TEST_P(Proof, RestsOnWhatTheAuditorBrings) {
  auto const log = logOf(3);
  auto const& simulation = history().simulation;
  auto const key = crypto::NoteVerifier::make("fundtrail.example/gd-sme-digital", simulation.logKey().publicKey());
  auto const report = replayOf(*log, {simulation.ledgerId(), *key, std::nullopt});
  EXPECT_EQ(report.verdict, Verdict::proven);
  EXPECT_TRUE(report.identity->trusted);
}

TEST_P(Proof, ContinuesTheCheckpointThatTheAuditorBrings) {
  auto const older = logOf(5);
  Trust trust;
  trust.checkpoint = KnownRoot{5, older->root()};
  auto const report = replayOf(*logOf(9), trust);
  EXPECT_EQ(report.verdict, Verdict::proven);
  EXPECT_EQ(report.continues, trust.checkpoint);
  EXPECT_TRUE(report.identity->trusted) << "a root fixes the founding batch too";
  EXPECT_NE(toText(report, Language::en).find("continues the checkpoint of 5 batches"), std::string::npos);
}

TEST_P(Proof, FailsWhereTheLogEndsBeforeTheCheckpointThatTheAuditorBrings) {
  Trust trust;
  trust.checkpoint = KnownRoot{9, logOf(9)->root()};
  auto const report = replayOf(*logOf(5), trust);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  ASSERT_EQ(kindsOf(report), std::vector{FindingKind::checkpoint});
  EXPECT_EQ(report.findings[0].batch, domain::BatchNumber(5));
  EXPECT_FALSE(report.continues);
}

TEST_P(Proof, FailsWhereThePastIsNotThatOfTheCheckpointThatTheAuditorBrings) {
  Trust trust;
  trust.checkpoint = KnownRoot{5, logOf(6)->root()};
  auto const report = replayOf(*logOf(9), trust);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  EXPECT_EQ(kindsOf(report), std::vector{FindingKind::checkpoint});
  EXPECT_FALSE(report.identity->trusted);
}

TEST_P(Proof, OfALogWithoutItsCheckpointFileNeedsACheckpointOfAllOfIt) {
  auto const log = logOf(9);
  Options options;
  options.hasCheckpointFile = false;
  options.auditedUntil = domain::Date::first();
  auto const verdictWith = [&](std::optional<KnownRoot> known) {
    Trust trust;
    trust.checkpoint = known;
    return verify(*log, trust, options)->verdict;
  };
  EXPECT_EQ(verdictWith({}), Verdict::tampered);
  EXPECT_EQ(verdictWith(KnownRoot{5, logOf(5)->root()}), Verdict::tampered)
      << "what came after may have been taken away";
  EXPECT_EQ(verdictWith(KnownRoot{9, log->root()}), Verdict::proven);
}

TEST_P(ReportTest, SaysHowFarTheProofReaches) {
  auto const log = logOf(5);
  auto const text = toText(replayOf(*log), Language::en);
  EXPECT_NE(text.find("5 batches, the last accepted 20"), std::string::npos) << text;
  EXPECT_NE(text.find("checkpoint 5 " + crypto::toBase64(log->root().view())), std::string::npos) << text;
}

TEST_P(Proof, FailsForAnotherLedgerThanTheTrustedOne) {
  auto const report = replayOf(*logOf(3), {domain::LedgerId(crypto::Digest{}), std::nullopt, std::nullopt});
  EXPECT_EQ(report.verdict, Verdict::tampered);
  EXPECT_EQ(kindsOf(report), std::vector{FindingKind::ledger});
}

TEST_P(Proof, FailsForAnotherLogKeyThanTheTrustedOne) {
  auto const other = strangersKey("other log");
  auto const key = crypto::NoteVerifier::make("fundtrail.example/gd-sme-digital", other.publicKey());
  auto const report = replayOf(*logOf(3), {std::nullopt, *key, std::nullopt});
  EXPECT_EQ(report.verdict, Verdict::tampered);
  EXPECT_EQ(kindsOf(report), (std::vector{FindingKind::ledger, FindingKind::checkpoint}));
}

TEST_P(Proof, NeedsABatchAtAll) {
  log::MemoryLog const empty(hash());
  auto const report = verify(empty, {}, {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, crypto::ErrorKind::notFound);
}

TEST_P(Proof, CoversBatchesBehindTheCheckpointOnlyWhileTheLedgerRuns) {
  auto const log = logOf(4);
  auto const& next = recorded()[4];
  write(*log, next.batch, next.numbers);
  auto const report = replayOf(*log);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  ASSERT_EQ(kindsOf(report), std::vector{FindingKind::checkpoint});
  EXPECT_EQ(report.findings[0].batch, domain::BatchNumber(4));

  Options options;
  options.live = true;
  EXPECT_EQ(verify(*log, {}, options)->verdict, Verdict::proven);
}

TEST_P(Proof, ReportsItsProgress) {
  auto const log = logOf(10);
  Options options;
  Progress last{};
  options.progress = [&](Progress const& progress) { last = progress; };
  verify(*log, {}, options).value();
  EXPECT_EQ(last.done, log->size());
  EXPECT_EQ(last.total, log->size());
}

TEST_P(ReportTest, AsJsonNamesTheVerdictAndTheFinding) {
  auto const log = logOf(3);
  auto const clean = boost::json::parse(toJson(replayOf(*log)));
  EXPECT_EQ(clean.at("verdict").as_string(), "proven");
  EXPECT_EQ(clean.at("proof").at("batches").as_int64(), 3);
  EXPECT_TRUE(clean.at("findings").as_array().empty());

  auto const other =
      boost::json::parse(toJson(replayOf(*log, {domain::LedgerId(crypto::Digest{}), std::nullopt, std::nullopt})));
  EXPECT_EQ(other.at("verdict").as_string(), "tampered");
  EXPECT_EQ(other.at("findings").at(0).at("kind").as_string(), "ledger");
  EXPECT_EQ(other.at("findings").at(0).at("batch").as_int64(), 0);
  EXPECT_TRUE(other.at("findings").at(0).at("event").is_null());
}

TEST_P(ReportTest, AsTextEndsWithTheVerdictInTheReadersLanguage) {
  auto const report = replayOf(*logOf(3));
  EXPECT_TRUE(toText(report, Language::en).ends_with("verdict: proven\n"));
  EXPECT_TRUE(toText(report, Language::zh).ends_with("结论：账本得到完整证明\n"));
}

}  // namespace
}  // namespace fundtrail::replay

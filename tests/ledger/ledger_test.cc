// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.h"

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "crypto/checkpoint.h"
#include "crypto/cosignature.h"
#include "crypto/keys.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "ledger/log/memory_log.h"
#include "tests/support/founders.h"
#include "tests/support/gm_people.h"
#include "tests/support/passing_log.h"

namespace fundtrail::ledger {
namespace {

using tests::Desk;

domain::Instant const kNow = domain::Instant::parse("2024-03-01T09:00:00.000+08:00").value();

/// A log that a test keeps in its hands while a ledger owns it, and that fails when told to.
class FailingLog final : public tests::PassingLog {
 public:
  using PassingLog::PassingLog;
  crypto::Result<void> append(std::span<log::PreparedBatch const> group) override {
    if (failAppend) return crypto::Error{crypto::ErrorKind::io, "no space"};
    auto const appended = PassingLog::append(group);
    ++appends;
    appends.notify_all();
    return appended;
  }
  crypto::Result<void> storeCheckpoint(std::string_view note) override {
    if (failCheckpoint) return crypto::Error{crypto::ErrorKind::io, "no space"};
    return PassingLog::storeCheckpoint(note);
  }
  std::atomic<bool> failAppend = false;
  std::atomic<bool> failCheckpoint = false;
  std::atomic<int> appends = 0;
};

class LedgerTest : public ::testing::TestWithParam<tests::People> {
 protected:
  LedgerTest()
      : genesis_(tests::foundingBatch(kNow, nullptr, GetParam())),
        id_(batch::ledgerIdOf(hash(), genesis_.statement.bytes())),
        desk_(id_, hash(), kNow, GetParam()) {
    EXPECT_TRUE(Ledger::found(*store_, genesis_, keyOf("log"), kNow));
    open();
  }

  void open() {
    ledger_.reset();
    auto log = std::make_unique<FailingLog>(store_);
    log_ = log.get();
    auto opened = Ledger::open(std::move(log), keyOf("log"), options());
    ASSERT_TRUE(opened) << opened.error().message;
    ledger_ = std::move(*opened);
  }

  static Options options() {
    Options options;
    options.clock = [](domain::Instant authoredAt) { return authoredAt; };
    return options;
  }

  Outcome submit(batch::SignedBatch batch) { return ledger_->submit(std::move(batch)).get(); }

  static crypto::HashAlgorithm hash() { return GetParam().hash(); }
  static crypto::PrivateKey keyOf(std::string_view person) { return GetParam().keyOf(person); }

  static std::string enrolment(std::string_view person) {
    auto const key = keyOf(person);
    return fmt::format(
        R"({{"occurredOn":20240301,"keyEnrolled":{{"person":"{}","personName":"name","organisation":"office",)"
        R"("algorithm":"{}","publicKey":"{}"}}}})",
        person, key.algorithm() == crypto::KeyAlgorithm::sm2 ? "sm2" : "ed25519",
        crypto::toHex(key.publicKey().spki()));
  }
  static std::string confirmation(domain::EventRef const& change) {
    return fmt::format(R"({{"occurredOn":20240301,"changeConfirmed":{{"change":"{}","outcome":"pass"}}}})",
                       change.text());
  }
  static std::string grant(std::string_view person, std::string_view role) {
    return fmt::format(R"({{"occurredOn":20240301,"roleGranted":{{"person":"{}","role":"{}","region":440000,)"
                       R"("validFrom":20240101,"validTo":20261231}}}})",
                       person, role);
  }

  /// Two administrators give a person a key and a role.
  void appoint(std::string_view person, std::string_view role) {
    for (auto const& json : {enrolment(person), grant(person, role)}) {
      auto const change = desk_.event(json);
      for (auto const& [signer, event] :
           {std::pair{"sec-1", change}, std::pair{"sec-2", desk_.event(confirmation(desk_.refOf(change)))}}) {
        EXPECT_TRUE(std::holds_alternative<Recorded>(submit(desk_.sign(signer, {event}))));
      }
    }
  }

  std::shared_ptr<log::MemoryLog> store_ = std::make_shared<log::MemoryLog>(hash());
  batch::SignedBatch genesis_;
  domain::LedgerId id_;
  Desk desk_;
  FailingLog* log_ = nullptr;
  std::unique_ptr<Ledger> ledger_;
};

TEST_P(LedgerTest, AFoundedLogIsSealedBeforeItIsOpened) {
  auto const founded = std::make_shared<log::MemoryLog>(hash());
  ASSERT_TRUE(Ledger::found(*founded, genesis_, keyOf("log"), kNow));

  auto const sealed = founded->checkpoint().value();

  ASSERT_TRUE(sealed);
  auto const checkpoint = crypto::parseCheckpoint(crypto::parseNote(*sealed).value().text).value();
  EXPECT_EQ(checkpoint.size, 1U);
  EXPECT_EQ(checkpoint.root, founded->root());
}

TEST_P(LedgerTest, ReceiptMeansThatTheBatchIsInTheLogUnderASignedCheckpoint) {
  auto const outcome = submit(desk_.sign("sec-1", {desk_.event(enrolment("anna")), desk_.event(enrolment("bo"))}));

  auto const& recorded = std::get<Recorded>(outcome);
  EXPECT_EQ(recorded.batch, domain::BatchNumber(1));
  EXPECT_EQ(recorded.firstEvent, domain::EventNumber(0));
  EXPECT_EQ(recorded.eventCount, 2U);
  EXPECT_EQ(recorded.treeSize, 2U);
  EXPECT_FALSE(recorded.again);
  EXPECT_EQ(store_->size(), (log::LogSize{2, 2}));
  auto const note = crypto::parseNote(ledger_->checkpoint()).value();
  auto const checkpoint = crypto::parseCheckpoint(note.text).value();
  EXPECT_EQ(checkpoint.size, 2U);
  EXPECT_EQ(checkpoint.root, store_->root());
  std::array const known{crypto::NoteVerifier::make("fundtrail.example/test", keyOf("log").publicKey()).value()};
  EXPECT_TRUE(crypto::verifyNote(note, known));
  EXPECT_EQ(store_->checkpoint().value(), ledger_->checkpoint());
}

TEST_P(LedgerTest, TheSameBatchTwiceIsRecordedOnce) {
  auto const batch = desk_.sign("sec-1", {desk_.event(enrolment("anna"))});
  auto const first = std::get<Recorded>(submit(batch));

  auto const again = std::get<Recorded>(submit(batch));

  EXPECT_TRUE(again.again);
  EXPECT_EQ(again.batch, first.batch);
  EXPECT_EQ(again.firstEvent, first.firstEvent);
  EXPECT_EQ(store_->size().batches, 2U);
}

TEST_P(LedgerTest, TheSameBatchTwiceInAFlightIsRecordedOnce) {
  auto const batch = desk_.sign("sec-1", {desk_.event(enrolment("anna"))});
  auto first = ledger_->submit(batch);
  auto second = ledger_->submit(batch);

  EXPECT_FALSE(std::get<Recorded>(first.get()).again);
  EXPECT_TRUE(std::get<Recorded>(second.get()).again);
  EXPECT_EQ(store_->size().batches, 2U);
}

TEST_P(LedgerTest, AnIdempotencyKeyForOtherBytesIsAConflict) {
  batch::EventList one;
  one.append(desk_.event(enrolment("anna")).bytes());
  batch::EventList other;
  other.append(desk_.event(enrolment("bo")).bytes());
  batch::IdempotencyKey const key{7};
  auto const algorithm = hash();
  EXPECT_TRUE(std::holds_alternative<Recorded>(submit(batch::sign(id_, algorithm, keyOf("sec-1"), kNow, key, one))));

  auto const outcome = submit(batch::sign(id_, algorithm, keyOf("sec-1"), kNow, key, other));

  EXPECT_EQ(std::get<crypto::Error>(outcome).kind, crypto::ErrorKind::conflict);
  EXPECT_EQ(store_->size().batches, 2U);
  // Another author's key of the same bytes is another key.
  EXPECT_TRUE(std::holds_alternative<Recorded>(submit(batch::sign(id_, algorithm, keyOf("sec-2"), kNow, key, other))));
}

TEST_P(LedgerTest, ARefusedBatchLeavesNothingBehind) {
  auto const enrolled = desk_.event(enrolment("anna"));
  // The author confirms her own change: rule S1 refuses the second event, and with it the first.
  auto const outcome = submit(desk_.sign("sec-1", {enrolled, desk_.event(confirmation(desk_.refOf(enrolled)))}));

  auto const& refused = std::get<BatchRefused>(outcome);
  EXPECT_EQ(refused.event, 1U);
  EXPECT_EQ(refused.refusal.rule->id, "S1");
  EXPECT_EQ(store_->size(), (log::LogSize{1, 0}));
  ledger_->inspect([&](domain::State const& state) { EXPECT_EQ(state.pending.size(), 0U); });
}

TEST_P(LedgerTest, ABatchSignedForAnotherLedgerIsBadInput) {
  Desk elsewhere(domain::LedgerId(crypto::Digest{}), hash(), kNow, GetParam());
  auto const outcome = submit(elsewhere.sign("sec-1", {elsewhere.event(enrolment("anna"))}));
  EXPECT_EQ(std::get<crypto::Error>(outcome).kind, crypto::ErrorKind::badInput);
  EXPECT_EQ(store_->size().batches, 1U);
}

TEST_P(LedgerTest, ASignatureThatDoesNotHoldIsDenied) {
  auto batch = desk_.sign("sec-1", {desk_.event(enrolment("anna"))});
  batch.signature[10] ^= 1;
  EXPECT_EQ(std::get<crypto::Error>(submit(batch)).kind, crypto::ErrorKind::denied);
  EXPECT_EQ(store_->size().batches, 1U);
}

TEST_P(LedgerTest, EventsThatWereNotSignedAreBadInput) {
  auto batch = desk_.sign("sec-1", {desk_.event(enrolment("anna"))});
  batch.events = {};
  batch.events.append(desk_.event(enrolment("bo")).bytes());
  EXPECT_EQ(std::get<crypto::Error>(submit(batch)).kind, crypto::ErrorKind::badInput);
}

TEST_P(LedgerTest, AnUnknownKeyIsRefusedByRuleS1) {
  auto const outcome = submit(desk_.sign("nobody", {desk_.event(enrolment("anna"))}));
  EXPECT_EQ(std::get<BatchRefused>(outcome).refusal.rule->id, "S1");
}

TEST_P(LedgerTest, ASecondGenesisIsBadInput) {
  EXPECT_EQ(std::get<crypto::Error>(submit(genesis_)).kind, crypto::ErrorKind::badInput);
}

TEST_P(LedgerTest, AKeyEnrolledByTheBatchBeforeSignsTheNextWithoutWaiting) {
  auto const enrolled = desk_.event(enrolment("anna"));
  auto const granted = desk_.event(grant("anna", "provinceIndustry"));
  std::vector<std::future<Outcome>> answers;
  answers.push_back(ledger_->submit(desk_.sign("sec-1", {enrolled})));
  answers.push_back(ledger_->submit(desk_.sign("sec-2", {desk_.event(confirmation(desk_.refOf(enrolled)))})));
  answers.push_back(ledger_->submit(desk_.sign("sec-1", {granted})));
  answers.push_back(ledger_->submit(desk_.sign("sec-2", {desk_.event(confirmation(desk_.refOf(granted)))})));
  answers.push_back(ledger_->submit(desk_.sign(
      "anna",
      {desk_.event(
          R"({"occurredOn":20240301,"cityDesignated":{"city":441900,"region":"pearlRiverDelta","minEnterprises":350}})")})));
  for (auto& answer : answers) EXPECT_TRUE(std::holds_alternative<Recorded>(answer.get()));
}

TEST_P(LedgerTest, AReversalMayNameAnEarlierEventOfItsOwnBatch) {
  appoint("anna", "provinceIndustry");
  appoint("bo", "provinceFinance");
  ASSERT_TRUE(std::holds_alternative<Recorded>(submit(desk_.sign(
      "anna",
      {desk_.event(
          R"({"occurredOn":20240301,"cityDesignated":{"city":441900,"region":"pearlRiverDelta","minEnterprises":350}})")}))));
  auto const issued = desk_.event(
      R"({"occurredOn":20240301,"trancheIssued":{"city":441900,"number":"粤财工〔2024〕1号","level":"province",)"
      R"("kind":"prepayment","year":2024,"amountFen":"100"}})");
  auto const adjusted = desk_.event(fmt::format(
      R"({{"occurredOn":20240301,"trancheAdjusted":{{"tranche":"{}","number":"粤财工〔2024〕2号","changeFen":"5"}}}})",
      desk_.refOf(issued).text()));
  auto const reversal = [&](std::uint64_t number) {
    return desk_.event(fmt::format(
        R"({{"occurredOn":20240301,"eventReversed":{{"event":"{}","number":"{}","reason":"wrong document"}}}})",
        desk_.refOf(adjusted).text(), number));
  };
  auto const next = store_->size().events;

  // Neither itself nor an event behind it: the past ends before the event at hand.
  for (auto const later : {next + 2, next + 3}) {
    auto const refused = submit(desk_.sign("bo", {issued, adjusted, reversal(later)}));
    EXPECT_EQ(std::get<BatchRefused>(refused).refusal.rule->id, "E3");
  }
  auto const outcome = submit(desk_.sign("bo", {issued, adjusted, reversal(next + 1)}));

  EXPECT_TRUE(std::holds_alternative<Recorded>(outcome));
  open();  // what the ledger found lawful, the fold finds lawful
}

TEST_P(LedgerTest, OpeningAgainGivesTheSameStateAndGoesOn) {
  auto const enrolled = desk_.event(enrolment("anna"));
  auto const first = desk_.sign("sec-1", {enrolled});
  EXPECT_TRUE(std::holds_alternative<Recorded>(submit(first)));
  EXPECT_TRUE(std::holds_alternative<Recorded>(
      submit(desk_.sign("sec-2", {desk_.event(confirmation(desk_.refOf(enrolled)))}))));
  std::optional<domain::State> before;
  ledger_->inspect([&](domain::State const& state) { before = state; });
  auto const checkpoint = ledger_->checkpoint();

  open();

  ledger_->inspect([&](domain::State const& state) { EXPECT_EQ(state, *before); });
  EXPECT_EQ(ledger_->checkpoint(), checkpoint);
  EXPECT_TRUE(std::get<Recorded>(submit(first)).again);
  auto const granted = desk_.event(grant("anna", "provinceFinance"));
  EXPECT_EQ(std::get<Recorded>(submit(desk_.sign("sec-1", {granted}))).batch, domain::BatchNumber(3));
}

TEST_P(LedgerTest, AnAppendThatFailsIsAnsweredAsAnErrorAndEndsTheWriting) {
  log_->failAppend = true;
  auto const batch = desk_.sign("sec-1", {desk_.event(enrolment("anna"))});
  EXPECT_EQ(std::get<crypto::Error>(submit(batch)).kind, crypto::ErrorKind::io);
  log_->failAppend = false;
  EXPECT_EQ(std::get<crypto::Error>(submit(desk_.sign("sec-1", {desk_.event(enrolment("bo"))}))).kind,
            crypto::ErrorKind::io);
  EXPECT_EQ(store_->size().batches, 1U);

  open();

  EXPECT_FALSE(std::get<Recorded>(submit(batch)).again);
}

TEST_P(LedgerTest, WhatIsDurableWithoutACheckpointIsSignedForOnOpening) {
  log_->failCheckpoint = true;
  auto const batch = desk_.sign("sec-1", {desk_.event(enrolment("anna"))});
  EXPECT_EQ(std::get<crypto::Error>(submit(batch)).kind, crypto::ErrorKind::io);
  EXPECT_EQ(store_->size().batches, 2U);

  open();

  auto const text = crypto::parseNote(ledger_->checkpoint()).value().text;
  EXPECT_EQ(crypto::parseCheckpoint(text).value().size, 2U);
  EXPECT_TRUE(std::get<Recorded>(submit(batch)).again);
}

TEST_P(LedgerTest, ManySubmittersAreEachAnsweredOnceAndInOnePlace) {
  static constexpr int kThreads = 8;
  static constexpr int kEach = 40;
  std::vector<std::vector<batch::SignedBatch>> batches(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    for (int i = 0; i < kEach; ++i) {
      batches[static_cast<std::size_t>(t)].push_back(
          desk_.sign(t % 2 == 0 ? "sec-1" : "sec-2", {desk_.event(enrolment(fmt::format("p-{}-{}", t, i)))}));
    }
  }
  std::mutex mutex;
  std::set<std::uint64_t> places;
  std::vector<std::thread> threads;
  for (auto& mine : batches) {
    threads.emplace_back([&] {
      for (auto& batch : mine) {
        auto const recorded = std::get<Recorded>(ledger_->submit(batch).get());
        std::lock_guard const lock(mutex);
        EXPECT_TRUE(places.insert(recorded.batch.value()).second);
        EXPECT_GT(recorded.treeSize, recorded.batch.value());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  ledger_->drain();
  EXPECT_EQ(places.size(), static_cast<std::size_t>(kThreads * kEach));
  EXPECT_EQ(store_->size().batches, static_cast<std::uint64_t>(kThreads * kEach) + 1);
}

TEST_P(LedgerTest, AStreamOfRefusalsDoesNotKeepALawfulBatchFromTheDisk) {
  constexpr std::size_t kGroup = 4;
  std::promise<void> submitted;
  int asked = 0;
  bool writtenBeforeTheNext = false;
  ledger_.reset();
  auto log = std::make_unique<FailingLog>(store_);
  log_ = log.get();
  auto streaming = options();
  streaming.maxGroupBatches = kGroup;
  streaming.clock = [&](domain::Instant authoredAt) {
    if (++asked == 1) {
      submitted.get_future().wait();
    } else {
      auto const written = std::async(std::launch::async, [&] { log_->appends.wait(0); });
      writtenBeforeTheNext = written.wait_for(std::chrono::seconds(10)) == std::future_status::ready;
      if (!writtenBeforeTheNext) {  // lets the watcher go
        ++log_->appends;
        log_->appends.notify_all();
      }
    }
    return authoredAt;
  };
  ledger_ = Ledger::open(std::move(log), keyOf("log"), streaming).value();
  auto forged = desk_.sign("sec-1", {desk_.event(enrolment("eve"))});
  forged.signature[10] ^= 1;

  auto first = ledger_->submit(desk_.sign("sec-1", {desk_.event(enrolment("anna"))}));
  std::vector<std::future<Outcome>> stream;
  for (std::size_t i = 0; i < 4 * kGroup; ++i) stream.push_back(ledger_->submit(forged));
  auto last = ledger_->submit(desk_.sign("sec-1", {desk_.event(enrolment("bo"))}));
  submitted.set_value();

  EXPECT_TRUE(std::holds_alternative<Recorded>(first.get()));
  EXPECT_TRUE(std::holds_alternative<Recorded>(last.get()));
  EXPECT_TRUE(writtenBeforeTheNext);
}

TEST_P(LedgerTest, WhoDoesNotWaitIsToldThatTheQueueIsFullAndThenNothingHappened) {
  ledger_.reset();
  auto narrow = options();
  narrow.queueCapacity = 1;
  ledger_ = Ledger::open(std::make_unique<FailingLog>(store_), keyOf("log"), std::move(narrow)).value();
  std::vector<batch::SignedBatch> batches;
  for (int i = 0; i < 6; ++i)
    batches.push_back(desk_.sign("sec-1", {desk_.event(enrolment(fmt::format("anna-{}", i)))}));
  std::atomic<int> answered = 0;
  int taken = 0;
  // No batch is sequenced while somebody looks at the state.
  ledger_->inspect([&](domain::State const&) {
    for (auto const& batch : batches) {
      if (ledger_->trySubmit(batch, [&](Outcome const& outcome) {
            EXPECT_TRUE(std::holds_alternative<Recorded>(outcome));
            ++answered;
          })) {
        ++taken;
      }
    }
  });
  ledger_->drain();
  EXPECT_GE(taken, 1);
  EXPECT_LT(taken, 6);
  EXPECT_EQ(answered, taken);
  EXPECT_EQ(ledger_->log().size().events, static_cast<std::uint64_t>(taken));
}

TEST_P(LedgerTest, JudgingSaysWhatWouldComeOfABatchAndLeavesEverythingAsItWas) {
  auto const change = desk_.event(enrolment("anna"));
  auto const lawful = desk_.sign("sec-1", {change});
  auto const unlawful = desk_.sign("sec-1", {change, desk_.event(confirmation(desk_.refOf(change)))});
  domain::State before;
  ledger_->inspect([&](domain::State const& state) { before = state; });

  EXPECT_TRUE(std::holds_alternative<Lawful>(ledger_->judge(lawful)));
  auto const refused = ledger_->judge(unlawful);
  ASSERT_TRUE(std::holds_alternative<BatchRefused>(refused));
  EXPECT_EQ(std::get<BatchRefused>(refused).event, 1U);

  ledger_->inspect([&](domain::State const& state) { EXPECT_TRUE(state == before); });
  EXPECT_EQ(ledger_->log().size().events, 0U);
  ASSERT_TRUE(std::holds_alternative<Recorded>(submit(lawful)));
  auto const again = ledger_->judge(lawful);
  ASSERT_TRUE(std::holds_alternative<Recorded>(again));
  EXPECT_TRUE(std::get<Recorded>(again).again);
}

TEST_P(LedgerTest, ClosingAnswersWhatWasTaken) {
  std::vector<std::future<Outcome>> answers;
  for (int i = 0; i < 50; ++i)
    answers.push_back(ledger_->submit(desk_.sign("sec-1", {desk_.event(enrolment(fmt::format("p{}", i)))})));
  ledger_.reset();
  for (auto& answer : answers) EXPECT_TRUE(std::holds_alternative<Recorded>(answer.get()));
}

TEST_P(LedgerTest, AForeignLogKeyIsDenied) {
  ledger_.reset();
  auto const opened = Ledger::open(std::make_unique<FailingLog>(store_), keyOf("another"), options());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, crypto::ErrorKind::denied);
}

INSTANTIATE_TEST_SUITE_P(Profiles, LedgerTest, ::testing::ValuesIn(tests::bothProfiles()), tests::ProfileName());

class TwoLogKeys : public testing::Test {
 protected:
  static crypto::PrivateKey sm2() { return crypto::PrivateKey::generate(crypto::KeyAlgorithm::sm2).value(); }

  TwoLogKeys() : second_(sm2()), genesis_(tests::foundingBatch(kNow, &second_.publicKey())) {}

  LogKeys keys() { return {tests::keyOf("log"), std::move(second_)}; }

  std::vector<crypto::NoteVerifier> verifiers() const {
    return {crypto::NoteVerifier::make("fundtrail.example/test", tests::keyOf("log").publicKey()).value(),
            crypto::NoteVerifier::make("fundtrail.example/test", second_.publicKey()).value()};
  }

  crypto::PrivateKey second_;
  batch::SignedBatch genesis_;
  log::MemoryLog log_{crypto::HashAlgorithm::sha256};
};

TEST_F(TwoLogKeys, EachSignsEveryCheckpoint) {
  auto const known = verifiers();
  ASSERT_TRUE(Ledger::found(log_, genesis_, keys(), kNow));
  auto const note = crypto::parseNote(log_.checkpoint()->value()).value();
  EXPECT_EQ(note.lines.size(), 2U);
  EXPECT_THAT(crypto::verifyNote(note, known).value(), testing::ElementsAre(0, 1));
}

TEST_F(TwoLogKeys, OneOfThemAloneIsDenied) {
  EXPECT_FALSE(Ledger::found(log_, genesis_, tests::keyOf("log"), kNow));
  EXPECT_FALSE(Ledger::found(log_, genesis_, {tests::keyOf("log"), sm2()}, kNow));
  EXPECT_EQ(log_.size().batches, 0U);
}

TEST_F(TwoLogKeys, OnlyAnSm2KeyMayBeTheSecond) {
  auto const another = tests::keyOf("another");
  auto const genesis = tests::foundingBatch(kNow, &another.publicKey());
  auto const founded = Ledger::found(log_, genesis, {tests::keyOf("log"), tests::keyOf("another")}, kNow);
  ASSERT_FALSE(founded);
  EXPECT_THAT(founded.error().message, testing::HasSubstr("must be an SM2 key"));
}

TEST_P(LedgerTest, OpeningKeepsTheCosignaturesOfTheNewestCheckpoint) {
  ledger_.reset();
  auto const note = store_->checkpoint()->value();
  auto const witness = crypto::Cosigner::make("witness.example", keyOf("witness")).value();
  auto const cosigned = note + witness.signatureLine(crypto::parseNote(note)->text, 1'700'000'000);
  ASSERT_TRUE(store_->storeCheckpoint(cosigned));
  ledger_ = Ledger::open(std::make_unique<FailingLog>(store_), keyOf("log"), options()).value();
  EXPECT_EQ(ledger_->checkpoint(), cosigned);
  EXPECT_EQ(store_->checkpoint()->value(), cosigned);
}

TEST_P(LedgerTest, AnEmptyLogIsNotALedger) {
  auto const empty = std::make_shared<log::MemoryLog>(hash());
  auto const opened = Ledger::open(std::make_unique<FailingLog>(empty), keyOf("log"), options());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, crypto::ErrorKind::notFound);
}

TEST_P(LedgerTest, ALogWithAnUnlawfulEventDoesNotOpen) {
  ledger_.reset();
  auto const enrolled = desk_.event(enrolment("anna"));
  auto const bad = desk_.sign("sec-1", {enrolled, desk_.event(confirmation(desk_.refOf(enrolled)))});
  auto const entry = batch::makeEntry(bad, kNow, domain::EventNumber(0));
  auto const events = bad.events.views();
  log::PreparedBatch const planted[] = {
      {entry.bytes(), events, domain::KeyId(keyOf("sec-1").publicKey().fingerprint(hash())), {9}, {}}};
  ASSERT_TRUE(store_->append(planted));
  auto const opened = Ledger::open(std::make_unique<FailingLog>(store_), keyOf("log"), options());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, crypto::ErrorKind::corrupt);
  EXPECT_NE(opened.error().message.find("S1"), std::string::npos);
  EXPECT_NE(opened.error().zh.find("违反规则 S1"), std::string::npos) << opened.error().zh;
}

TEST_P(LedgerTest, TheClockNeverRunsBackwardsInTheLog) {
  desk_.at(domain::Instant::parse("2024-03-02T09:00:00.000+08:00").value());
  auto const later = std::get<Recorded>(submit(desk_.sign("sec-1", {desk_.event(enrolment("anna"))})));
  desk_.at(kNow);
  auto const earlier = std::get<Recorded>(submit(desk_.sign("sec-1", {desk_.event(enrolment("bo"))})));
  EXPECT_EQ(earlier.acceptedAt, later.acceptedAt);
}

using LedgerDeathTest = LedgerTest;
INSTANTIATE_TEST_SUITE_P(Profiles, LedgerDeathTest, ::testing::ValuesIn(tests::bothProfiles()), tests::ProfileName());

TEST_P(LedgerDeathTest, OpeningWithOptionsThatWouldWaitForEverIsABug) {
  ledger_.reset();
  auto const dies = [&](auto const& spoil) {
    auto spoilt = options();
    spoil(spoilt);
    EXPECT_DEATH(static_cast<void>(Ledger::open(std::make_unique<FailingLog>(store_), keyOf("log"), std::move(spoilt))),
                 "bug:");
  };
  dies([](Options& options) { options.checkThreads = 0; });
  dies([](Options& options) { options.queueCapacity = 0; });
  dies([](Options& options) { options.maxGroupEvents = 0; });
  dies([](Options& options) { options.maxGroupBatches = 0; });
}

}  // namespace
}  // namespace fundtrail::ledger

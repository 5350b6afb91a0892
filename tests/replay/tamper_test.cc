// SPDX-License-Identifier: Apache-2.0
// What someone does to a log who holds the disk, with and without the log's own key.

#include <gtest/gtest.h>

#include "ledger/domain/read.h"
#include "replay/report_text.h"
#include "replay/verify.h"
#include "tests/replay/each_profile.h"
#include "tests/support/passing_log.h"

namespace fundtrail::replay {
namespace {

constexpr std::size_t kBatches = 24;

/// Shows the checkpoint of another log: whoever rewrites a log without its key has no other.
class Rewritten final : public tests::PassingLog {
 public:
  Rewritten(std::shared_ptr<log::EventLog> inner, std::string checkpoint)
      : PassingLog(std::move(inner)), checkpoint_(std::move(checkpoint)) {}
  crypto::Result<std::optional<std::string>> checkpoint() const override { return std::optional(checkpoint_); }

 private:
  std::string checkpoint_;
};

class Tampering : public InEachProfile {
 protected:
  static std::vector<Recorded> beginning() {
    auto const all = recorded().first(kBatches);
    return {all.begin(), all.end()};
  }

  static std::shared_ptr<log::MemoryLog> logOf(std::vector<Recorded> const& batches) {
    auto log = std::make_shared<log::MemoryLog>(hash());
    write(*log, batches);
    return log;
  }

  static std::string checkpointOf(std::vector<Recorded> const& batches) {
    auto const log = logOf(batches);
    seal(*log);
    return **log->checkpoint();
  }

  void expectTampered(std::vector<Recorded> const& rewritten, std::string_view what, std::size_t batch) const {
    auto const report = replayOf(Rewritten(logOf(rewritten), checkpoint_));
    EXPECT_EQ(report.verdict, Verdict::tampered) << what << " " << batch << "\n"
                                                 << toText(report, schema::Language::en);
    EXPECT_FALSE(report.findings.empty());
  }

  std::string checkpoint_ = checkpointOf(beginning());
};

INSTANTIATE_TEST_SUITE_P(Profiles, Tampering, eachProfile(), ProfileName());

TEST_P(Tampering, TheUnchangedBeginningIsProven) {
  EXPECT_EQ(replayOf(Rewritten(logOf(beginning()), checkpointOf(beginning()))).verdict, Verdict::proven);
}

TEST_P(Tampering, DroppingAnyBatchIsNoticed) {
  for (std::size_t i = 0; i < kBatches; ++i) {
    auto batches = beginning();
    batches.erase(batches.begin() + static_cast<std::ptrdiff_t>(i));
    expectTampered(batches, "dropped", i);
  }
}

TEST_P(Tampering, SwappingAnyTwoNeighboursIsNoticed) {
  for (std::size_t i = 0; i + 1 < kBatches; ++i) {
    auto batches = beginning();
    std::swap(batches[i], batches[i + 1]);
    expectTampered(batches, "swapped", i);
  }
}

TEST_P(Tampering, DuplicatingAnyBatchIsNoticed) {
  for (std::size_t i = 0; i < kBatches; ++i) {
    auto batches = beginning();
    batches.insert(batches.begin() + static_cast<std::ptrdiff_t>(i), batches[i]);
    expectTampered(batches, "duplicated", i);
  }
}

TEST_P(Tampering, ABatchThatStandsTwiceIsNamedEvenUnderTheLogsOwnSignature) {
  auto batches = beginning();
  batches.push_back(batches.back());
  auto const log = logOf(batches);
  seal(*log);
  auto const report = replayOf(*log);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  ASSERT_EQ(report.findings.size(), 1U) << toText(report, schema::Language::en);
  EXPECT_EQ(report.findings[0].kind, FindingKind::duplicate);
  EXPECT_EQ(report.findings[0].batch, domain::BatchNumber(kBatches));
}

TEST_P(Tampering, ACheckpointByAnotherKeyIsNoticed) {
  auto const log = logOf(beginning());
  replay::seal(*log, strangersKey("another"));
  auto const report = replayOf(*log);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  EXPECT_EQ(kindsOf(report), std::vector{FindingKind::checkpoint});
  EXPECT_FALSE(report.checkpoint);
}

TEST_P(Tampering, AMissingCheckpointIsNoticed) {
  auto const report = replayOf(*logOf(beginning()));
  EXPECT_EQ(report.verdict, Verdict::tampered);
  EXPECT_EQ(kindsOf(report), std::vector{FindingKind::checkpoint});
}

TEST_P(Tampering, AForgedSignatureIsNamedEvenUnderTheLogsOwnSignature) {
  auto batches = beginning();
  batches[kBatches - 2].batch.signature[10] ^= 0x10;
  auto const log = logOf(batches);
  seal(*log);
  auto const report = replayOf(*log);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  ASSERT_EQ(kindsOf(report), std::vector{FindingKind::signature});
  EXPECT_EQ(report.findings[0].batch, domain::BatchNumber(kBatches - 2));
  EXPECT_EQ(report.proof.signatures, kBatches - 1);
  EXPECT_EQ(report.notJudged, batches[kBatches - 2].batch.events.size() + batches[kBatches - 1].batch.events.size());
}

TEST_P(Tampering, AnAuthorWhomNobodyEnrolledIsNamed) {
  auto batches = beginning();
  auto& last = batches.back();
  last.batch = altered(
      last.batch, 0, [](schema::Event::Builder) {}, strangersKey("nobody"));
  auto const log = logOf(batches);
  seal(*log);
  auto const report = replayOf(*log);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  EXPECT_EQ(kindsOf(report), std::vector{FindingKind::signature});
}

TEST_P(Tampering, EventsThatTheirAuthorDidNotSignAreNamed) {
  auto batches = beginning();
  auto& last = batches.back().batch;
  auto const other = altered(
      last, 0, [](schema::Event::Builder event) { event.setOccurredOn(20240105); }, authorOf(last));
  last.events = other.events;
  auto const log = logOf(batches);
  seal(*log);
  auto const report = replayOf(*log);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  ASSERT_EQ(kindsOf(report), std::vector{FindingKind::entry});
  EXPECT_EQ(report.findings[0].batch, domain::BatchNumber(kBatches - 1));
}

TEST_P(Tampering, AnEventThatIsNoneIsNamedByItsNumber) {
  auto batches = beginning();
  auto& last = batches.back().batch;
  batch::EventList events;
  for (std::size_t i = 0; i + 1 < last.events.size(); ++i) events.append(last.events[i]);
  events.append(std::array<std::uint8_t, 16>{0xff});
  auto const number = [&] {
    std::uint64_t sum = 0;
    for (auto const& recorded : batches) sum += recorded.batch.events.size();
    return domain::EventNumber(sum - 1);
  }();
  last.events = std::move(events);
  auto const log = logOf(batches);
  seal(*log);
  auto const report = replayOf(*log);
  ASSERT_EQ(kindsOf(report), std::vector{FindingKind::entry});
  EXPECT_EQ(report.findings[0].event, number);
}

/// Says that an event that the rules ask for again is another one than was read in order.
class TwoFaced final : public tests::PassingLog {
 public:
  using PassingLog::PassingLog;
  std::unique_ptr<log::Cursor> read(domain::BatchNumber from) const override {
    // Whoever asks for a batch in the middle gets the one before it.
    return PassingLog::read(from.value() == 0 ? from : domain::BatchNumber(from.value() - 1));
  }
};

TEST_P(Tampering, ALogThatShowsTheRulesAnotherPastIsNoticed) {
  auto const reversal = find(schema::Event::Which::EVENT_REVERSED);
  auto const past = recorded().first(reversal.batch + 1);
  auto const inner = logOf({past.begin(), past.end()});
  seal(*inner);
  auto const report = replayOf(TwoFaced(inner));
  EXPECT_EQ(report.verdict, Verdict::tampered);
  EXPECT_EQ(kindsOf(report), std::vector{FindingKind::damage});
}

TEST_P(Tampering, IndexesThatHoldMoreOrLessAreNoticed) {
  auto const count = find(schema::Event::Which::TRANCHE_ISSUED).batch + 1;
  auto const all = recorded().first(count);
  std::vector<Recorded> batches(all.begin(), all.end());
  ASSERT_FALSE(batches.back().numbers.empty());

  auto fewer = batches;
  fewer.back().numbers.pop_back();
  auto more = batches;
  more.back().numbers.push_back(domain::UsedNumber::of(domain::NumberKind::invoice, 0, "none"));
  for (auto const& doctored : {fewer, more}) {
    auto const log = logOf(doctored);
    seal(*log);
    auto const report = replayOf(*log);
    EXPECT_EQ(report.verdict, Verdict::tampered);
    EXPECT_EQ(kindsOf(report), std::vector{FindingKind::index}) << toText(report, schema::Language::en);
  }
}

}  // namespace
}  // namespace fundtrail::replay

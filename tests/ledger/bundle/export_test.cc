// SPDX-License-Identifier: Apache-2.0
// Exporting: what is written, and how it goes on where it was cut off.

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <random>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "crypto/note.h"
#include "ledger/bundle/container.h"
#include "replay/verify.h"
#include "tests/ledger/bundle/reframed.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/replay/each_profile.h"
#include "tests/support/passing_log.h"

namespace fundtrail::ledger::bundle::testing {
namespace {

namespace fs = std::filesystem;
using crypto::Bytes;
using crypto::ErrorKind;

constexpr std::size_t kBatches = 60;

Request small() {
  return {.frameBytes = 8192};
}

class ExportTest : public replay::InEachProfile {
 protected:
  crypto::Result<Exported> toFile(log::EventLog const& log, Request const& request = small(),
                                  Progress const& progress = {}) const {
    return write(log, attestation::Attestations(directory_ / "attestations"), request, file(), progress);
  }
  fs::path file() const { return directory_ / "bundle"; }
  fs::path part() const { return directory_ / "bundle.part"; }
  void begin(Bytes const& whole, std::size_t length) const {
    fs::remove(file());
    writeBytes(part(), crypto::BytesView(whole).first(length));
  }

  /// What a child process that runs this exits with; -1 if a signal ended it.
  static int inAChild(std::function<int()> const& run) {
    auto const child = ::fork();
    if (child == 0) ::_exit(run());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  ::fundtrail::testing::TemporaryDirectory directory_;
};

TEST_P(ExportTest, HoldsTheWholeLog) {
  auto const log = logOf(kBatches);
  auto const exported = toFile(*log).value();
  EXPECT_EQ(exported.size, log->size());
  EXPECT_EQ(exported.checkpoint.size, kBatches);
  EXPECT_EQ(exported.leftOut, 0U);
  EXPECT_EQ(exported.resumedAt, 0U);
  EXPECT_EQ(exported.bytes, fs::file_size(file()));
  EXPECT_FALSE(fs::exists(part()));

  auto const bundle = BundleLog::open({file()}).value();
  EXPECT_EQ(bundle->size(), log->size());
  EXPECT_EQ(bundle->root(), log->root());
  EXPECT_EQ(bundle->checkpoint().value(), log->checkpoint().value());
  for (std::uint64_t i = 0; i < kBatches; ++i) {
    EXPECT_EQ(bundle->entry(domain::BatchNumber(i)).value(), log->entry(domain::BatchNumber(i)).value());
  }
  for (std::uint64_t i = 0; i < log->size().events; ++i) {
    domain::EventNumber const number(i);
    EXPECT_EQ(bundle->event(number).value(), log->event(number).value());
    EXPECT_EQ(bundle->batchOf(number).value(), log->batchOf(number).value());
  }
  EXPECT_EQ(bundle->tile({0, 0}).value(), log->tile({0, 0}).value());
  EXPECT_EQ(bundle->entry(domain::BatchNumber(kBatches)).error().kind, ErrorKind::notFound);
  EXPECT_EQ(bundle->event(domain::EventNumber(log->size().events)).error().kind, ErrorKind::notFound);
  EXPECT_EQ(bundle->tile({1, 0}).error().kind, ErrorKind::notFound);
  EXPECT_EQ(bundle->append({}).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(bundle->storeCheckpoint("").error().kind, ErrorKind::unsupported);
}

TEST_P(ExportTest, AReplayOfItSaysWhatOneOfTheLogSays) {
  auto const log = logOf(history().batches.size());
  ASSERT_TRUE(toFile(*log, {.frameBytes = 100'000}));
  auto const bundle = BundleLog::open({file()}).value();
  auto const expected = replay::replayOf(*log);
  auto const report = replay::replayOf(*bundle);
  EXPECT_EQ(report.verdict, expected.verdict);
  EXPECT_TRUE(report.findings.empty());
  EXPECT_TRUE(expected.findings.empty());
  EXPECT_EQ(report.root, expected.root);
  EXPECT_EQ(report.checkpoint, expected.checkpoint);
  EXPECT_EQ(report.proof.batches, expected.proof.batches);
  EXPECT_EQ(report.proof.signatures, expected.proof.signatures);
  EXPECT_EQ(report.proof.judged, expected.proof.judged);
  EXPECT_EQ(report.proof.postings, expected.proof.postings);
  ASSERT_EQ(report.cities.size(), expected.cities.size());
  for (std::size_t i = 0; i < report.cities.size(); ++i) {
    EXPECT_EQ(report.cities[i].balances, expected.cities[i].balances);
  }
  // What a bundle does not carry is not passed over in silence.
  EXPECT_FALSE(report.tilesCompared || report.usedNumbersCompared || report.idempotencyKeysCompared);
  EXPECT_EQ(report.proof.tiles, 0U);
  EXPECT_TRUE(expected.tilesCompared && expected.usedNumbersCompared && expected.idempotencyKeysCompared);
}

TEST_P(ExportTest, GoesOnWhereItWasCutOffAndIsTheSameFile) {
  auto const log = logOf(kBatches);
  auto const whole = exported(*log, small());
  std::vector<std::size_t> lengths{0, 1, whole.size() - 1, whole.size()};
  std::size_t boundary = 0;
  while (auto const length = frameLength(crypto::BytesView(whole).subspan(boundary))) {
    boundary += *length;
    lengths.insert(lengths.end(), {boundary - 1, boundary, std::min(boundary + 1, whole.size())});
  }
  ASSERT_GT(lengths.size(), 15U);
  std::mt19937 random(5);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same cuts in every run
  for (int i = 0; i < 20; ++i) lengths.push_back(random() % whole.size());
  for (auto const length : lengths) {
    begin(whole, length);
    auto const resumed = toFile(*log);
    ASSERT_TRUE(resumed) << length << resumed.error().message;
    EXPECT_EQ(readBytes(file()), whole) << length;
  }
  begin(whole, whole.size() / 2);
  EXPECT_GT(toFile(*log)->resumedAt, 0U);
}

TEST_P(ExportTest, GoesOnFromWhatIsSoundAlone) {
  auto const log = logOf(kBatches);
  auto const whole = exported(*log, small());
  for (std::size_t at = 0; at < whole.size(); at += whole.size() / 40) {
    auto damaged = whole;
    damaged[at] ^= 0x20;
    begin(damaged, damaged.size());
    auto const resumed = toFile(*log);
    // A part whose beginning does not say what it is is nobody's: it is written anew.
    ASSERT_TRUE(resumed) << at << resumed.error().message;
    EXPECT_EQ(readBytes(file()), whole) << at;
  }
  // Soundly framed, but another event: the batch's author did not sign that.
  auto frames = takenApart(whole);
  for (auto& record : frames[1]) {
    if (record.type == RecordType::event) record.body.back() ^= 1;
  }
  auto const altered = putTogether(frames);
  begin(altered, altered.size());
  ASSERT_TRUE(toFile(*log));
  EXPECT_EQ(readBytes(file()), whole);
}

TEST_P(ExportTest, OfALogThatHasGrownEndsWhereItWasToEnd) {
  auto const whole = exported(*logOf(kBatches), small());
  auto const grown = logOf(kBatches + 7);
  begin(whole, whole.size() / 2);
  auto const resumed = toFile(*grown).value();
  EXPECT_EQ(resumed.checkpoint.size, kBatches);
  EXPECT_EQ(readBytes(file()), whole);
  auto const rest = exported(*grown, {.from = kBatches});
  EXPECT_EQ(openBytes({whole, rest}).value()->size(), grown->size());
}

TEST_P(ExportTest, DoesNotGoOnFromAnotherRequestOrHistory) {
  auto const log = logOf(kBatches);
  auto const whole = exported(*log, small());
  begin(whole, whole.size() / 2);
  auto const before = readBytes(part());
  EXPECT_EQ(toFile(*log, {.from = 3}).error().kind, ErrorKind::conflict);
  EXPECT_EQ(toFile(*logOf(kBatches - 1)).error().kind, ErrorKind::conflict) << "a log never shrinks";

  // The same log key, another history: batch 5 stands where batch 4 stood.
  log::MemoryLog other(hash());
  auto const& batches = history().batches;
  for (std::size_t i = 0; i <= kBatches; ++i) {
    if (i != 4) replay::write(other, batches[i].batch, batches[i].numbers);
  }
  seal(other);
  EXPECT_EQ(toFile(other).error().kind, ErrorKind::conflict);
  EXPECT_EQ(readBytes(part()), before) << "what is not ours stays as it was";
  EXPECT_FALSE(fs::exists(file()));
}

TEST_P(ExportTest, KilledAtAnyFrameGoesOn) {
  auto const log = logOf(kBatches);
  auto const whole = exported(*log, small());
  for (int frames = 1; frames <= 4; ++frames) {
    fs::remove(file());
    auto const exit = inAChild([&] {
      int left = frames;
      (void)toFile(*log, small(), [&](std::uint64_t, std::uint64_t) {
        if (--left == 0) ::raise(SIGKILL);
      });
      return 0;
    });
    ASSERT_EQ(exit, -1);
    EXPECT_FALSE(fs::exists(file())) << "nothing half done under the final name";
    EXPECT_GT(fs::file_size(part()), 0U);
    auto const resumed = toFile(*log).value();
    EXPECT_GT(resumed.resumedAt, 0U);
    EXPECT_EQ(readBytes(file()), whole);
  }
}

TEST_P(ExportTest, WithoutRoomOnTheDiskSaysSoAndGoesOnLater) {
  auto const log = logOf(kBatches);
  auto const whole = exported(*log, small());
  auto const exit = inAChild([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit const most{whole.size() / 2, whole.size() / 2};
    if (::setrlimit(RLIMIT_FSIZE, &most) != 0) return 3;
    auto const failed = toFile(*log);
    if (failed) return 1;
    return failed.error().kind == ErrorKind::io && !failed.error().zh.empty() ? 0 : 2;
  });
  EXPECT_EQ(exit, 0);
  EXPECT_FALSE(fs::exists(file()));
  EXPECT_TRUE(toFile(*log));
  EXPECT_EQ(readBytes(file()), whole);
}

TEST_P(ExportTest, OverwritesNothingAndWaitsForNobody) {
  auto const log = logOf(kBatches);
  writeBytes(file(), crypto::asBytes("mine"));
  EXPECT_EQ(toFile(*log).error().kind, ErrorKind::conflict);
  EXPECT_EQ(crypto::asText(readBytes(file())), "mine");
  fs::remove(file());

  files::Descriptor const other(::open(part().c_str(), O_RDWR | O_CREAT, S_IRUSR | S_IWUSR));
  ASSERT_EQ(::flock(other.number(), LOCK_EX), 0);
  EXPECT_EQ(toFile(*log).error().kind, ErrorKind::conflict);

  attestation::Attestations const none(directory_ / "attestations");
  EXPECT_EQ(write(*log, none, small(), directory_ / "absent" / "bundle").error().kind, ErrorKind::notFound);
}

TEST_P(ExportTest, NeedsACheckpointWithBatchesToCover) {
  log::MemoryLog empty(hash());
  EXPECT_EQ(toFile(empty).error().kind, ErrorKind::notFound);
  auto const log = logOf(kBatches);
  EXPECT_EQ(toFile(*log, {.from = kBatches}).error().kind, ErrorKind::badInput);
  EXPECT_EQ(toFile(*log, {.from = kBatches + 1}).error().kind, ErrorKind::badInput);
}

/// A log that shows another event than the one that was signed.
class AlteredLog final : public tests::PassingLog {
 public:
  using PassingLog::PassingLog;
  std::unique_ptr<log::Cursor> read(domain::BatchNumber from) const override {
    class Altered final : public log::Cursor {
     public:
      explicit Altered(std::unique_ptr<log::Cursor> inner) : inner_(std::move(inner)) {}
      crypto::Result<std::optional<log::StoredBatch>> next() override {
        auto batch = inner_->next();
        if (!batch || !*batch || (*batch)->number.value() != 30) return batch;
        auto& event = (*batch)->events.front();
        bytes_.assign(event.begin(), event.end());
        bytes_.back() ^= 1;
        event = bytes_;
        return batch;
      }

     private:
      std::unique_ptr<log::Cursor> inner_;
      Bytes bytes_;
    };
    return std::make_unique<Altered>(PassingLog::read(from));
  }
};

TEST_P(ExportTest, OfADamagedLogIsRefused) {
  AlteredLog const log(logOf(kBatches));
  auto const failed = toFile(log);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::corrupt);
  EXPECT_NE(failed.error().message.find("batch 30"), std::string::npos) << failed.error().message;
  EXPECT_FALSE(fs::exists(file()));
}

TEST_P(ExportTest, CarriesWhatOutsidersSaidOfItsCheckpointsAndTheLogsOwnWord) {
  auto const log = logOf(kBatches);
  attestation::Attestations const beside(directory_ / "attestations");
  auto const earlier = *logOf(20)->checkpoint().value();
  auto const later = *logOf(kBatches + 1)->checkpoint().value();
  auto const lock = beside.lock().value();
  ASSERT_TRUE(beside.keep(earlier, true));
  ASSERT_TRUE(beside.keep(*log->checkpoint().value(), false));
  ASSERT_TRUE(beside.keep(attestation::Stamp{earlier, {1, 2, 3}}));
  ASSERT_TRUE(beside.keep(attestation::Stamp{later, {4, 5, 6}}));
  auto request = small();
  request.policies = {"quorum none\n"};
  ASSERT_TRUE(toFile(*log, request));

  auto const bundle = BundleLog::open({file()}).value();
  EXPECT_EQ(bundle->beside().notes, (std::vector{*log->checkpoint().value(), earlier}));
  ASSERT_EQ(bundle->beside().stamps.size(), 1U) << "of a later checkpoint the next bundle has it";
  EXPECT_EQ(bundle->beside().stamps.front().token, (Bytes{1, 2, 3}));
  EXPECT_EQ(bundle->beside().policies, std::vector<std::string>{"quorum none\n"});
  auto const trust = replay::parseTrust(bundle->beside().trust).value();
  EXPECT_EQ(trust.ledger, history().simulation.ledgerId());
  EXPECT_EQ(trust.checkpoint, (replay::KnownRoot{kBatches, log->root()}));
  auto const report = replay::replayOf(*bundle, trust);
  EXPECT_TRUE(report.findings.empty());
  EXPECT_TRUE(report.continues && report.identity->trusted);
}

INSTANTIATE_TEST_SUITE_P(Profiles, ExportTest, replay::eachProfile(), replay::ProfileName());

}  // namespace
}  // namespace fundtrail::ledger::bundle::testing

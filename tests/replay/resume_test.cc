// SPDX-License-Identifier: Apache-2.0
// A replay that goes on from what earlier runs have verified.

#include "replay/resume.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include <boost/json.hpp>
#include <capnp/message.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/checkpoint.h"
#include "crypto/note.h"
#include "ledger/log/memory_log.h"
#include "replay/interruption.h"
#include "replay/progress_bar.h"
#include "replay/report_json.h"
#include "replay/report_text.h"
#include "replay/verify.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/replay/history.h"
#include "tests/support/gm_people.h"
#include "tests/support/passing_log.h"

namespace fundtrail::replay {
namespace {

namespace fs = std::filesystem;
using ledger::schema::Language;

constexpr std::string_view kProgram = "1.0 0011aa";
auto const kThen = *domain::Instant::fromMilliseconds(1'790'000'000'000);

/// What one run came to.
struct Verified {
  crypto::Result<Report> report;
  std::optional<VerifiedBeginning> reached;
};

Verified run(log::EventLog const& log, Options options) {
  std::optional<VerifiedBeginning> reached;
  options.threads = 2;
  options.reached = [&](VerifiedBeginning const& beginning) {
    EXPECT_GE(beginning.batches, reached ? reached->batches : 0);
    reached = beginning;
  };
  auto report = verify(log, {}, options);
  return {std::move(report), reached};
}

Options resuming(VerifiedBeginning const& beginning) {
  Options options;
  options.resume = goneOn({}, beginning, kThen);
  return options;
}

/// What a run over the first batches has verified.
VerifiedBeginning verifiedUpTo(std::size_t batches) {
  return run(*logOf(batches), {}).reached.value();
}

/// The report without what says that signatures were taken over.
std::string apartFromResuming(Report report) {
  report.takenOver.reset();
  auto json = boost::json::parse(toJson(report));
  for (auto& part : json.at("parts").as_array()) {
    auto& granted = part.at("granted").as_array();
    auto const resumed = std::ranges::find_if(granted, [](boost::json::value const& text) {
      return std::string_view(text.at("en").as_string()).find("--resume") != std::string_view::npos;
    });
    if (resumed != granted.end()) granted.erase(resumed);
  }
  return boost::json::serialize(json);
}

std::string textOf(Report const& report) {
  return toText(report, Language::en);
}

// ---- the file

Resume someResume() {
  auto const ledger = History::shared().simulation.ledgerId();
  auto first = goneOn({}, {ledger, 40, crypto::hash(crypto::HashAlgorithm::sha256, {})}, kThen);
  return goneOn(first, {ledger, 50, crypto::hash(crypto::HashAlgorithm::sm3, {})}, kThen);
}

TEST(ResumeFile, SaysWhatWasWritten) {
  auto const text = formatResume(someResume(), kProgram);
  EXPECT_EQ(parseResume(text, kProgram).value(), someResume());
  EXPECT_EQ(text.find("verified 40 2026-"), text.find("verified 4")) << text;
}

TEST(ResumeFile, CountsARunOnlyIfItCameFurther) {
  auto const before = someResume();
  EXPECT_EQ(goneOn(before, before.beginning, kThen), before);
  auto resume = before;
  for (std::uint64_t batches = 51; batches < 51 + kMaxRuns; ++batches) {
    resume = goneOn(resume, {before.beginning.ledger, batches, before.beginning.root}, kThen);
  }
  EXPECT_EQ(resume.runs.size(), kMaxRuns);
  EXPECT_EQ(resume.runs.front().batches, 51U);
  EXPECT_EQ(parseResume(formatResume(resume, kProgram), kProgram).value(), resume);
}

TEST(ResumeFile, IsRefusedIfAnyByteIsChangedDroppedOrAdded) {
  auto const text = formatResume(someResume(), kProgram);
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(parseResume(changed, kProgram)) << i;
    EXPECT_FALSE(parseResume(text.substr(0, i), kProgram)) << i;
    EXPECT_FALSE(parseResume(text.substr(0, i) + " " + text.substr(i), kProgram)) << i;
  }
  EXPECT_FALSE(parseResume(text + "\n", kProgram));
  EXPECT_FALSE(parseResume(text + text, kProgram));
}

TEST(ResumeFile, OfAnotherBuildIsRefused) {
  auto const refused = parseResume(formatResume(someResume(), "1.0 0011ab"), kProgram);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, crypto::ErrorKind::conflict);
  EXPECT_NE(refused.error().message.find("0011ab"), std::string::npos);
  EXPECT_NE(refused.error().zh.find("0011ab"), std::string::npos);
}

TEST(ResumeFile, ThatOthersMayWriteIsRefused) {
  testing::TemporaryDirectory const directory;
  auto const file = directory / "resume";
  EXPECT_FALSE(readResume(file, kProgram).value()) << "there is none yet";
  ASSERT_TRUE(writeResume(file, someResume(), kProgram));
  EXPECT_EQ(readResume(file, kProgram).value(), someResume());
  for (auto const others : {fs::perms::group_write, fs::perms::others_write}) {
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write | others);
    auto const refused = readResume(file, kProgram);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, crypto::ErrorKind::denied);
  }
}

RC_GTEST_PROP(ResumeFile, NeverFailsOtherwiseWhateverTheText, (std::string const& text)) {
  RC_ASSERT(!parseResume(text, kProgram));
  RC_ASSERT(!parseResume("fundtrail-replay resume file 1\n" + text, kProgram));
}

// ---- the same report

TEST(Resume, GivesTheReportOfARunInOneGoFromAnyCut) {
  auto const count = History::shared().batches.size();
  auto const log = logOf(count);
  auto const whole = run(*log, {});
  ASSERT_EQ(whole.report->verdict, Verdict::proven);
  EXPECT_EQ(whole.reached, (VerifiedBeginning{History::shared().simulation.ledgerId(), count, log->root()}));
  auto const once = apartFromResuming(*whole.report);
  // The founding batch alone, the edges of a tile, and everything.
  std::set<std::size_t> cuts{1, 2, 255, 256, 257, count - 1, count};
  for (std::size_t cut = 3; cut < count; cut += 397) cuts.insert(cut);
  for (auto const cut : cuts) {
    auto const resumed = run(*log, resuming(verifiedUpTo(cut)));
    ASSERT_TRUE(resumed.report) << cut << ": " << resumed.report.error().message;
    EXPECT_EQ(apartFromResuming(*resumed.report), once) << cut;
    EXPECT_EQ(resumed.report->takenOver->beginning.batches, cut);
    EXPECT_EQ(resumed.reached, whole.reached) << cut;
  }
}

TEST(Resume, SaysWhatWasTakenOverAndOfWhen) {
  auto const report = *run(*logOf(40), resuming(verifiedUpTo(30))).report;
  auto const said = textOf(report);
  EXPECT_NE(said.find("the first 30 were verified by earlier runs (the last one " + kThen.text()), std::string::npos)
      << said;
  EXPECT_NE(toText(report, Language::zh).find("前 30 批的签名由先前的运行验证"), std::string::npos);
  auto const json = boost::json::parse(toJson(report));
  EXPECT_EQ(json.at("takenOver").at("size").as_int64(), 30);
  EXPECT_EQ(json.at("takenOver").at("runs").at(0).at("at").as_string(), kThen.text());
  EXPECT_TRUE(boost::json::parse(toJson(*run(*logOf(40), {}).report)).at("takenOver").is_null());
}

/// Founders of the gm profile, who enrol clerks.
std::unique_ptr<log::MemoryLog> gmLog(std::size_t batches) {
  auto const people = tests::gmPeople();
  auto const now = *domain::Instant::fromMilliseconds(1'709'280'000'000);
  auto const founding = tests::foundingBatch(now, nullptr, people);
  auto log = std::make_unique<log::MemoryLog>(people.hash());
  write(*log, founding);
  tests::Desk desk(batch::ledgerIdOf(people.hash(), founding.statement.bytes()), people.hash(), now, people);
  for (std::size_t i = 1; i + 1 < batches; i += 2) {
    auto const person = fmt::format("clerk-{}", i);
    auto const change = desk.event(fmt::format(
        R"({{"occurredOn":20240301,"keyEnrolled":{{"person":"{}","personName":"{}","organisation":"office",)"
        R"("algorithm":"sm2","publicKey":"{}"}}}})",
        person, person, crypto::toHex(people.keyOf(person).publicKey().spki())));
    write(*log, desk.sign("sec-1", {change}));
    write(*log,
          desk.sign("sec-2", {desk.event(fmt::format(
                                 R"({{"occurredOn":20240301,"changeConfirmed":{{"change":"{}","outcome":"pass"}}}})",
                                 desk.refOf(change).text()))}));
  }
  auto const signer = crypto::NoteSigner::make("fundtrail.example/test", people.keyOf("log")).value();
  auto const text = crypto::formatCheckpoint({"fundtrail.example/test", log->size().batches, log->root()});
  log->storeCheckpoint(crypto::formatNote(text, std::vector{signer.signatureLine(text)})).value();
  return log;
}

/// The same bytes again, without indexes and checkpoint: signatures by SM2 keys differ whenever they are made.
std::unique_ptr<log::MemoryLog> beginningOf(log::EventLog const& whole, std::size_t batches) {
  auto log = std::make_unique<log::MemoryLog>(whole.hashAlgorithm());
  auto const cursor = whole.read(domain::BatchNumber(0));
  log::IdempotencyKey key{};
  while (key[0] < batches) {
    auto const batch = **cursor->next();
    ++key[0];
    log::PreparedBatch const prepared[] = {{batch.entry, batch.events, domain::KeyId(crypto::Digest{}), key, {}}};
    log->append(prepared).value();
  }
  return log;
}

TEST(Resume, GivesTheReportOfARunInOneGoFromAnyCutInTheGmProfile) {
  constexpr std::size_t kBatches = 9;
  auto const log = gmLog(kBatches);
  auto const whole = run(*log, {});
  ASSERT_EQ(whole.report->verdict, Verdict::proven) << textOf(*whole.report);
  for (std::size_t cut = 1; cut <= kBatches; cut += 2) {
    auto const resumed = run(*log, resuming(run(*beginningOf(*log, cut), {}).reached.value()));
    ASSERT_TRUE(resumed.report) << resumed.report.error().message;
    EXPECT_EQ(apartFromResuming(*resumed.report), apartFromResuming(*whole.report)) << cut;
  }
}

// ---- what is not the same

constexpr std::size_t kCut = 16;
constexpr std::size_t kAll = 24;

std::vector<Recorded> someBatches() {
  auto const all = std::span(History::shared().batches).first(kAll);
  return {all.begin(), all.end()};
}

std::unique_ptr<log::MemoryLog> sealed(std::vector<Recorded> const& batches) {
  auto log = std::make_unique<log::MemoryLog>(crypto::HashAlgorithm::sha256);
  write(*log, batches);
  seal(*log);
  return log;
}

void expectMisfit(Verified const& run, std::string_view words) {
  ASSERT_FALSE(run.report);
  EXPECT_EQ(run.report.error().kind, crypto::ErrorKind::conflict);
  EXPECT_NE(run.report.error().message.find(words), std::string::npos) << run.report.error().message;
  EXPECT_FALSE(run.report.error().zh.empty());
  EXPECT_FALSE(run.reached) << "the file must stay as it is";
}

TEST(Resume, NoticesThatTheLogsOwnerRewroteWhatWasVerifiedBefore) {
  auto const verified = verifiedUpTo(kCut);
  for (std::size_t i = 1; i < kCut; ++i) {
    auto forged = someBatches();
    forged[i].batch.signature[10] ^= 1;
    expectMisfit(run(*sealed(forged), resuming(verified)), "not those that your earlier run verified");
    auto dropped = someBatches();
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(i));
    expectMisfit(run(*sealed(dropped), resuming(verified)), "not those that your earlier run verified");
  }
}

TEST(Resume, NoticesAForgedSignatureBehindTheCut) {
  auto const verified = verifiedUpTo(kCut);
  for (std::size_t i = kCut; i < kAll; ++i) {
    auto forged = someBatches();
    forged[i].batch.signature[10] ^= 1;
    auto const resumed = run(*sealed(forged), resuming(verified));
    ASSERT_TRUE(resumed.report);
    EXPECT_EQ(kindsOf(*resumed.report).front(), FindingKind::signature) << i;
    EXPECT_EQ(resumed.reached->batches, i) << "as far as all of it is authentic";
  }
}

/// Shows other bodies than those whose hashes were signed.
class Altered final : public tests::PassingLog {
 public:
  Altered(std::shared_ptr<log::EventLog> inner, std::uint64_t batch) : PassingLog(std::move(inner)), batch_(batch) {}
  std::unique_ptr<log::Cursor> read(domain::BatchNumber from) const override {
    return std::make_unique<Reading>(PassingLog::read(from), batch_);
  }

 private:
  class Reading final : public log::Cursor {
   public:
    Reading(std::unique_ptr<log::Cursor> inner, std::uint64_t batch) : inner_(std::move(inner)), batch_(batch) {}
    crypto::Result<std::optional<log::StoredBatch>> next() override {
      auto batch = inner_->next();
      if (!batch || !*batch || (*batch)->number.value() != batch_) return batch;
      auto& body = (*batch)->events.front();
      altered_.assign(body.begin(), body.end());
      altered_[altered_.size() / 2] ^= 1;
      body = altered_;
      return batch;
    }

   private:
    std::unique_ptr<log::Cursor> inner_;
    std::uint64_t batch_;
    crypto::Bytes altered_;
  };
  std::uint64_t batch_;
};

TEST(Resume, NoticesABodyThatWasChangedBeforeOrBehindTheCut) {
  auto const verified = verifiedUpTo(kCut);
  std::shared_ptr const log = sealed(someBatches());
  for (std::uint64_t i = 1; i < kAll; ++i) {
    Altered const altered(log, i);
    auto const once = run(altered, {});
    auto const resumed = run(altered, resuming(verified));
    ASSERT_TRUE(resumed.report) << i << " " << resumed.report.error().message;
    EXPECT_EQ(resumed.report->verdict, Verdict::tampered);
    EXPECT_EQ(apartFromResuming(*resumed.report), apartFromResuming(*once.report)) << i;
  }
}

TEST(Resume, NoticesThatTheLogIsShorterThanWhatWasVerified) {
  expectMisfit(run(*logOf(kCut - 1), resuming(verifiedUpTo(kCut))), "are not all here");
}

TEST(Resume, RefusesTheFileOfAnotherLedger) {
  auto const other = run(*gmLog(3), {}).reached.value();
  expectMisfit(run(*logOf(kCut), resuming(other)), "of another ledger");
}

TEST(Resume, SaysNothingOfALogThatIsNotAuthenticFromItsFirstBatchOn) {
  auto forged = someBatches();
  forged[0].batch.signature[10] ^= 1;
  EXPECT_FALSE(run(*sealed(forged), {}).reached);
}

TEST(Resume, ComesAsFarAsEverythingIsAuthenticAndFindsTheSameAgain) {
  auto forged = someBatches();
  forged[kCut].batch.signature[10] ^= 1;
  auto const log = sealed(forged);
  auto const once = run(*log, {});
  EXPECT_EQ(once.reached->batches, kCut);
  auto const again = run(*log, resuming(*once.reached));
  EXPECT_EQ(apartFromResuming(*again.report), apartFromResuming(*once.report));
  EXPECT_EQ(again.reached, once.reached);
}

// ---- interrupted

TEST(Resume, GoesOnWhereARunWasInterrupted) {
  auto const log = logOf(History::shared().batches.size());
  auto const once = apartFromResuming(*run(*log, {}).report);
  std::optional<Resume> resume;
  int interruptions = 0;
  for (bool ended = false; !ended;) {
    Options options;
    options.resume = resume;
    std::uint64_t const before = resume ? resume->beginning.batches : 0;
    std::uint64_t done = 0;
    options.progress = [&](Progress const& progress) { done = progress.done.batches; };
    options.interrupted = [&] { return done > before; };
    auto const run = replay::run(*log, options);
    ASSERT_TRUE(run.report);
    ended = !run.report->interrupted;
    if (ended) {
      EXPECT_EQ(apartFromResuming(*run.report), once);
    } else {
      ++interruptions;
      EXPECT_EQ(run.report->verdict, Verdict::notProven);
      ASSERT_TRUE(run.reached);
      EXPECT_GT(run.reached->batches, before);
      resume = goneOn(resume, *run.reached, kThen);
    }
  }
  EXPECT_GE(interruptions, 3) << "the history is long enough to be interrupted";
}

TEST(Resume, KeepsTheFileAsItIsWhenInterruptedBeforeTheRootIsKnownToBeTheSame) {
  auto const log = logOf(History::shared().batches.size());
  auto options = resuming(run(*log, {}).reached.value());
  options.interrupted = [] { return true; };
  auto const early = run(*log, options);
  EXPECT_TRUE(early.report->interrupted);
  EXPECT_FALSE(early.reached);
}

/// Somebody presses Ctrl-C while a batch is read.
class Pressed final : public tests::PassingLog {
 public:
  Pressed(std::shared_ptr<log::EventLog> inner, std::uint64_t batch) : PassingLog(std::move(inner)), batch_(batch) {}
  std::unique_ptr<log::Cursor> read(domain::BatchNumber from) const override {
    return std::make_unique<Reading>(PassingLog::read(from), batch_);
  }

 private:
  class Reading final : public log::Cursor {
   public:
    Reading(std::unique_ptr<log::Cursor> inner, std::uint64_t batch) : inner_(std::move(inner)), batch_(batch) {}
    crypto::Result<std::optional<log::StoredBatch>> next() override {
      auto batch = inner_->next();
      if (batch && *batch && (*batch)->number.value() == batch_) std::raise(SIGINT);
      return batch;
    }

   private:
    std::unique_ptr<log::Cursor> inner_;
    std::uint64_t batch_;
  };
  std::uint64_t batch_;
};

TEST(Resume, GoesOnAfterCtrlCAtAnyBatch) {
  auto const count = History::shared().batches.size();
  std::shared_ptr const log = logOf(count);
  auto const once = apartFromResuming(*run(*log, {}).report);
  for (std::uint64_t batch = 1; batch < count; batch += 311) {
    Options options;
    Interruption const interruption;
    options.interrupted = [&] { return interruption.asked(); };
    auto const pressed = run(Pressed(log, batch), options);
    EXPECT_TRUE(interruption.asked());
    ASSERT_TRUE(pressed.report && pressed.reached);
    auto const resumed = run(*log, resuming(*pressed.reached));
    ASSERT_TRUE(resumed.report) << resumed.report.error().message;
    EXPECT_EQ(apartFromResuming(*resumed.report), once) << batch;
  }
}

TEST(InterruptionDeathTest, TheSecondCtrlCEndsTheProgramAtOnce) {
  EXPECT_EXIT(
      {
        Interruption const interruption;
        std::raise(SIGINT);
        if (interruption.asked()) std::raise(SIGINT);
        std::_Exit(0);
      },
      ::testing::KilledBySignal(SIGINT), "");
}

TEST(Interruption, PutsBackWhatWasThere) {
  std::signal(SIGINT, SIG_IGN);
  { Interruption const interruption; }
  EXPECT_EQ(std::signal(SIGINT, SIG_DFL), SIG_IGN);
}

// ---- time left

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(TimeLeft, FollowsTheWorkThatIsDone) {
  EXPECT_FALSE(timeLeft({{0, 0}, {10, 1000}}, milliseconds(500))) << "nothing is known yet";
  // Half of the events and half of the signatures.
  EXPECT_EQ(timeLeft({{5, 500}, {10, 1000}}, milliseconds(7000)), seconds(7));
  EXPECT_EQ(timeLeft({{10, 1000}, {10, 1000}}, milliseconds(7000)), seconds(0));
  EXPECT_EQ(timeLeft({{1, 1}, {1000, 1000}}, milliseconds(10)), seconds(10)) << "rounded up";
  EXPECT_EQ(timeLeft({{20, 2000}, {10, 1000}}, milliseconds(7000)), seconds(0)) << "a store that understates itself";
}

TEST(TimeLeft, KnowsThatSignaturesWhichAreTakenOverCostNothing) {
  Progress progress{{100, 100}, {200, 200}};
  auto const all = timeLeft(progress, milliseconds(1000));
  progress.takenOver = 100;
  EXPECT_EQ(all, seconds(1));
  EXPECT_EQ(timeLeft(progress, milliseconds(1000)), seconds(17)) << "100 events are done, 100 and 100 signatures left";
}

TEST(TimeLeft, IsWrittenForPeople) {
  for (auto const& [duration, en, zh] :
       {std::tuple{seconds(0), "0 s", "0 秒"}, std::tuple{seconds(59), "59 s", "59 秒"},
        std::tuple{seconds(60), "1 min 0 s", "1 分 0 秒"}, std::tuple{seconds(3599), "59 min 59 s", "59 分 59 秒"},
        std::tuple{seconds(7380), "2 h 3 min", "2 小时 3 分"}}) {
    EXPECT_EQ(durationText(duration, Language::en), en);
    EXPECT_EQ(durationText(duration, Language::zh), zh);
  }
}

}  // namespace
}  // namespace fundtrail::replay

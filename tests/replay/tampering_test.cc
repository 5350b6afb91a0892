// SPDX-License-Identifier: Apache-2.0
// Every structure of a stored log, flipped, dropped, duplicated and reordered: by chance, by someone who mends the
// store's checksums, and by someone who holds the log's own key besides. Each is noticed, or provably says the same.
//
// MUTATIONS=10000 goes through so many of them; without it 1,500.

#include "ledger/tampering/tampering.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ledger/checkpoint_signer.h"
#include "ledger/log/memory_log.h"
#include "ledger/log/rocksdb_log.h"
#include "ledger/planting/recorder.h"
#include "ledger/schema/message.h"
#include "ledger/simulation/simulation.h"
#include "ledger/tampering/disk.h"
#include "ledger/tampering/rewrite.h"
#include "replay/checkpoint_file.h"
#include "replay/report_json.h"
#include "replay/report_text.h"
#include "replay/verify.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/support/sm2_keys.h"

namespace fundtrail::replay {
namespace {

using namespace ledger::tampering;  // NOLINT(google-build-using-namespace): what is tested
using ledger::simulation::Simulation;

constexpr std::size_t kWorkers = 2;

std::size_t mutations() {
  auto const* const text = std::getenv("MUTATIONS");
  std::size_t count = 1'500;
  if (text != nullptr) std::from_chars(text, text + std::string_view(text).size(), count);
  return count;
}

/// The beginning of a simulated history, up to the first months whose bank statements are matched.
std::vector<ledger::batch::SignedBatch> beginning(Simulation const& simulation) {
  constexpr unsigned kDaysWithMatches = 40;
  std::vector<ledger::batch::SignedBatch> batches;
  unsigned matched = 0;
  simulation.run([&](ledger::batch::SignedBatch batch) {
    if (matched >= kDaysWithMatches) return;
    ledger::schema::Message<ledger::schema::Event> const first(batch.events[0]);
    if (first.root().isLineMatched()) ++matched;
    batches.push_back(std::move(batch));
  });
  return batches;
}

ledger::CheckpointSigner signerOf(Simulation const& simulation) {
  ledger::schema::Message<ledger::schema::Statement> const genesis(simulation.genesis().statement.bytes());
  return ledger::CheckpointSigner::make(genesis.root().getGenesis(), simulation.logKey()).value();
}

void record(Simulation const& simulation, std::vector<ledger::batch::SignedBatch> const& batches, log::EventLog& log) {
  auto const recorder = ledger::planting::Recorder::begin(log, simulation.genesis(), simulation.foundedAt()).value();
  for (auto const& batch : batches) recorder->take(batch).value();
  recorder->finish().value();
  crypto::ensure(recorder->breaches().empty(), "the history is lawful");
  log.storeCheckpoint(signerOf(simulation).sign(log.size().batches, log.root())).value();
}

/// What became of the mutations of one kind.
struct Tally {
  std::size_t noticed = 0;
  std::size_t byHeldCheckpoint = 0;  // of them, alone
  std::size_t withoutEffect = 0;
  std::size_t nothingToDo = 0;
};
using Tallies = std::map<std::string, Tally>;

/// A history in one of the profiles.
struct History {
  Simulation simulation;
  std::vector<ledger::batch::SignedBatch> batches = beginning(simulation);

  explicit History(ledger::simulation::Signing const& signing)
      : simulation({.seed = 7, .enterprises = 14, .alone = false, .signing = signing}) {}
};

/// The one that is never noticed: the file CHECKPOINT holds what it takes away.
constexpr std::string_view kWithoutEffect = "checkpoint-drop-vandal";

/// The history on disk, and what it proves before anybody touches it.
class Bench {
 public:
  explicit Bench(History const& history)
      : simulation_(history.simulation),
        signer_(signerOf(simulation_)),
        original_(simulation_.hashAlgorithm()),
        profile_(simulation_.hashAlgorithm() == crypto::HashAlgorithm::sm3 ? "gm" : "standard") {
    auto const& batches = history.batches;
    {
      auto const log = log::RocksDbLog::create(path(), simulation_.hashAlgorithm()).value();
      record(simulation_, batches, *log);
      held_.checkpoint = KnownRoot{log->size().batches, log->root()};
    }
    auto const report = replay({});
    crypto::ensure(report && isClean(*report), "nothing is wrong with the history before");
    clean_ = toJson(*report);
    record(simulation_, batches, original_);
    disk_ = Disk::open(path()).value();
  }

  void mutate(Tampering const& tampering, std::uint64_t seed, Tally& tally) {
    Draws draws(seed);
    if (tampering.hand == Hand::keyholder) return rewriteWith(tampering, draws, seed, tally);
    auto const changes = tamper(disk_->stored(), tampering, draws);
    if (changes.empty()) {
      ++tally.nothingToDo;
      return;
    }
    apply(changes);
    auto const report = replay({});
    undo(changes);
    if (!report || !isClean(*report)) {
      ++tally.noticed;
      return;
    }
    ++tally.withoutEffect;
    auto const where = fmt::format("{} with seed {}, {}", tampering.name(), seed, profile_);
    EXPECT_EQ(toJson(*report), clean_) << where << ": neither noticed nor without effect on the report";
    for (auto const& change : changes) EXPECT_TRUE(isHeldElsewhere(change) || isTheSame(change)) << where;
  }

  [[nodiscard]] bool isProvenAgain() {
    auto const report = replay({});
    return report && toJson(*report) == clean_;
  }

 private:
  [[nodiscard]] std::filesystem::path path() const { return directory_ / "log"; }

  [[nodiscard]] std::optional<Report> replay(Trust const& trust) const {
    auto const log = log::RocksDbLog::openReadOnly(path());
    return log ? reportOf(**log, trust, holdsCheckpointFile(path(), **log)) : std::nullopt;
  }
  static std::optional<Report> reportOf(log::EventLog const& log, Trust const& trust, bool hasCheckpointFile = true) {
    Options options;
    options.threads = 1;
    options.hasCheckpointFile = hasCheckpointFile;
    auto report = verify(log, trust, options);
    return report ? std::optional(*std::move(report)) : std::nullopt;
  }

  /// Nothing is found. The newest bank statements are not reconciled yet, which leaves a part not proven.
  static bool isClean(Report const& report) { return report.verdict <= Verdict::notProven; }

  void apply(std::vector<Change> const& changes) {
    for (auto const& change : changes) crypto::ensure(disk_->apply(change).has_value(), "the disk takes a change");
  }
  void undo(std::vector<Change> const& changes) {
    for (auto const& change : changes) crypto::ensure(disk_->undo(change).has_value(), "the disk takes a change back");
    constexpr std::size_t kOften = 100;
    if (++undone_ % kOften == 0) disk_->flush().value();
  }
  /// The store's copy of the newest checkpoint is gone, which the file beside it states as well (docs/LOG_FORMAT.md).
  [[nodiscard]] static bool isHeldElsewhere(Change const& change) {
    return change.family == log::Family::meta && change.key == log::kCheckpointKey && !change.value;
  }
  [[nodiscard]] bool isTheSame(Change const& change) const {
    auto const before = disk_->before(change);
    return change.value && before && saysTheSame(change, *before);
  }

  void rewriteWith(Tampering const& tampering, Draws& draws, std::uint64_t seed, Tally& tally) {
    log::MemoryLog rewritten(simulation_.hashAlgorithm());
    if (!rewrite(original_, rewritten, tampering, draws, signer_).value()) {
      ++tally.nothingToDo;
      return;
    }
    auto const isUnnoticed = [&](Trust const& trust) {
      auto const report = reportOf(rewritten, trust);
      return report && isClean(*report);
    };
    EXPECT_FALSE(isUnnoticed(held_)) << tampering.name() << " with seed " << seed << ", " << profile_
                                     << ": another history than the one whose checkpoint is held";
    ++tally.noticed;
    if (isUnnoticed({})) ++tally.byHeldCheckpoint;
  }

  Simulation const& simulation_;
  ledger::CheckpointSigner signer_;
  testing::TemporaryDirectory directory_;
  Trust held_;
  std::string clean_;
  log::MemoryLog original_;
  std::unique_ptr<Disk> disk_;
  std::size_t undone_ = 0;
  std::string profile_;
};

struct Histories {
  History standard{{}};
  History gm{{ledger::schema::Profile::GM, &tests::sm2KeyOf}};
};

/// One round in four goes through the gm profile, whose signatures take three times as long to verify.
Tallies work(Histories const& histories, std::size_t worker, std::size_t count) {
  constexpr std::size_t kRounds = 4;
  Bench standard(histories.standard);
  Bench gm(histories.gm);
  Tallies tallies;
  auto const kinds = tamperings();
  for (auto i = worker; i < count; i += kWorkers) {
    auto const& tampering = kinds[i % kinds.size()];
    bool const isGm = i / kinds.size() % kRounds == kRounds - 1;
    (isGm ? gm : standard).mutate(tampering, i, tallies[tampering.name()]);
  }
  EXPECT_TRUE(standard.isProvenAgain() && gm.isProvenAgain()) << "each change was taken back";
  return tallies;
}

TEST(Tampering, EveryStructureChangedInEveryWayIsNoticedOrSaysTheSame) {
  Histories const histories;
  auto const count = mutations();
  std::array<std::future<Tallies>, kWorkers> workers;
  for (std::size_t w = 0; w < kWorkers; ++w)
    workers[w] = std::async(std::launch::async, work, std::cref(histories), w, count);
  Tallies all;
  for (auto& worker : workers) {
    for (auto const& [name, tally] : worker.get()) {
      all[name].noticed += tally.noticed;
      all[name].byHeldCheckpoint += tally.byHeldCheckpoint;
      all[name].withoutEffect += tally.withoutEffect;
      all[name].nothingToDo += tally.nothingToDo;
    }
  }
  Tally sum;
  for (auto const& [name, tally] : all) {
    std::cout << fmt::format("{:36} noticed {:4} (only by a held checkpoint {:4}), says the same {:3}, none {:3}\n",
                             name, tally.noticed, tally.byHeldCheckpoint, tally.withoutEffect, tally.nothingToDo);
    sum.noticed += tally.noticed;
    sum.byHeldCheckpoint += tally.byHeldCheckpoint;
    sum.withoutEffect += tally.withoutEffect;
    sum.nothingToDo += tally.nothingToDo;
    EXPECT_GT(name == kWithoutEffect ? tally.withoutEffect : tally.noticed, 0U) << name << " was never really done";
  }
  std::cout << fmt::format("{:36} noticed {} (only by a held checkpoint {}), says the same {}, none {}\n", "all",
                           sum.noticed, sum.byHeldCheckpoint, sum.withoutEffect, sum.nothingToDo);
  EXPECT_EQ(all.size(), tamperings().size());
  EXPECT_EQ(sum.noticed + sum.withoutEffect + sum.nothingToDo, count);
  EXPECT_LT(sum.nothingToDo * 10, count) << "most of them change something";
}

}  // namespace
}  // namespace fundtrail::replay

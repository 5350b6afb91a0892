// SPDX-License-Identifier: Apache-2.0
// What the contract promises, of every implementation.
#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "crypto/merkle.h"
#include "ledger/log/chunk.h"
#include "ledger/log/event_log.h"
#include "ledger/log/memory_log.h"
#include "ledger/log/rocksdb_log.h"
#include "tests/ledger/log/sample.h"
#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::ledger::log::testing {
namespace {

using crypto::Bytes;
using crypto::ErrorKind;
using crypto::HashAlgorithm;
using domain::BatchNumber;
using domain::EventNumber;

// Where a log lives while a test runs. settle() stands between writing and reading.
class InMemory {
 public:
  explicit InMemory(HashAlgorithm algorithm) : log_(algorithm) {}
  EventLog& log() { return log_; }
  void settle() {}

 private:
  MemoryLog log_;
};

class InRocksDb {
 public:
  explicit InRocksDb(HashAlgorithm algorithm) : log_(RocksDbLog::create(directory_ / "log", algorithm).value()) {}
  EventLog& log() { return *log_; }
  void settle() {}

 protected:
  ::fundtrail::testing::TemporaryDirectory directory_;
  std::unique_ptr<RocksDbLog> log_;
};

// What is read comes from the files alone.
class InRocksDbOpenedAgain : public InRocksDb {
 public:
  using InRocksDb::InRocksDb;
  void settle() {
    log_.reset();
    log_ = RocksDbLog::openForWriting(directory_ / "log").value();
  }
};

// A place, in a profile.
template <class AnyPlace, HashAlgorithm algorithm>
struct Of {
  using Place = AnyPlace;
  static constexpr auto kAlgorithm = algorithm;
};

template <class Kind>
class Contract : public ::testing::Test {
 protected:
  typename Kind::Place place_{Kind::kAlgorithm};
  EventLog& log() { return place_.log(); }
};
using Kinds = ::testing::Types<Of<InMemory, HashAlgorithm::sha256>, Of<InRocksDb, HashAlgorithm::sha256>,
                               Of<InRocksDbOpenedAgain, HashAlgorithm::sha256>, Of<InMemory, HashAlgorithm::sm3>,
                               Of<InRocksDb, HashAlgorithm::sm3>, Of<InRocksDbOpenedAgain, HashAlgorithm::sm3>>;
TYPED_TEST_SUITE(Contract, Kinds);

SampleBatch batchOfEvents(std::vector<Bytes> events) {
  auto batch = sampleBatch(0);
  batch.events = std::move(events);
  return batch;
}

TYPED_TEST(Contract, AnEmptyLogHoldsNothing) {
  this->place_.settle();
  expectHolds(this->log(), {});
  EXPECT_EQ(this->log().checkpoint().value(), std::nullopt);
}

TYPED_TEST(Contract, WhatWasAppendedIsRead) {
  std::vector<SampleBatch> all;
  for (auto const size : {1U, 0U, 30U, 2U, 2U, 7U}) {
    auto const group = sampleBatches(all.size(), size);
    ASSERT_TRUE(append(this->log(), group));
    this->place_.settle();
    all.insert(all.end(), group.begin(), group.end());
    expectHolds(this->log(), all);
  }
}

TYPED_TEST(Contract, TreesOfSeveralLevelsOfTilesAreKept) {
  auto const all = sampleBatches(0, 600);
  for (std::size_t done = 0; done < all.size(); done += 100) {
    ASSERT_TRUE(append(this->log(), {all.begin() + static_cast<std::ptrdiff_t>(done),
                                     all.begin() + static_cast<std::ptrdiff_t>(done + 100)}));
    this->place_.settle();
  }
  expectHolds(this->log(), all);
}

TYPED_TEST(Contract, RecordsOfEverySizeThatIsAllowedAreKept) {
  std::vector<Bytes> const events{{}, Bytes(1, 7), Bytes(kMaxChunkBytes - 1, 1), Bytes(kMaxChunkBytes + 1, 2),
                                  {}, Bytes(9, 8), Bytes(kMaxEventSize, 3)};
  auto first = batchOfEvents(events);
  first.entry = Bytes(kMaxEntrySize, 9);
  auto second = sampleBatch(1);
  second.entry = {};
  second.events = std::vector<Bytes>(3 * kMaxChunkRecords + 1, Bytes(8, 5));
  ASSERT_TRUE(append(this->log(), {first, second, sampleBatch(2)}));
  this->place_.settle();
  expectHolds(this->log(), {first, second, sampleBatch(2)});
}

TYPED_TEST(Contract, RecordsThatAreTooLargeAreRefusedAndTheLogGoesOn) {
  auto large = sampleBatch(0);
  large.entry = Bytes(kMaxEntrySize + 1);
  EXPECT_EQ(append(this->log(), {sampleBatch(0), large}).error().kind, ErrorKind::badInput);
  large = batchOfEvents({Bytes(kMaxEventSize + 1)});
  EXPECT_EQ(append(this->log(), {sampleBatch(0), large}).error().kind, ErrorKind::badInput);
  expectHolds(this->log(), {});
  EXPECT_TRUE(append(this->log(), {sampleBatch(0)}));
  this->place_.settle();
  expectHolds(this->log(), {sampleBatch(0)});
}

TYPED_TEST(Contract, WhatIsBeyondTheEndIsNotFound) {
  ASSERT_TRUE(append(this->log(), sampleBatches(0, 3)));
  auto const size = this->log().size();
  EXPECT_EQ(this->log().entry(BatchNumber(size.batches)).error().kind, ErrorKind::notFound);
  EXPECT_EQ(this->log().entries(BatchNumber(1), 3).error().kind, ErrorKind::notFound);
  EXPECT_EQ(this->log().event(EventNumber(size.events)).error().kind, ErrorKind::notFound);
  EXPECT_EQ(this->log().batchOf(EventNumber(size.events)).error().kind, ErrorKind::notFound);
  EXPECT_EQ(this->log().tile({.level = 0, .index = 1}).error().kind, ErrorKind::notFound);
  EXPECT_EQ(this->log().tile({.level = 1, .index = 0}).error().kind, ErrorKind::notFound);
  EXPECT_FALSE(this->log().read(BatchNumber(size.batches))->next().value());
  EXPECT_FALSE(this->log().read(BatchNumber(size.batches + 5))->next().value());
  EXPECT_FALSE(this->log().used({}).value());
  EXPECT_FALSE(this->log().find(sampleBatch(0).author, {}).value());
}

TYPED_TEST(Contract, ACursorBeginsWhereItIsTold) {
  ASSERT_TRUE(append(this->log(), sampleBatches(0, 50)));
  ASSERT_TRUE(append(this->log(), sampleBatches(50, 50)));
  this->place_.settle();
  auto const expected = sampleBatches(0, 100);
  for (std::uint64_t from = 0; from < expected.size(); ++from) {
    auto const cursor = this->log().read(BatchNumber(from));
    auto const batch = cursor->next().value();
    ASSERT_TRUE(batch);
    EXPECT_EQ(batch->number, BatchNumber(from));
    EXPECT_EQ(Bytes(batch->entry.begin(), batch->entry.end()), expected[from].entry);
    EXPECT_EQ(batch->events.size(), expected[from].events.size());
  }
}

TYPED_TEST(Contract, ACursorAtTheEndGoesOnWithWhatIsAppended) {
  auto const cursor = this->log().read(BatchNumber(0));
  EXPECT_FALSE(cursor->next().value());
  for (std::uint64_t number = 0; number < 20; ++number) {
    ASSERT_TRUE(append(this->log(), {sampleBatch(number)}));
    auto const batch = cursor->next().value();
    ASSERT_TRUE(batch);
    EXPECT_EQ(batch->number, BatchNumber(number));
    EXPECT_EQ(Bytes(batch->entry.begin(), batch->entry.end()), sampleBatch(number).entry);
    EXPECT_FALSE(cursor->next().value());
  }
}

TYPED_TEST(Contract, ReadersBesideTheWriterSeeWholeGroups) {
  constexpr std::uint64_t kGroups = 60;
  constexpr std::size_t kGroupSize = 5;
  std::atomic<bool> done = false;
  auto const readAlong = [&] {
    auto const cursor = this->log().read(BatchNumber(0));
    std::uint64_t seen = 0;
    for (bool last = false; !last;) {
      last = done;  // read before the pass, so that the last pass begins after the last group
      EXPECT_EQ(this->log().size().batches % kGroupSize, 0U);
      while (auto const batch = cursor->next().value()) {
        EXPECT_EQ(batch->number, BatchNumber(seen++));
        EXPECT_TRUE(this->log().find(sampleBatch(seen - 1).author, sampleBatch(seen - 1).idempotencyKey).value());
      }
      EXPECT_EQ(seen % kGroupSize, 0U);
    }
    EXPECT_EQ(seen, kGroups * kGroupSize);
  };
  std::vector<std::jthread> readers;
  readers.emplace_back(readAlong);
  readers.emplace_back(readAlong);
  for (std::uint64_t group = 0; group < kGroups; ++group) {
    ASSERT_TRUE(append(this->log(), sampleBatches(group * kGroupSize, kGroupSize)));
  }
  done = true;
}

TYPED_TEST(Contract, AVisitorsErrorEndsTheVisit) {
  ASSERT_TRUE(append(this->log(), sampleBatches(0, 300)));
  crypto::Error const stop{ErrorKind::conflict, "seen enough"};
  int visits = 0;
  auto const stopAtSecond = [&](auto const&...) -> crypto::Result<void> {
    return ++visits == 2 ? crypto::Result<void>(stop) : crypto::Result<void>();
  };
  EXPECT_EQ(this->log().visitUsedNumbers(stopAtSecond).error(), stop);
  EXPECT_EQ(std::exchange(visits, 0), 2);
  EXPECT_EQ(this->log().visitIdempotencyKeys(stopAtSecond).error(), stop);
  EXPECT_EQ(std::exchange(visits, 0), 2);
  EXPECT_EQ(this->log().visitTiles(stopAtSecond).error(), stop);
  EXPECT_EQ(visits, 2);
}

TYPED_TEST(Contract, TheNewestCheckpointIsKept) {
  std::string newest;
  for (std::uint64_t size = 0; size < 5; ++size) {
    newest = checkpointNote(size, this->log().root());
    ASSERT_TRUE(this->log().storeCheckpoint(newest));
    ASSERT_TRUE(append(this->log(), {sampleBatch(size)}));
  }
  this->place_.settle();
  EXPECT_EQ(this->log().checkpoint().value(), newest);
}

TYPED_TEST(Contract, ACheckpointThatContradictsTheTreeIsRefused) {
  ASSERT_TRUE(append(this->log(), sampleBatches(0, 2)));
  auto const olderRoot = this->log().root();
  ASSERT_TRUE(append(this->log(), sampleBatches(2, 2)));
  auto const good = checkpointNote(4, this->log().root());
  ASSERT_TRUE(this->log().storeCheckpoint(good));

  EXPECT_EQ(this->log().storeCheckpoint(checkpointNote(4, olderRoot)).error().kind, ErrorKind::conflict);
  EXPECT_EQ(this->log().storeCheckpoint(checkpointNote(5, this->log().root())).error().kind, ErrorKind::conflict);
  EXPECT_EQ(this->log().storeCheckpoint(checkpointNote(2, olderRoot)).error().kind, ErrorKind::conflict);
  EXPECT_EQ(this->log().storeCheckpoint("no note").error().kind, ErrorKind::badInput);
  this->place_.settle();
  EXPECT_EQ(this->log().checkpoint().value(), good);
  EXPECT_TRUE(append(this->log(), {sampleBatch(4)}));
}

TYPED_TEST(Contract, ProofsCanBeMadeFromTheTiles) {
  auto const all = sampleBatches(0, 300);
  ASSERT_TRUE(append(this->log(), all));
  this->place_.settle();
  constexpr auto algorithm = TypeParam::kAlgorithm;
  auto const read = crypto::nodeReader(algorithm, all.size(), [&](crypto::TileId id) { return this->log().tile(id); });
  crypto::TreeHasher hasher(algorithm);
  for (std::uint64_t index : {0U, 1U, 255U, 256U, 299U}) {
    auto const proof = crypto::inclusionProof(algorithm, index, all.size(), read).value();
    EXPECT_TRUE(crypto::verifyInclusion(algorithm, index, all.size(), hasher.leaf(all[index].entry), proof,
                                        this->log().root()));
  }
}

}  // namespace
}  // namespace fundtrail::ledger::log::testing

// SPDX-License-Identifier: Apache-2.0
// A log on disk, changed byte by byte: by chance, which the store's checksums tell, and by someone who knows the layout
// and mends the checksums.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include "ledger/log/chunk.h"
#include "ledger/log/layout.h"
#include "ledger/log/rocksdb_log.h"
#include "replay/report_text.h"
#include "replay/verify.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/replay/each_profile.h"

namespace fundtrail::replay {
namespace {

using log::Family;

bool isProven(std::filesystem::path const& directory) {
  auto const log = log::RocksDbLog::openReadOnly(directory);
  if (!log) return false;
  Options options;
  options.threads = 1;
  auto const report = verify(**log, {}, options);
  return report && report->verdict == Verdict::proven;
}

struct Stored {
  Family family;
  std::string key;
  std::string value;
};

/// The store beneath the log, open for writing as a vandal has it.
class RawStore {
 public:
  explicit RawStore(std::filesystem::path const& directory) {
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (auto const family : log::kFamilies) families.emplace_back(std::string(log::name(family)), settings());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    auto const status = rocksdb::DB::Open(rocksdb::DBOptions(), directory.string(), families, &handles, &db);
    crypto::ensure(status.ok(), status.ToString());
    db_.reset(db);
    std::ranges::copy(handles, handles_.begin());
  }
  RawStore(RawStore const&) = delete;
  RawStore& operator=(RawStore const&) = delete;
  ~RawStore() {
    for (auto* const handle : handles_) db_->DestroyColumnFamilyHandle(handle);
  }

  std::vector<Stored> all() const {
    std::vector<Stored> records;
    for (auto const family : log::kFamilies) {
      std::unique_ptr<rocksdb::Iterator> const it(db_->NewIterator({}, handle(family)));
      for (it->SeekToFirst(); it->Valid(); it->Next()) {
        records.push_back({family, it->key().ToString(), it->value().ToString()});
      }
    }
    return records;
  }
  void put(Stored const& record, std::string const& value) {
    crypto::ensure(db_->Put({}, handle(record.family), record.key, value).ok(), "the store takes a value");
  }
  void remove(Stored const& record) {
    crypto::ensure(db_->Delete({}, handle(record.family), record.key).ok(), "the store removes a value");
  }
  /// Readers that open the store see all of it without reading a long write-ahead log.
  void flush() {
    std::vector<rocksdb::ColumnFamilyHandle*> const handles(handles_.begin(), handles_.end());
    crypto::ensure(db_->Flush({}, handles).ok(), "the store flushes");
  }

 private:
  static rocksdb::ColumnFamilyOptions settings() {
    rocksdb::ColumnFamilyOptions options;
    options.compression = rocksdb::kNoCompression;
    return options;
  }
  rocksdb::ColumnFamilyHandle* handle(Family family) const { return handles_[static_cast<std::size_t>(family)]; }

  std::unique_ptr<rocksdb::DB> db_;
  std::array<rocksdb::ColumnFamilyHandle*, log::kFamilies.size()> handles_{};
};

/// Every position of a short value; of a long one as many, evenly spread.
std::vector<std::size_t> positionsIn(std::size_t size, std::size_t most) {
  std::vector<std::size_t> positions;
  auto const step = std::max<std::size_t>(1, size / most);
  for (std::size_t i = 0; i < size; i += step) positions.push_back(i);
  return positions;
}

std::string flipped(std::string value, std::size_t position) {
  value[position] = static_cast<char>(value[position] ^ (1 << position % 8));
  return value;
}

/// Whether two bodies of a chunk hold the same records: compressed bytes can be written in more than one way, and
/// padding says nothing.
bool saysTheSame(Stored const& record, std::string const& body) {
  if (record.family != Family::entries && record.family != Family::events) return false;
  auto const first = *log::parseChunkKey(record.key);
  auto const before = log::Chunk::decode(first, *log::unseal(record.family, record.key, record.value));
  auto const after = log::Chunk::decode(first, crypto::asBytes(body));
  if (!after || after->end() != before->end()) return false;
  for (auto number = first; number < after->end(); ++number) {
    bool const same = std::ranges::equal(after->record(number), before->record(number)) &&
                      after->link(number) == before->link(number) &&
                      after->linkBefore(number) == before->linkBefore(number);
    if (!same) return false;
  }
  return true;
}

std::string readFile(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string content{std::istreambuf_iterator(file), {}};
  crypto::ensure(file.good(), "the store's files can be read");
  return content;
}

void writeFile(std::filesystem::path const& path, std::string const& content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.flush();
  crypto::ensure(file.good(), "the store's files can be written");
}

class Store : public InEachProfile {
 protected:
  /// The beginning of the history on disk: few batches, since each byte costs a replay.
  explicit Store(std::size_t batches = 4) {
    auto const log = log::RocksDbLog::create(path(), hash()).value();
    write(*log, recorded().first(batches));
    seal(*log);
  }
  std::filesystem::path path() const { return directory_ / "log"; }

  /// Puts each changed value in place of the record, and expects each to be noticed; the record is then as before.
  static void expectNoticed(RawStore& store, Stored const& record, std::string const& value, std::string const& what,
                            std::filesystem::path const& path) {
    store.put(record, value);
    EXPECT_FALSE(isProven(path)) << log::name(record.family) << "/" << crypto::toHex(crypto::asBytes(record.key)) << " "
                                 << what;
    store.put(record, record.value);
  }

  testing::TemporaryDirectory directory_;
};

/// Up to the first tranches, whose numbers are used up.
class StoreWithNumbers : public Store {
 protected:
  StoreWithNumbers() : Store(find(schema::Event::Which::TRANCHE_ISSUED).batch + 1) {}
};

INSTANTIATE_TEST_SUITE_P(Profiles, Store, eachProfile(), ProfileName());
INSTANTIATE_TEST_SUITE_P(Profiles, StoreWithNumbers, eachProfile(), ProfileName());

TEST_P(Store, IsProvenAsItWasWritten) {
  EXPECT_TRUE(isProven(path()));
}

TEST_P(Store, AnyByteThatChangesByChanceIsNoticed) {
  RawStore store(path());
  for (auto const& record : store.all()) {
    for (auto const position : positionsIn(record.value.size(), 12)) {
      expectNoticed(store, record, flipped(record.value, position), "byte " + std::to_string(position), path());
    }
    store.flush();
  }
  EXPECT_TRUE(isProven(path())) << "each change was taken back";
}

TEST_P(Store, AnyByteThatIsChangedTogetherWithItsChecksumIsNoticed) {
  constexpr std::size_t kChecksum = 8;
  RawStore store(path());
  for (auto const& record : store.all()) {
    if (record.value.empty()) continue;  // a used number: its key is all
    auto const body = record.value.substr(kChecksum);
    for (auto const position : positionsIn(body.size(), 32)) {
      auto const forged = flipped(body, position);
      if (saysTheSame(record, forged)) continue;
      expectNoticed(store, record, log::seal(record.family, record.key, crypto::asBytes(forged)),
                    "resealed byte " + std::to_string(position), path());
    }
    store.flush();
  }
  EXPECT_TRUE(isProven(path())) << "each change was taken back";
}

TEST_P(Store, AnyByteOfTheWriteAheadLogThatChangesIsNoticed) {
  // RocksDB takes a damaged tail for one that a crash cut off, and drops it: the checkpoint beside the store is what
  // tells that something acknowledged is gone.
  std::size_t flips = 0;
  for (auto const& file : std::filesystem::directory_iterator(path())) {
    if (file.path().extension() != ".log") continue;
    auto const content = readFile(file.path());
    for (auto const position : positionsIn(content.size(), 250)) {
      writeFile(file.path(), flipped(content, position));
      EXPECT_FALSE(isProven(path())) << file.path().filename() << " byte " << position << " of " << content.size();
      ++flips;
    }
    writeFile(file.path(), content);
  }
  EXPECT_GT(flips, 200U);
  EXPECT_TRUE(isProven(path())) << "each change was taken back";
}

TEST_P(StoreWithNumbers, AnyRecordThatIsRemovedIsNoticed) {
  RawStore store(path());
  for (auto const& record : store.all()) {
    // The file CHECKPOINT states the newest checkpoint as well: the next test.
    if (record.family == Family::meta && record.key == log::kCheckpointKey) continue;
    store.remove(record);
    EXPECT_FALSE(isProven(path())) << log::name(record.family) << "/" << crypto::toHex(crypto::asBytes(record.key));
    store.put(record, record.value);
  }
  EXPECT_TRUE(isProven(path()));
}

TEST_P(StoreWithNumbers, EitherCopyOfTheCheckpointStandsForTheStoresAndNoneForTheFile) {
  auto const file = path() / log::kCheckpointFile;
  auto const note = readFile(file);
  {
    RawStore store(path());
    auto const records = store.all();
    auto const stored = std::ranges::find_if(records, [](Stored const& record) {
      return record.family == Family::meta && record.key == log::kCheckpointKey;
    });
    ASSERT_NE(stored, records.end());
    store.remove(*stored);
  }
  EXPECT_TRUE(isProven(path())) << "the file states it";
  std::filesystem::remove(file);
  EXPECT_FALSE(isProven(path())) << "nothing states it";
  writeFile(file, note);
  EXPECT_TRUE(isProven(path()));
}

TEST_P(StoreWithNumbers, ADamagedChunkLeavesTheRestAuthenticatedAndIsNamed) {
  {
    RawStore store(path());
    auto const records = store.all();
    auto const events = std::ranges::find(records, Family::events, &Stored::family);
    store.put(*events, flipped(events->value, events->value.size() / 2));
  }
  auto const log = log::RocksDbLog::openReadOnly(path());
  ASSERT_TRUE(log) << log.error().message;
  auto const report = replayOf(**log);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings[0].kind, FindingKind::damage);
  EXPECT_TRUE(report.findings[0].batch);
  EXPECT_GT(report.proof.signatures, 0U);
}

TEST_P(StoreWithNumbers, AChangedTimeOfAcceptanceIsNamedByItsBatch) {
  // Nobody but the log signs that time: with the checksum mended, only the tree can tell.
  constexpr std::uint64_t kVictim = 5;
  {
    RawStore store(path());
    for (auto const& record : store.all()) {
      if (record.family != Family::entries || *log::parseChunkKey(record.key) != kVictim) continue;
      auto const chunk = log::Chunk::decode(kVictim, *log::unseal(record.family, record.key, record.value)).value();
      auto const bytes = chunk.record(kVictim);
      schema::Message<schema::Entry> const message(bytes);
      capnp::MallocMessageBuilder copy;
      copy.setRoot(message.root());
      auto entry = copy.getRoot<schema::Entry>();
      entry.setAcceptedAt(entry.getAcceptedAt() + 1);
      auto const words = schema::canonical<schema::Entry>(entry);
      log::Record const changed{words.bytes(), chunk.link(kVictim)};
      auto const body = log::encodeChunk(chunk.linkBefore(kVictim), std::span(&changed, 1));
      store.put(record, log::seal(record.family, record.key, body));
    }
  }
  auto const log = log::RocksDbLog::openReadOnly(path());
  ASSERT_TRUE(log) << log.error().message;
  auto const report = replayOf(**log);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings[0].kind, FindingKind::tree) << toText(report, schema::Language::en);
  EXPECT_EQ(report.findings[0].batch, domain::BatchNumber(kVictim));
}

}  // namespace
}  // namespace fundtrail::replay

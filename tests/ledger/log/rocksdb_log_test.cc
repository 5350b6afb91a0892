// SPDX-License-Identifier: Apache-2.0
// What is RocksDB's alone: directories, locks, damage.
#include "ledger/log/rocksdb_log.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include "ledger/log/layout.h"
#include "tests/ledger/log/sample.h"
#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::ledger::log::testing {
namespace {

namespace fs = std::filesystem;
using crypto::Error;
using crypto::ErrorKind;
using crypto::HashAlgorithm;
using domain::BatchNumber;

constexpr auto kAlgorithm = HashAlgorithm::sha256;

// One line that says what is wrong, and after a colon what to do.
void expectError(RocksDbLog::Opened const& opened, ErrorKind kind, std::string const& part) {
  ASSERT_FALSE(opened);
  auto const& [actual, message, zh] = opened.error();
  EXPECT_EQ(actual, kind) << message;
  EXPECT_NE(message.find(part), std::string::npos) << message;
  EXPECT_NE(message.find(": "), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  EXPECT_NE(zh, "") << message;
  EXPECT_EQ(zh.find('\n'), std::string::npos) << zh;
}

std::set<std::pair<std::string, std::uintmax_t>> listing(fs::path const& directory) {
  std::set<std::pair<std::string, std::uintmax_t>> files;
  for (auto const& file : fs::directory_iterator(directory)) {
    files.insert({file.path().filename().string(), file.file_size()});
  }
  return files;
}

class RocksDb : public ::testing::Test {
 protected:
  std::unique_ptr<RocksDbLog> create() const { return RocksDbLog::create(path_, kAlgorithm).value(); }

  // The raw database, to do to it what the log never does.
  void tamper(std::function<void(rocksdb::DB&, std::vector<rocksdb::ColumnFamilyHandle*> const&)> const& change) const {
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (auto const family : kFamilies) {
      families.emplace_back(std::string(name(family)), rocksdb::ColumnFamilyOptions());
    }
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, path_.string(), families, &handles, &db).ok());
    change(*db, handles);
    for (auto* const handle : handles) {
      db->DestroyColumnFamilyHandle(handle);
    }
    delete db;
  }

  ::fundtrail::testing::TemporaryDirectory directory_;
  fs::path path_ = directory_ / "log";
};

TEST_F(RocksDb, IsCreatedInADirectoryThatIsAbsentOrEmpty) {
  create();
  fs::create_directory(directory_ / "empty");
  EXPECT_TRUE(RocksDbLog::create(directory_ / "empty", HashAlgorithm::sm3));
  EXPECT_EQ(RocksDbLog::openReadOnly(directory_ / "empty").value()->hashAlgorithm(), HashAlgorithm::sm3);
}

TEST_F(RocksDb, OpeningLeavesNoFilesBehind) {
  append(*create(), sampleBatches(0, 1));
  auto const files = [this] { return listing(path_).size(); };
  RocksDbLog::openForWriting(path_).value();
  auto const before = files();
  for (int i = 0; i < 20; ++i) {
    RocksDbLog::openForWriting(path_).value();
  }
  EXPECT_EQ(files(), before);
}

TEST_F(RocksDb, IsNotCreatedWhereAnythingIs) {
  create();
  auto const before = listing(path_);
  expectError(RocksDbLog::create(path_, kAlgorithm), ErrorKind::conflict, "not empty");
  EXPECT_EQ(listing(path_), before);
  std::ofstream(directory_ / "file") << "text";
  expectError(RocksDbLog::create(directory_ / "file", kAlgorithm), ErrorKind::badInput, "no directory");
  expectError(RocksDbLog::create(directory_ / "absent/log", kAlgorithm), ErrorKind::notFound, "does not exist");
}

TEST_F(RocksDb, SaysWhyThereIsNoLogToOpen) {
  fs::create_directory(directory_ / "empty");
  fs::create_directory(directory_ / "other");
  std::ofstream(directory_ / "other/file") << "text";
  std::ofstream(directory_ / "file") << "text";
  for (auto* const open : {&RocksDbLog::openForWriting, &RocksDbLog::openReadOnly}) {
    expectError(open(directory_ / "absent", {}), ErrorKind::notFound, "does not exist");
    expectError(open(directory_ / "empty", {}), ErrorKind::notFound, "is empty");
    expectError(open(directory_ / "other", {}), ErrorKind::notFound, "holds no ledger");
    expectError(open(directory_ / "file", {}), ErrorKind::badInput, "no directory");
  }
  EXPECT_TRUE(fs::is_empty(directory_ / "empty"));
  EXPECT_EQ(listing(directory_ / "other").size(), 1U);
}

TEST_F(RocksDb, RefusesADatabaseOfAnotherProgram) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, path_.string(), &db).ok());
  delete db;
  auto const before = listing(path_);
  for (auto* const open : {&RocksDbLog::openForWriting, &RocksDbLog::openReadOnly}) {
    expectError(open(path_, {}), ErrorKind::badInput, "no ledger");
  }
  EXPECT_EQ(listing(path_), before);
}

// Root may do anything, so for the while of this object be somebody else.
struct Unprivileged {
  Unprivileged() { EXPECT_TRUE(::geteuid() != 0 || ::seteuid(65534) == 0); }
  ~Unprivileged() { EXPECT_EQ(::seteuid(::getuid()), 0); }
};

TEST_F(RocksDb, RefusesADirectoryWithoutPermission) {
  fs::permissions(directory_.path(), fs::perms::all);
  {
    Unprivileged const nobody;
    create();
    fs::permissions(path_, fs::perms::owner_read | fs::perms::owner_exec);
    expectError(RocksDbLog::openForWriting(path_), ErrorKind::denied, "no permission to write in");
    EXPECT_TRUE(RocksDbLog::openReadOnly(path_));
    fs::permissions(path_, fs::perms::none);
    expectError(RocksDbLog::openForWriting(path_), ErrorKind::denied, "permission denied");
    expectError(RocksDbLog::openReadOnly(path_), ErrorKind::denied, "permission denied");
    fs::permissions(path_, fs::perms::owner_all);
  }
  fs::permissions(directory_.path(), fs::perms::all, fs::perm_options::remove);
  fs::permissions(directory_.path(),
                  fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
  {
    Unprivileged const nobody;
    expectError(RocksDbLog::create(directory_ / "new", kAlgorithm), ErrorKind::denied, "no permission to write in");
  }
  fs::permissions(directory_.path(), fs::perms::owner_all);
}

TEST_F(RocksDb, RefusesASecondWriter) {
  auto const log = create();
  expectError(RocksDbLog::openForWriting(path_), ErrorKind::conflict, "open for writing already");
  EXPECT_TRUE(append(*log, sampleBatches(0, 3)));
}

// To the store a log whose tail was taken away is whole: only the checkpoint beside it knows how far it had come.
TEST_F(RocksDb, RefusesALogThatIsShorterThanTheCheckpointBesideIt) {
  auto const older = path_.string() + ".older";
  {
    auto const log = create();
    ASSERT_TRUE(append(*log, sampleBatches(0, 5)));
    ASSERT_TRUE(log->storeCheckpoint(checkpointNote(5, log->root())));
  }
  fs::copy(path_, older, fs::copy_options::recursive);
  {
    auto const log = RocksDbLog::openForWriting(path_).value();
    ASSERT_TRUE(append(*log, sampleBatches(5, 5)));
    ASSERT_TRUE(log->storeCheckpoint(checkpointNote(10, log->root())));
  }
  ASSERT_TRUE(RocksDbLog::openReadOnly(older));
  fs::copy_file(path_ / "CHECKPOINT", fs::path(older) / "CHECKPOINT", fs::copy_options::overwrite_existing);
  expectError(RocksDbLog::openForWriting(older), ErrorKind::corrupt, "batches were lost");
  expectError(RocksDbLog::openReadOnly(older), ErrorKind::corrupt, "batches were lost");
  fs::remove_all(older);
}

// The store takes a checkpoint with the next group: a crash before that leaves it in the file alone.
TEST_F(RocksDb, GoesByTheCheckpointBesideItWhereTheStoresIsOlder) {
  std::string newer;
  {
    auto const log = create();
    ASSERT_TRUE(append(*log, sampleBatches(0, 5)));
    ASSERT_TRUE(log->storeCheckpoint(checkpointNote(5, log->root())));
    ASSERT_TRUE(append(*log, sampleBatches(5, 5)));
    newer = checkpointNote(10, log->root());
  }
  std::ofstream(path_ / "CHECKPOINT", std::ios::binary) << newer;
  EXPECT_EQ(RocksDbLog::openReadOnly(path_).value()->checkpoint().value(), newer);
  EXPECT_EQ(RocksDbLog::openForWriting(path_).value()->checkpoint().value(), newer);
  fs::remove(path_ / "CHECKPOINT");  // closing gave it to the store
  EXPECT_EQ(RocksDbLog::openReadOnly(path_).value()->checkpoint().value(), newer);
}

TEST_F(RocksDb, HoldsTheNewestCheckpointWithinAndBesideItOnceItIsClosed) {
  auto log = create();
  std::string newest;
  for (std::uint64_t size = 1; size <= 40; ++size) {
    ASSERT_TRUE(append(*log, sampleBatches(size - 1, 1)));
    newest = checkpointNote(size, log->root());
    ASSERT_TRUE(log->storeCheckpoint(newest));
    EXPECT_EQ(log->checkpoint().value(), newest);
  }
  log.reset();
  std::ifstream beside(path_ / "CHECKPOINT", std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(beside), {}), newest);
  fs::remove(path_ / "CHECKPOINT");
  EXPECT_EQ(RocksDbLog::openReadOnly(path_).value()->checkpoint().value(), newest);
}

TEST_F(RocksDb, TakesNoMoreWhereTheCheckpointCannotBeWrittenBesideIt) {
  auto const log = create();
  ASSERT_TRUE(append(*log, sampleBatches(0, 5)));
  fs::create_directory(path_ / "CHECKPOINT.new");  // in the way, as a disk that is full would be
  ASSERT_TRUE(log->storeCheckpoint(checkpointNote(5, log->root())));
  auto stored = log->storeCheckpoint(checkpointNote(5, log->root()));
  while (stored) stored = log->storeCheckpoint(checkpointNote(5, log->root()));
  EXPECT_EQ(stored.error().kind, ErrorKind::io);
  EXPECT_EQ(append(*log, sampleBatches(5, 1)).error().kind, ErrorKind::io);
}

TEST_F(RocksDb, OpensReadOnlyBesideTheWriterAndChangesNothing) {
  auto const log = create();
  auto const first = sampleBatches(0, 5);
  ASSERT_TRUE(append(*log, first));
  auto const before = listing(path_);
  auto const reader = RocksDbLog::openReadOnly(path_).value();
  EXPECT_EQ(listing(path_), before);
  ASSERT_TRUE(append(*log, sampleBatches(5, 5)));
  expectHolds(*reader, first);
  expectHolds(*RocksDbLog::openReadOnly(path_).value(), sampleBatches(0, 10));
  EXPECT_EQ(append(*reader, sampleBatches(5, 1)).error().kind, ErrorKind::denied);
  EXPECT_EQ(reader->storeCheckpoint(checkpointNote(5, reader->root())).error().kind, ErrorKind::denied);
}

TEST_F(RocksDb, KeepsAReaderWholeWhileTheWriterMovesItsFiles) {
  RocksDbLogOptions const small{.blockCacheBytes = 1U << 20U, .writeBufferBytes = 256U << 10U};
  auto const log = RocksDbLog::create(path_, kAlgorithm, small).value();
  auto const first = sampleBatches(0, 50);
  ASSERT_TRUE(append(*log, first));
  auto const reader = RocksDbLog::openReadOnly(path_).value();
  for (std::uint64_t number = 50; number < 3000; number += 50) {
    ASSERT_TRUE(append(*log, sampleBatches(number, 50)));
    if (number % 500 == 0) {
      EXPECT_EQ(RocksDbLog::openReadOnly(path_).value()->size(), log->size());
    }
  }
  expectHolds(*reader, first);
}

TEST_F(RocksDb, RefusesWhenCheckpointAndTreeDisagree) {
  {
    auto const log = create();
    ASSERT_TRUE(append(*log, sampleBatches(0, 300)));
    ASSERT_TRUE(log->storeCheckpoint(checkpointNote(300, log->root())));
    ASSERT_TRUE(append(*log, sampleBatches(300, 5)));
  }
  ASSERT_TRUE(RocksDbLog::openForWriting(path_));
  auto const replaceCheckpoint = [&](std::string const& note) {
    tamper([&](rocksdb::DB& db, auto const& handles) {
      ASSERT_TRUE(
          db.Put({}, handles[0], kCheckpointKey, seal(Family::meta, kCheckpointKey, crypto::asBytes(note))).ok());
    });
  };
  auto const otherRoot = rootOfEntries(kAlgorithm, sampleBatches(1, 300));
  for (auto const& note : {checkpointNote(300, otherRoot), checkpointNote(306, otherRoot), std::string("no note")}) {
    replaceCheckpoint(note);
    for (auto* const open : {&RocksDbLog::openForWriting, &RocksDbLog::openReadOnly}) {
      expectError(open(path_, {}), ErrorKind::corrupt, "");
    }
  }
}

TEST_F(RocksDb, NoticesAnyRecordThatIsMissingOrChanged) {
  {
    auto const log = create();
    ASSERT_TRUE(append(*log, sampleBatches(0, 20)));
    ASSERT_TRUE(append(*log, sampleBatches(20, 20)));
    ASSERT_TRUE(log->storeCheckpoint(checkpointNote(40, log->root())));
  }
  // Does opening, or else reading everything, end in an error?
  auto const noticed = [&]() -> bool {
    auto const log = RocksDbLog::openReadOnly(path_);
    if (!log) {
      return log.error().kind == ErrorKind::corrupt;
    }
    auto const cursor = (*log)->read(BatchNumber(0));
    for (;;) {
      auto const batch = cursor->next();
      if (!batch) {
        EXPECT_EQ(cursor->next().error(), batch.error());  // it stays where it is
        return batch.error().kind == ErrorKind::corrupt;
      }
      if (!*batch) {
        break;
      }
    }
    auto const accept = [](auto const&...) { return crypto::Result<void>(); };
    return !(*log)->visitTiles(accept) || !(*log)->visitIdempotencyKeys(accept) || !(*log)->visitUsedNumbers(accept);
  };
  EXPECT_FALSE(noticed());
  auto const overwrite = [&](Family family, std::string const& key, std::optional<std::string> const& value) {
    tamper([&](rocksdb::DB& db, auto const& handles) {
      auto* const handle = handles[static_cast<std::size_t>(family)];
      ASSERT_TRUE((value ? db.Put({}, handle, key, *value) : db.Delete({}, handle, key)).ok());
    });
  };
  std::vector<std::tuple<Family, std::string, std::string>> records;
  tamper([&](rocksdb::DB& db, auto const& handles) {
    for (auto const family : kFamilies) {
      std::unique_ptr<rocksdb::Iterator> const it(db.NewIterator({}, handles[static_cast<std::size_t>(family)]));
      for (it->SeekToFirst(); it->Valid(); it->Next()) {
        records.emplace_back(family, it->key().ToString(), it->value().ToString());
      }
    }
  });
  // One of each index stands for all of them.
  std::map<Family, int> tried;
  for (auto const& [family, key, value] : records) {
    if (family >= Family::usedNumbers && key != kSizeKey && ++tried[family] > 1) {
      continue;
    }
    SCOPED_TRACE(std::string(name(family)) + "/" + crypto::toHex(crypto::asBytes(key)));
    auto changed = value + (value.empty() ? "x" : "");
    changed.back() = static_cast<char>(changed.back() ^ 1);
    overwrite(family, key, changed);
    EXPECT_TRUE(noticed());
    // A lost checkpoint or index entry cannot be seen here: witnesses and audits derive them anew.
    if ((family < Family::usedNumbers || key == kSizeKey) && key != kCheckpointKey) {
      overwrite(family, key, std::nullopt);
      EXPECT_TRUE(noticed());
    }
    overwrite(family, key, value);
    EXPECT_FALSE(noticed());
  }
}

class Truncated : public RocksDb {
 protected:
  // Tries every cut of every file of the log that `chosen` takes.
  void forEachCut(auto const& chosen, std::function<void(RocksDbLog::Opened const&)> const& check) const {
    for (auto const& [file, size] : listing(path_)) {
      if (size == 0 || !chosen(file)) {
        continue;
      }
      for (auto const length : {size - 1, size / 2, std::uintmax_t{0}}) {
        SCOPED_TRACE(file + " cut to " + std::to_string(length) + " of " + std::to_string(size));
        auto const copy = directory_ / "copy";
        fs::copy(path_, copy, fs::copy_options::recursive);
        fs::resize_file(copy / file, length);
        check(RocksDbLog::openForWriting(copy));
        fs::remove_all(copy);
      }
    }
  }
};

TEST_F(Truncated, TablesAndManifestAreRefused) {
  ASSERT_TRUE(append(*create(), sampleBatches(0, 20)));
  ASSERT_TRUE(RocksDbLog::openForWriting(path_));  // moves everything into tables
  int refused = 0;
  auto const holdsData = [](std::string const& file) {
    return file.ends_with(".sst") || file.starts_with("MANIFEST") || file == "CURRENT";
  };
  forEachCut(holdsData, [&](auto const& log) {
    expectError(log, ErrorKind::corrupt, "restore");
    ++refused;
  });
  EXPECT_GE(refused, 3 * 7);  // a table of each family with records, the manifest and its name
}

TEST_F(Truncated, WriteAheadLogEndsAfterAWholeGroup) {
  {
    auto const log = create();
    for (std::uint64_t number = 0; number < 60; number += 20) {
      ASSERT_TRUE(append(*log, sampleBatches(number, 20)));
    }
  }
  std::set<std::uint64_t> sizes;
  forEachCut([](std::string const& file) { return file.ends_with(".log"); },
             [&](auto const& log) {
               if (log) {
                 auto const batches = log.value()->size().batches;
                 EXPECT_EQ(batches % 20, 0U);
                 expectHolds(*log.value(), sampleBatches(0, batches));
                 sizes.insert(batches);
               } else {
                 expectError(log, ErrorKind::corrupt, "restore");
               }
             });
  EXPECT_TRUE(sizes.contains(40));  // cut by a byte: all but the last group
}

}  // namespace
}  // namespace fundtrail::ledger::log::testing

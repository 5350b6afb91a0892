// SPDX-License-Identifier: Apache-2.0
// The worked example of docs/LOG_FORMAT.md, byte by byte: this program reads it, and writes it.
#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include "ledger/log/chunk.h"
#include "ledger/log/layout.h"
#include "ledger/log/rocksdb_log.h"
#include "tests/ledger/log/sample.h"
#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::ledger::log::testing {
namespace {

namespace fs = std::filesystem;
using crypto::Bytes;

// family and key to value
using Records = std::map<std::pair<std::string, std::string>, std::string>;

Bytes text(std::string_view characters) {
  return {characters.begin(), characters.end()};
}

// As the page describes it in words.
std::vector<SampleBatch> exampleBatches() {
  SampleBatch first;
  first.entry = text("entry 0");
  first.events = {text("event 0"), text("event 1")};
  first.author = domain::KeyId(*crypto::Digest::from(Bytes(32, 0xaa)));
  first.idempotencyKey.fill(0x01);
  first.usedNumbers.resize(1);
  first.usedNumbers.front().bytes.fill(0xbb);
  SampleBatch second;
  second.entry = text("entry 1");
  second.events = {text("event 2")};
  second.author = first.author;
  second.idempotencyKey.fill(0x02);
  return {first, second};
}

Records recordsOnPage() {
  std::ifstream page(fs::path(FUNDTRAIL_SOURCE_DIR) / "docs/LOG_FORMAT.md");
  std::regex const row("^    ([a-z_]+) ([0-9a-f]+) ([0-9a-f]+|-)$");
  Records records;
  std::smatch match;
  for (std::string line; std::getline(page, line);) {
    if (std::regex_match(line, match, row)) {
      records[{match[1], match[2]}] = match[3];
    }
  }
  return records;
}

// Opens the raw database, with the families of the log.
void withDatabase(fs::path const& path, bool create, auto const& use) {
  rocksdb::DBOptions options;
  options.create_if_missing = options.create_missing_column_families = create;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (auto const family : kFamilies) {
    families.emplace_back(std::string(name(family)), rocksdb::ColumnFamilyOptions());
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, path.string(), families, &handles, &opened).ok());
  std::unique_ptr<rocksdb::DB> const db(opened);
  for (std::size_t i = 0; i < handles.size(); ++i) {
    use(*db, *handles[i], std::string(name(kFamilies[i])));
    db->DestroyColumnFamilyHandle(handles[i]);
  }
}

TEST(LogFormat, TheExampleOnThePageIsRead) {
  auto const records = recordsOnPage();
  ::fundtrail::testing::TemporaryDirectory const directory;
  withDatabase(directory.path(), true, [&](auto& db, auto& handle, std::string const& family) {
    for (auto const& [place, value] : records) {
      if (place.first == family) {
        auto const key = crypto::fromHex(place.second).value();
        auto const bytes = crypto::fromHex(value == "-" ? "" : value).value();
        EXPECT_TRUE(db.Put({}, &handle, crypto::asText(key), crypto::asText(bytes)).ok());
      }
    }
  });
  expectHolds(*RocksDbLog::openForWriting(directory.path()).value(), exampleBatches());
}

TEST(LogFormat, TheExampleOnThePageIsWhatIsWritten) {
  ::fundtrail::testing::TemporaryDirectory const directory;
  {
    auto const log = RocksDbLog::create(directory.path(), crypto::HashAlgorithm::sha256).value();
    ASSERT_TRUE(append(*log, exampleBatches()));
  }
  Records written;
  withDatabase(directory.path(), false, [&](auto& db, auto& handle, std::string const& family) {
    std::unique_ptr<rocksdb::Iterator> const it(db.NewIterator({}, &handle));
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      auto const value = crypto::toHex(crypto::asBytes(it->value().ToStringView()));
      written[{family, crypto::toHex(crypto::asBytes(it->key().ToStringView()))}] = value.empty() ? "-" : value;
    }
  });
  EXPECT_EQ(written, recordsOnPage());
}

}  // namespace
}  // namespace fundtrail::ledger::log::testing

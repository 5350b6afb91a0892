// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/rocksdb_settings.h"

#include <cstdarg>
#include <memory>
#include <string>

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include "ledger/log/layout.h"

namespace fundtrail::ledger::log {

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20U;
constexpr double kBloomBitsPerKey = 10;  // one lookup of a hundred for an absent key reads a block in vain

rocksdb::BlockBasedTableOptions tableSettings(std::shared_ptr<rocksdb::Cache> cache) {
  rocksdb::BlockBasedTableOptions table;
  table.checksum = rocksdb::kXXH3;  // this RocksDB computes CRC32C in software
  table.format_version = 5;
  table.block_size = std::size_t{32} << 10U;
  table.block_cache = std::move(cache);
  // Indexes and filters grow with the log, so they live in the cache, in parts, instead of in memory of their own.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_top_level_index_and_filter = true;
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  return table;
}

// Tables of chunks never overlap, as keys only grow, so that compaction only moves files between levels; tiles are
// rewritten while they are partial; keys of the two indexes come in random order and are asked for by name.
rocksdb::ColumnFamilyOptions familyOptions(Family family, rocksdb::BlockBasedTableOptions table,
                                           RocksDbLogOptions const& options) {
  rocksdb::ColumnFamilyOptions settings;
  settings.compression = rocksdb::kNoCompression;  // chunks are compressed already, the rest is hashes
  settings.bottommost_compression = rocksdb::kDisableCompressionOption;
  settings.write_buffer_size = options.writeBufferBytes / 2;
  if (family == Family::usedNumbers || family == Family::idempotencyKeys) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
    table.partition_filters = true;
    table.block_size = std::size_t{4} << 10U;
    settings.memtable_prefix_bloom_size_ratio = 0.1;
    settings.memtable_whole_key_filtering = true;
  }
  settings.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return settings;
}

// RocksDB's own diary, unwritten: on a full disk its file stops this RocksDB with an assertion, and each opening would
// leave some 70 kB behind. What matters of it comes back as a status.
class NoDiary final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(char const* /*format*/, va_list /*arguments*/) override {}
};

}  // namespace

rocksdb::DBOptions databaseSettings(RocksDbLogOptions const& options) {
  rocksdb::DBOptions settings;
  if (options.env != nullptr) {
    settings.env = options.env;
  }
  settings.db_write_buffer_size = options.writeBufferBytes;
  settings.max_total_wal_size = 2 * options.writeBufferBytes;  // bounds what an opening after a crash has to read
  // A crash may cut off the record that was being written, which nobody was told is stored. Damage elsewhere is an
  // error: the default would end the log at the first damaged record without a word. What looks like a cut tail and is
  // none, such as a length that was altered, is noticed by checkpoint_file.h.
  settings.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  settings.track_and_verify_wals_in_manifest = true;
  settings.paranoid_checks = true;
  settings.max_open_files = 1024;
  settings.bytes_per_sync = kMiB;
  settings.info_log = std::make_shared<NoDiary>();
  settings.stats_dump_period_sec = 0;
  settings.stats_persist_period_sec = 0;
  return settings;
}

std::vector<rocksdb::ColumnFamilyDescriptor> familySettings(RocksDbLogOptions const& options) {
  auto const table = tableSettings(rocksdb::NewLRUCache(options.blockCacheBytes));
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.reserve(kFamilies.size());
  for (auto const family : kFamilies) {
    families.emplace_back(std::string(name(family)), familyOptions(family, table, options));
  }
  return families;
}

}  // namespace fundtrail::ledger::log

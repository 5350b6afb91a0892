// SPDX-License-Identifier: Apache-2.0
// Private to this folder: finds the chunk that holds a record.
#pragma once

#include <cstdint>
#include <memory>

#include <rocksdb/iterator.h>

#include "crypto/result.h"
#include "ledger/log/chunk.h"
#include "ledger/log/layout.h"
#include "ledger/log/rocksdb_store.h"

namespace fundtrail::ledger::log {

/// Sees the store as it was when the reader was made. For one thread at a time.
class ChunkReader {
 public:
  ChunkReader(RocksDbStore const& store, Family family, RocksDbStore::Access access)
      : store_(store), family_(family), iterator_(store.iterate(family, access)) {}

  /// The chunk that holds this record; cheap when asked for the same or the next one again. Errors: corrupt when it is
  /// missing or damaged, io. After an error the reader can be asked again.
  crypto::Result<std::shared_ptr<Chunk const>> holding(std::uint64_t number);

 private:
  crypto::Error missing(std::uint64_t number) const;

  RocksDbStore const& store_;
  Family family_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  std::shared_ptr<Chunk const> chunk_;
};

}  // namespace fundtrail::ledger::log

// SPDX-License-Identifier: Apache-2.0
// Private to this folder: how RocksDB is set up.
#pragma once

#include <vector>

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include "ledger/log/rocksdb_log.h"

namespace fundtrail::ledger::log {

rocksdb::DBOptions databaseSettings(RocksDbLogOptions const& options);

/// In the order of kFamilies.
std::vector<rocksdb::ColumnFamilyDescriptor> familySettings(RocksDbLogOptions const& options);

}  // namespace fundtrail::ledger::log

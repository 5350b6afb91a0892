// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/raw_store.h"

#include <algorithm>
#include <array>
#include <utility>

#include <rocksdb/db.h>

#include "ledger/log/rocksdb_settings.h"

namespace fundtrail::ledger::log {

namespace {

crypto::Result<void> resultOf(rocksdb::Status const& status) {
  if (status.ok()) return {};
  return crypto::Error{crypto::ErrorKind::io, "the store does not take the change: " + status.ToString(),
                       "存储未接受改动：" + status.ToString()};
}

}  // namespace

struct RawStore::State {
  std::unique_ptr<rocksdb::DB> db;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilies.size()> handles{};

  [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Family family) const {
    return handles[static_cast<std::size_t>(family)];
  }
};

RawStore::RawStore(std::unique_ptr<State> state) : state_(std::move(state)) {}

RawStore::~RawStore() {
  for (auto* const handle : state_->handles) state_->db->DestroyColumnFamilyHandle(handle);
}

crypto::Result<std::unique_ptr<RawStore>> RawStore::open(std::filesystem::path const& directory) {
  // The log itself says in words what is wrong with a directory.
  if (auto const log = RocksDbLog::openReadOnly(directory); !log) return log.error();
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  auto const status = rocksdb::DB::Open(databaseSettings({}), directory.string(), familySettings({}), &handles, &db);
  if (!status.ok()) return resultOf(status).error();
  auto state = std::make_unique<State>();
  state->db.reset(db);
  std::ranges::copy(handles, state->handles.begin());
  return std::unique_ptr<RawStore>(new RawStore(std::move(state)));
}

std::vector<RawRecord> RawStore::all() const {
  std::vector<RawRecord> records;
  for (auto const family : kFamilies) {
    std::unique_ptr<rocksdb::Iterator> const it(state_->db->NewIterator({}, state_->handle(family)));
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      records.push_back({family, it->key().ToString(), it->value().ToString()});
    }
  }
  return records;
}

crypto::Result<void> RawStore::put(Family family, std::string_view key, std::string_view value) {
  return resultOf(state_->db->Put({}, state_->handle(family), rocksdb::Slice(key.data(), key.size()),
                                  rocksdb::Slice(value.data(), value.size())));
}

crypto::Result<void> RawStore::remove(Family family, std::string_view key) {
  return resultOf(state_->db->Delete({}, state_->handle(family), rocksdb::Slice(key.data(), key.size())));
}

crypto::Result<void> RawStore::flush() {
  std::vector<rocksdb::ColumnFamilyHandle*> const handles(state_->handles.begin(), state_->handles.end());
  return resultOf(state_->db->Flush({}, handles));
}

}  // namespace fundtrail::ledger::log

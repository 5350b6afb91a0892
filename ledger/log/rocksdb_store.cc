// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/rocksdb_store.h"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <rocksdb/env.h>
#include <rocksdb/options.h>

#include "crypto/ensure.h"
#include "ledger/log/rocksdb_settings.h"

namespace fundtrail::ledger::log {

using crypto::Bytes;
using crypto::BytesView;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

namespace fs = std::filesystem;

constexpr char const* kCurrent = "CURRENT";  // RocksDB's file that names the manifest
constexpr std::size_t kReadAhead = std::size_t{2} << 20U;
constexpr int kReadOnlyAttempts = 20;

std::string oneLine(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

Error ioError(fs::path const& path, std::error_code const& code) {
  return {ErrorKind::io, path.string() + ": " + code.message() + ": check the disk and the path",
          path.string() + "：请检查磁盘和路径（" + code.message() + "）"};
}

Error permissionError(fs::path const& directory, std::string_view what) {
  return {ErrorKind::denied,
          directory.string() + ": no permission to " + std::string(what) +
              " it: run as the owner of the directory, or have the permission granted",
          directory.string() + " 无访问权限：请以目录所有者运行，或请其授权"};
}

// Is it there and a directory, and may this process use it?
Result<void> checkDirectory(fs::path const& directory, bool forWriting) {
  std::error_code code;
  auto const status = fs::status(directory, code);
  if (status.type() == fs::file_type::not_found) {
    return Error{ErrorKind::notFound,
                 directory.string() + " does not exist: correct the path, or create a ledger there",
                 directory.string() + " 不存在：请核对路径，或在那里新建账本"};
  }
  if (code == std::errc::permission_denied) {
    return permissionError(directory, "reach");
  }
  if (code) {
    return ioError(directory, code);
  }
  if (status.type() != fs::file_type::directory) {
    return Error{ErrorKind::badInput, directory.string() + " is no directory: name the ledger's directory",
                 directory.string() + " 不是目录：请给出账本目录"};
  }
  // Of the effective user, which is who opens the files.
  if (::faccessat(AT_FDCWD, directory.c_str(), R_OK | X_OK, AT_EACCESS) != 0) {
    return permissionError(directory, "read");
  }
  if (forWriting && ::faccessat(AT_FDCWD, directory.c_str(), W_OK, AT_EACCESS) != 0) {
    return permissionError(directory, "write in");
  }
  return {};
}

Result<std::vector<std::string>> namesIn(fs::path const& directory) {
  std::error_code code;
  std::vector<std::string> names;
  for (fs::directory_iterator it(directory, code), end; !code && it != end; it.increment(code)) {
    names.push_back(it->path().filename().string());
  }
  if (code) {
    return ioError(directory, code);
  }
  return names;
}

// What changes whenever a writer adds or drops a table: the manifest, by name and size.
std::pair<std::string, std::uintmax_t> manifestState(fs::path const& directory) {
  std::string manifest;
  std::getline(std::ifstream(directory / kCurrent), manifest);
  std::error_code code;
  auto const size = fs::file_size(directory / manifest, code);
  return {manifest, code ? 0 : size};
}

// Before RocksDB is asked: it would leave files of its own in a directory that holds something else.
Result<void> checkHoldsLog(fs::path const& directory, rocksdb::DBOptions const& settings) {
  auto const names = namesIn(directory);
  if (!names) {
    return names.error();
  }
  if (names->empty()) {
    return Error{ErrorKind::notFound, directory.string() + " is empty: correct the path, or create a ledger there",
                 directory.string() + " 是空目录：请核对路径，或在那里新建账本"};
  }
  if (std::ranges::find(*names, kCurrent) == names->end()) {
    bool const wasOne = std::ranges::any_of(*names, [](auto const& n) { return n.starts_with("MANIFEST-"); });
    return wasOne ? Error{ErrorKind::corrupt, directory.string() + " lacks the file CURRENT: restore it from a copy",
                          directory.string() + " 缺少文件 CURRENT：请用副本恢复"}
                  : Error{ErrorKind::notFound, directory.string() + " holds no ledger: correct the path",
                          directory.string() + " 不是账本目录：请核对路径"};
  }
  if (manifestState(directory).second == 0) {
    return Error{ErrorKind::corrupt, directory.string() + " lacks its manifest: restore it from a copy",
                 directory.string() + " 缺少清单文件 MANIFEST：请用副本恢复"};
  }
  std::vector<std::string> families;
  if (auto const status = rocksdb::DB::ListColumnFamilies(settings, directory.string(), &families); !status.ok()) {
    return Error{ErrorKind::corrupt,
                 directory.string() + " cannot be read: restore it from a copy (" + oneLine(status.ToString()) + ")",
                 directory.string() + " 无法读取：请用副本恢复（" + oneLine(status.ToString()) + "）"};
  }
  auto const isOurs = [](std::string const& family) {
    return std::ranges::find(kFamilies, family, [](Family f) { return name(f); }) != kFamilies.end();
  };
  // A checkpoint beside it: it was whole once, and its manifest tells less than it did.
  bool const hadCheckpoint = std::ranges::find(*names, kCheckpointFile) != names->end();
  if (hadCheckpoint && families.size() < kFamilies.size() && std::ranges::all_of(families, isOurs)) {
    return Error{ErrorKind::corrupt, directory.string() + " lacks parts of the log: restore it from a copy",
                 directory.string() + " 缺少日志的一部分：请用副本恢复"};
  }
  // Any program's database has the first one, which RocksDB names itself.
  if (families.size() > 1 && families.size() < kFamilies.size() && std::ranges::all_of(families, isOurs)) {
    return Error{ErrorKind::corrupt,
                 directory.string() + " was not made to the end: restore it from a copy, or make the ledger elsewhere",
                 directory.string() + " 没有建完：请用副本恢复，或在别处重新建立账本"};
  }
  if (!std::ranges::is_permutation(families, kFamilies, {}, {}, [](Family f) { return name(f); })) {
    return Error{ErrorKind::badInput,
                 directory.string() +
                     " holds a database that is no ledger of this version: correct the path, or use "
                     "the program's later version",
                 directory.string() + " 不是本版本的账本：请核对路径，或使用更新版本的程序"};
  }
  return {};
}

// Makes the directory if it is absent.
Result<void> prepareNew(fs::path const& directory) {
  std::error_code code;
  fs::create_directory(directory, code);
  if (code == std::errc::permission_denied) {
    return permissionError(directory.parent_path(), "write in");
  }
  if (code == std::errc::no_such_file_or_directory) {
    return Error{ErrorKind::notFound, directory.parent_path().string() + " does not exist: create it first",
                 directory.parent_path().string() + " 不存在：请先建立"};
  }
  if (code && code != std::errc::file_exists && code != std::errc::not_a_directory) {
    return ioError(directory, code);
  }
  if (auto const usable = checkDirectory(directory, true); !usable) {
    return usable;
  }
  auto const names = namesIn(directory);
  if (!names) {
    return names.error();
  }
  if (!names->empty()) {
    return Error{ErrorKind::conflict, directory.string() + " is not empty: name a directory that is absent or empty",
                 directory.string() + " 不是空目录：请换一个不存在或空的目录"};
  }
  return {};
}

// The new directory's own name must survive the loss of power too.
Result<void> syncParent(fs::path const& directory, rocksdb::Env& env) {
  auto const parent = fs::absolute(directory).lexically_normal().parent_path();
  std::unique_ptr<rocksdb::Directory> handle;
  auto status = env.NewDirectory(parent.string(), &handle);
  if (status.ok()) {
    status = handle->Fsync();
  }
  if (status.ok()) {
    return {};
  }
  auto const detail = oneLine(status.ToString());
  return Error{ErrorKind::io, parent.string() + " cannot be synced: check the disk (" + detail + ")",
               parent.string() + " 无法同步到磁盘：请检查磁盘（" + detail + "）"};
}

// RocksDB clears a write-ahead log away only when it has recovered something from it: each opening that writes nothing
// would leave an empty one behind. The newest is in use, and the lock is ours.
Result<void> removeEmptyWriteAheadLogs(fs::path const& directory) {
  auto names = namesIn(directory);
  if (!names) {
    return names.error();
  }
  std::erase_if(*names, [](auto const& name) { return !name.ends_with(".log"); });
  std::ranges::sort(*names, {}, [](auto const& name) { return std::pair(name.size(), name); });
  for (std::size_t i = 0; i + 1 < names->size(); ++i) {
    std::error_code code;
    auto const file = directory / (*names)[i];
    if (fs::file_size(file, code) == 0) {
      fs::remove(file, code);
    }
    if (code && code != std::errc::no_such_file_or_directory) {
      return ioError(file, code);
    }
  }
  return {};
}

bool lockedByAnother(fs::path const& directory, rocksdb::Env& env) {
  rocksdb::FileLock* lock = nullptr;
  if (!env.LockFile((directory / "LOCK").string(), &lock).ok()) {
    return true;
  }
  env.UnlockFile(lock);
  return false;
}

}  // namespace

Result<std::unique_ptr<RocksDbStore>> RocksDbStore::open(fs::path const& directory, Mode mode,
                                                         RocksDbLogOptions const& options) {
  auto settings = databaseSettings(options);
  auto const ready = [&]() -> Result<void> {
    if (mode == Mode::create) {
      return prepareNew(directory);
    }
    auto const usable = checkDirectory(directory, mode == Mode::write);
    return usable ? checkHoldsLog(directory, settings) : usable;
  }();
  if (!ready) {
    return ready.error();
  }
  settings.create_if_missing = settings.create_missing_column_families = settings.error_if_exists =
      mode == Mode::create;

  auto const families = familySettings(options);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  if (mode == Mode::read) {
    // A writer beside us deletes files as it goes. Tables we hold open stay readable; but what it deletes between our
    // reading of the manifest and of the write-ahead log would be missing without a word, so an opening counts only if
    // the manifest stood still.
    settings.max_open_files = -1;
    auto before = manifestState(directory);
    for (int attempt = 1;; ++attempt) {
      status = rocksdb::DB::OpenForReadOnly(settings, directory.string(), families, &handles, &db);
      auto after = manifestState(directory);
      if (after == before) {
        break;
      }
      if (status.ok()) {
        std::ranges::for_each(handles, [&](auto* h) { db->DestroyColumnFamilyHandle(h); });
        handles.clear();
        delete std::exchange(db, nullptr);
      }
      if (attempt == kReadOnlyAttempts) {
        return Error{ErrorKind::io, directory.string() + " changed all the while it was being opened: try again",
                     directory.string() + " 打开期间一直有写入：请稍后重试"};
      }
      before = std::move(after);
    }
  } else {
    status = rocksdb::DB::Open(settings, directory.string(), families, &handles, &db);
  }

  std::unique_ptr<RocksDbStore> store(new RocksDbStore(directory, mode));
  if (!status.ok()) {
    // Whoever held the lock may have let go by now: then only the store's message tells.
    bool const wasLocked = status.ToString().find("lock file") != std::string::npos;
    if (mode == Mode::write && (wasLocked || lockedByAnother(directory, *settings.env))) {
      return Error{ErrorKind::conflict,
                   directory.string() + " is open for writing already: stop that program, or open it read-only",
                   directory.string() + " 正被另一程序写入：请等其结束后重试"};
    }
    return store->error(status, "the log cannot be opened");
  }
  store->db_.reset(db);
  std::ranges::copy(handles, store->handles_.begin());
  if (mode == Mode::write) {
    if (auto const removed = removeEmptyWriteAheadLogs(directory); !removed) {
      return removed.error();
    }
  }
  if (mode == Mode::create) {
    if (auto const synced = syncParent(directory, *settings.env); !synced) {
      return synced.error();
    }
  }
  return store;
}

RocksDbStore::~RocksDbStore() {
  for (auto* const family : handles_) {
    if (family != nullptr) {
      db_->DestroyColumnFamilyHandle(family);
    }
  }
}

Result<std::optional<Bytes>> RocksDbStore::get(Family family, std::string_view key) const {
  rocksdb::PinnableSlice value;
  auto const status = db_->Get({}, handle(family), key, &value);
  if (status.IsNotFound()) {
    return std::nullopt;
  }
  if (!status.ok()) {
    return error(status, "a record of " + std::string(name(family)) + " cannot be read");
  }
  auto const body = unseal(family, key, value.ToStringView());
  if (!body) {
    return body.error();
  }
  return Bytes(body->begin(), body->end());
}

Result<Bytes> RocksDbStore::demand(Family family, std::string_view key) const {
  auto body = get(family, key);
  if (!body) {
    return body.error();
  }
  if (!*body) {
    return damaged(family, key, "is missing");
  }
  return *std::move(*body);
}

Result<bool> RocksDbStore::contains(Family family, std::string_view key) const {
  rocksdb::PinnableSlice value;
  auto const status = db_->Get({}, handle(family), key, &value);
  if (!status.ok() && !status.IsNotFound()) {
    return error(status, "a record of " + std::string(name(family)) + " cannot be read");
  }
  return status.ok();
}

std::unique_ptr<rocksdb::Iterator> RocksDbStore::iterate(Family family, Access access) const {
  rocksdb::ReadOptions options;
  if (access == Access::scan) {
    options.readahead_size = kReadAhead;
    options.fill_cache = false;
  }
  return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options, handle(family)));
}

void RocksDbStore::put(rocksdb::WriteBatch& batch, Family family, std::string_view key, BytesView body) const {
  crypto::ensure(batch.Put(handle(family), key, seal(family, key, body)).ok(),
                 "keys and values are within RocksDB's limits");
}

void RocksDbStore::mark(rocksdb::WriteBatch& batch, Family family, std::string_view key) const {
  crypto::ensure(batch.Put(handle(family), key, {}).ok(), "keys are within RocksDB's limits");
}

Result<void> RocksDbStore::write(rocksdb::WriteBatch& batch) {
  rocksdb::WriteOptions options;
  options.sync = true;
  auto const status = db_->Write(options, &batch);
  if (!status.ok()) {
    return error(status, "writing failed");
  }
  return {};
}

Error RocksDbStore::error(rocksdb::Status const& status, std::string_view what) const {
  bool const isDamage = status.IsCorruption() || status.IsNotFound() || status.IsPathNotFound();
  auto const where = directory_.string();
  auto const detail = oneLine(status.ToString());
  if (isDamage) {
    return {ErrorKind::corrupt, fmt::format("{}: {}: restore the directory from a copy ({})", where, what, detail),
            fmt::format("{} 读取出错：请用副本恢复该目录（{}）", where, detail)};
  }
  if (status.IsNoSpace()) {
    return {ErrorKind::io, fmt::format("{}: {}: the disk is full: make room, then open it again", where, what),
            fmt::format("{} 磁盘已满：请先清理，再重新打开", where)};
  }
  return {ErrorKind::io,
          fmt::format("{}: {}: check the disk and its free space, then open it again ({})", where, what, detail),
          fmt::format("{} 读写失败：请检查磁盘及剩余空间，再重新打开（{}）", where, detail)};
}

rocksdb::ColumnFamilyHandle* RocksDbStore::handle(Family family) const {
  return handles_[static_cast<std::size_t>(family)];
}

}  // namespace fundtrail::ledger::log

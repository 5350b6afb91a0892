// SPDX-License-Identifier: Apache-2.0
// A disk that dies: from a chosen write or sync on nothing reaches it any more, and what was not synced can be lost.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

namespace fundtrail::testing {

/// Safe on several threads at once. Renames and removals pass through until the disk dies, and then fail as well.
class FaultFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FaultFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  char const* Name() const override { return "FaultFileSystem"; }

  /// The k-th write or sync from now on (the first is 0) is the last: a write gets half of its bytes out, a sync none.
  void dieAt(std::size_t k) {
    std::lock_guard const lock(mutex_);
    remaining_ = k;
    dead_ = false;
  }
  bool dead() const {
    std::lock_guard const lock(mutex_);
    return dead_;
  }
  /// What the disk forgets when power goes: every file ends where it was last synced.
  void losePower() {
    std::lock_guard const lock(mutex_);
    for (auto const& [path, length] : synced_) {
      if (std::filesystem::exists(path) && std::filesystem::file_size(path) > length) {
        std::filesystem::resize_file(path, length);
      }
    }
  }

  rocksdb::IOStatus NewWritableFile(std::string const& path, rocksdb::FileOptions const& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    if (dead()) {
      return gone();
    }
    auto const status = FileSystemWrapper::NewWritableFile(path, options, result, debug);
    // RocksDB's own diary is none of our business.
    if (status.ok() && !std::filesystem::path(path).filename().string().starts_with("LOG")) {
      std::lock_guard const lock(mutex_);
      synced_[path] = 0;
      *result = std::make_unique<File>(*this, path, std::move(*result));
    }
    return status;
  }
  rocksdb::IOStatus RenameFile(std::string const& from, std::string const& to, rocksdb::IOOptions const& options,
                               rocksdb::IODebugContext* debug) override {
    if (dead()) {
      return gone();
    }
    auto const status = FileSystemWrapper::RenameFile(from, to, options, debug);
    std::lock_guard const lock(mutex_);
    if (auto file = synced_.extract(from); status.ok() && file) {
      synced_[to] = file.mapped();
    }
    return status;
  }
  rocksdb::IOStatus DeleteFile(std::string const& path, rocksdb::IOOptions const& options,
                               rocksdb::IODebugContext* debug) override {
    return dead() ? gone() : FileSystemWrapper::DeleteFile(path, options, debug);
  }

 private:
  class File final : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(FaultFileSystem& disk, std::string path, std::unique_ptr<rocksdb::FSWritableFile> file)
        : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk), path_(std::move(path)) {}

    rocksdb::IOStatus Append(rocksdb::Slice const& data, rocksdb::IOOptions const& options,
                             rocksdb::IODebugContext* debug) override {
      if (disk_.works()) {
        return FSWritableFileOwnerWrapper::Append(data, options, debug);
      }
      if (disk_.takeLastWrite()) {
        FSWritableFileOwnerWrapper::Append({data.data(), data.size() / 2}, options, debug).PermitUncheckedError();
      }
      return gone();
    }
    rocksdb::IOStatus Append(rocksdb::Slice const& data, rocksdb::IOOptions const& options,
                             rocksdb::DataVerificationInfo const&, rocksdb::IODebugContext* debug) override {
      return Append(data, options, debug);
    }
    rocksdb::IOStatus Sync(rocksdb::IOOptions const& options, rocksdb::IODebugContext* debug) override {
      return synced(options, debug, [&] { return FSWritableFileOwnerWrapper::Sync(options, debug); });
    }
    rocksdb::IOStatus Fsync(rocksdb::IOOptions const& options, rocksdb::IODebugContext* debug) override {
      return synced(options, debug, [&] { return FSWritableFileOwnerWrapper::Fsync(options, debug); });
    }

   private:
    rocksdb::IOStatus synced(rocksdb::IOOptions const& options, rocksdb::IODebugContext* debug, auto const& sync) {
      if (!disk_.works()) {
        disk_.takeLastWrite();
        return gone();
      }
      auto const status = sync();
      if (status.ok()) {
        std::lock_guard const lock(disk_.mutex_);
        disk_.synced_[path_] = GetFileSize(options, debug);
      }
      return status;
    }

    FaultFileSystem& disk_;
    std::string path_;
  };

  static rocksdb::IOStatus gone() { return rocksdb::IOStatus::IOError("the disk is gone"); }

  // Counts one operation, and says whether it may be done.
  bool works() {
    std::lock_guard const lock(mutex_);
    if (!dead_ && remaining_) {
      dead_ = lastWrite_ = *remaining_ == 0;
      remaining_ = dead_ ? std::nullopt : std::optional(*remaining_ - 1);
    }
    return !dead_;
  }
  bool takeLastWrite() {
    std::lock_guard const lock(mutex_);
    return std::exchange(lastWrite_, false);
  }

  mutable std::mutex mutex_;
  std::optional<std::size_t> remaining_;
  bool dead_ = false;
  bool lastWrite_ = false;
  std::map<std::string, std::uint64_t> synced_;
};

}  // namespace fundtrail::testing

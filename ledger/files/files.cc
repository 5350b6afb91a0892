// SPDX-License-Identifier: Apache-2.0
#include "ledger/files/files.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace fundtrail::ledger::files {

using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr mode_t kForOwner = S_IRUSR | S_IWUSR;
constexpr mode_t kForEveryone = kForOwner | S_IRGRP | S_IROTH;

/// 0, or the errno of what failed.
int writeAll(int descriptor, std::string_view contents) {
  while (!contents.empty()) {
    auto const written = ::write(descriptor, contents.data(), contents.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    contents.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

enum class Sync : std::uint8_t { now, later };

/// Writes a file that is opened with these flags; what was begun and failed is removed.
Result<void> write(std::filesystem::path const& file, std::string_view contents, int flags, mode_t mode,
                   Sync sync = Sync::now) {
  Descriptor const descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode));
  if (descriptor.number() < 0) {
    auto const failed = errno;
    // What is missing where a new file cannot be made is its folder.
    return fileError(failed == ENOENT ? file.parent_path() : file, failed);
  }
  auto failed = writeAll(descriptor.number(), contents);
  if (failed == 0 && sync == Sync::now && ::fdatasync(descriptor.number()) != 0) failed = errno;
  if (failed != 0) {
    ::unlink(file.c_str());
    return fileError(file, failed);
  }
  return {};
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Result<Descriptor> openDirectory(std::filesystem::path const& directory) {
  Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0) return fileError(directory, errno);
  return opened;
}

Result<void> syncDirectory(std::filesystem::path const& directory) {
  auto const opened = openDirectory(directory);
  if (!opened) return opened.error();
  if (::fsync(opened->number()) != 0) return fileError(directory, errno);
  return {};
}

Error fileError(std::filesystem::path const& file, int number) {
  auto const name = file.string();
  auto const error = [&](ErrorKind kind, std::string_view zh, std::string_view en) {
    return Error{kind, fmt::format(fmt::runtime(en), name), fmt::format(fmt::runtime(zh), name)};
  };
  switch (number) {
    case ENOENT: return error(ErrorKind::notFound, "{} 不存在：请核对路径", "{} does not exist: check the path");
    case EACCES:
    case EPERM:
      return error(ErrorKind::denied, "{} 无访问权限：请以有权限的用户运行",
                   "{}: permission denied: run as a user who may use it");
    case EEXIST:
      return error(ErrorKind::conflict, "{} 已存在，不会覆盖：请换一个文件名",
                   "{} exists and is never overwritten: give another name");
    case EISDIR: return error(ErrorKind::badInput, "{} 是目录：请给出文件", "{} is a directory: give a file");
    case ENOTDIR: return error(ErrorKind::badInput, "{} 不是目录：请核对路径", "{} is no directory: check the path");
    case ENOSPC:
      return error(ErrorKind::io, "{} 无法写入，磁盘已满：请先清理", "{}: the disk is full: make room first");
    default: {
      auto const why = std::generic_category().message(number);
      return {ErrorKind::io, fmt::format("{}: {}: check the disk and try again", name, why),
              fmt::format("{}：{}，请检查磁盘后重试", name, why)};
    }
  }
}

Result<std::string> readFile(std::filesystem::path const& file, std::size_t most) {
  Descriptor const descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor.number() < 0) return fileError(file, errno);
  std::string contents;
  char buffer[16'384];
  while (true) {
    auto const got = ::read(descriptor.number(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fileError(file, errno);
    if (got == 0) return contents;
    contents.append(buffer, static_cast<std::size_t>(got));
    if (contents.size() > most) {
      return Error{ErrorKind::badInput, fmt::format("{} is larger than {} bytes: check the file", file.string(), most),
                   fmt::format("{} 大于 {} 字节：请核对文件", file.string(), most)};
    }
  }
}

Result<void> writeNewFile(std::filesystem::path const& file, std::string_view contents, Access access) {
  return write(file, contents, O_EXCL, access == Access::owner ? kForOwner : kForEveryone);
}

Result<void> writeUnsynced(std::filesystem::path const& file, std::string_view contents) {
  return write(file, contents, O_TRUNC, kForEveryone, Sync::later);
}

Result<void> replaceFile(std::filesystem::path const& file, std::string_view contents) {
  return replaceFile(file, contents, file.string() + ".new");
}

Result<void> replaceFile(std::filesystem::path const& file, std::string_view contents,
                         std::filesystem::path const& next) {
  if (auto written = write(next, contents, O_TRUNC, kForEveryone); !written) return written;
  if (::rename(next.c_str(), file.c_str()) != 0) return fileError(file, errno);
  return {};
}

}  // namespace fundtrail::ledger::files

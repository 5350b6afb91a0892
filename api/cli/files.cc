// SPDX-License-Identifier: Apache-2.0
#include "api/cli/files.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace fundtrail::api::cli {

namespace {

using crypto::ErrorKind;

/// 0, or the errno of what failed.
int writeAll(int descriptor, std::string_view contents) {
  while (!contents.empty()) {
    auto const written = ::write(descriptor, contents.data(), contents.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    contents.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0 ? 0 : errno;
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

crypto::Result<Descriptor> openDirectory(Session const& session, std::filesystem::path const& directory) {
  Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0) return fileError(session, directory, errno);
  return opened;
}

crypto::Result<void> syncDirectory(Session const& session, std::filesystem::path const& directory) {
  auto const opened = openDirectory(session, directory);
  if (!opened) return opened.error();
  if (::fsync(opened->number()) != 0) return fileError(session, directory, errno);
  return {};
}

crypto::Error fileError(Session const& session, std::filesystem::path const& file, int number) {
  auto const name = file.string();
  switch (number) {
    case ENOENT:
      return session.error(ErrorKind::notFound, {"{} 不存在：请核对路径", "{} does not exist: check the path"}, name);
    case EACCES:
    case EPERM:
      return session.error(
          ErrorKind::denied,
          {"{} 无访问权限：请以有权限的用户运行", "{}: permission denied: run as a user who may use it"}, name);
    case EEXIST:
      return session.error(
          ErrorKind::conflict,
          {"{} 已存在，不会覆盖：请换一个文件名", "{} exists and is never overwritten: give another name"}, name);
    case EISDIR:
      return session.error(ErrorKind::badInput, {"{} 是目录：请给出文件", "{} is a directory: give a file"}, name);
    case ENOTDIR:
      return session.error(ErrorKind::badInput, {"{} 不是目录：请核对路径", "{} is no directory: check the path"},
                           name);
    case ENOSPC:
      return session.error(ErrorKind::io, {"{} 无法写入，磁盘已满：请先清理", "{}: the disk is full: make room first"},
                           name);
    default:
      return session.error(ErrorKind::io, {"{}：{}，请检查磁盘后重试", "{}: {}: check the disk and try again"}, name,
                           std::generic_category().message(number));
  }
}

crypto::Result<std::string> readFile(Session const& session, std::filesystem::path const& file, std::size_t most) {
  Descriptor const descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor.number() < 0) return fileError(session, file, errno);
  std::string contents;
  char buffer[16'384];
  while (true) {
    auto const got = ::read(descriptor.number(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fileError(session, file, errno);
    if (got == 0) return contents;
    contents.append(buffer, static_cast<std::size_t>(got));
    if (contents.size() > most) {
      return session.error(ErrorKind::badInput,
                           {"{} 大于 {} 字节：请核对文件", "{} is larger than {} bytes: check the file"}, file.string(),
                           most);
    }
  }
}

crypto::Result<void> writeNewFile(Session const& session, std::filesystem::path const& file, std::string_view contents,
                                  Access access) {
  mode_t const mode = access == Access::owner ? S_IRUSR | S_IWUSR : S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
  Descriptor const descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (descriptor.number() < 0) {
    auto const failed = errno;
    // What is missing where a new file cannot be made is its folder.
    return fileError(session, failed == ENOENT ? file.parent_path() : file, failed);
  }
  if (auto const failed = writeAll(descriptor.number(), contents); failed != 0) {
    ::unlink(file.c_str());
    return fileError(session, file, failed);
  }
  return {};
}

}  // namespace fundtrail::api::cli

// SPDX-License-Identifier: Apache-2.0
#include "ledger/bundle/part_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/bundle/format.h"

namespace fundtrail::ledger::bundle {

using crypto::Bytes;
using crypto::BytesView;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

namespace fs = std::filesystem;

constexpr mode_t kForEveryone = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;

bool isThere(fs::path const& file) {
  struct stat status {};
  return ::lstat(file.c_str(), &status) == 0;
}

/// Whether the open file still has that name: another program may have published it since it was opened.
bool isStill(int descriptor, fs::path const& file) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(descriptor, &opened) == 0 && ::lstat(file.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

/// Up to so many bytes: fewer at the end of the file.
Result<Bytes> readAt(int descriptor, fs::path const& file, std::uint64_t offset, std::size_t most) {
  Bytes bytes(most);
  std::size_t done = 0;
  while (done < most) {
    auto const got = ::pread(descriptor, bytes.data() + done, most - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return files::fileError(file, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

}  // namespace

Result<PartFile> PartFile::open(fs::path const& file) {
  if (isThere(file)) return files::fileError(file, EEXIST);
  auto part = file;
  part += ".part";
  files::Descriptor opened(::open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kForEveryone));
  if (opened.number() < 0) {
    auto const failed = errno;
    auto const above = file.has_parent_path() ? file.parent_path() : fs::path(".");
    // What is missing where a new file cannot be made is its folder.
    return files::fileError(failed == ENOENT ? above : part, failed);
  }
  if (::flock(opened.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return files::fileError(part, errno);
    return Error{ErrorKind::conflict, part.string() + ": another program is writing it: wait until it has ended",
                 part.string() + "：另一程序正在写入，请等其结束后重试"};
  }
  if (isThere(file) || !isStill(opened.number(), part)) return files::fileError(file, EEXIST);
  return PartFile(file, std::move(part), std::move(opened));
}

Result<std::optional<Bytes>> PartFile::next() {
  // Most frames are far shorter than the longest that there may be.
  for (auto const most : {kFullFrame, mostFrameBytes()}) {
    auto const bytes = readAt(locked_.number(), part_, end_, most);
    if (!bytes) return bytes.error();
    auto const length = frameLength(*bytes);
    if (!length) continue;
    auto content = contentOf(BytesView(*bytes).first(*length));
    if (!content) break;
    frames_.push_back({static_cast<std::uint32_t>(*length), static_cast<std::uint32_t>(content->size())});
    end_ += *length;
    return std::optional(*std::move(content));
  }
  return std::optional<Bytes>();
}

void PartFile::unread() {
  end_ -= frames_.back().frame;
  frames_.pop_back();
}

Result<void> PartFile::cut() {
  if (::ftruncate(locked_.number(), static_cast<off_t>(end_)) != 0) return files::fileError(part_, errno);
  return {};
}

Result<void> PartFile::write(BytesView bytes) {
  while (!bytes.empty()) {
    auto const written = ::pwrite(locked_.number(), bytes.data(), bytes.size(), static_cast<off_t>(end_));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return files::fileError(part_, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    end_ += static_cast<std::uint64_t>(written);
  }
  return {};
}

Result<void> PartFile::add(BytesView content) {
  auto const frame = compressor_.frame(content);
  if (auto written = write(frame); !written) return written;
  frames_.push_back({static_cast<std::uint32_t>(frame.size()), static_cast<std::uint32_t>(content.size())});
  return {};
}

Result<void> PartFile::publish() {
  if (auto written = write(encodeSeekTable(frames_)); !written) return written;
  if (::fsync(locked_.number()) != 0) return files::fileError(part_, errno);
  if (isThere(file_)) return files::fileError(file_, EEXIST);
  if (::rename(part_.c_str(), file_.c_str()) != 0) return files::fileError(file_, errno);
  return files::syncDirectory(file_.has_parent_path() ? file_.parent_path() : fs::path("."));
}

}  // namespace fundtrail::ledger::bundle

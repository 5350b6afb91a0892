// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/checkpoint_file.h"

#include <chrono>
#include <cstddef>
#include <utility>

#include "ledger/files/files.h"
#include "ledger/log/layout.h"

namespace fundtrail::ledger::log {

namespace {

constexpr std::size_t kMostNote = 1'000'000;  // bytes: crypto/note.h takes no larger one

// Between two writes, whose syncs the log's own would have to share the disk with.
constexpr std::chrono::milliseconds kBreath{100};

}  // namespace

crypto::Result<std::optional<std::string>> readCheckpointFile(std::filesystem::path const& directory) {
  auto note = files::readFile(directory / kCheckpointFile, kMostNote);
  if (!note && note.error().kind == crypto::ErrorKind::notFound) return std::nullopt;
  if (!note) return note.error();
  return std::optional(*std::move(note));
}

CheckpointFile::CheckpointFile(std::filesystem::path directory)
    : directory_(std::move(directory)), thread_([this] { run(); }) {}

CheckpointFile::~CheckpointFile() {
  {
    std::lock_guard const lock(mutex_);
    closing_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void CheckpointFile::write(std::string note) {
  {
    std::lock_guard const lock(mutex_);
    next_ = std::move(note);
  }
  changed_.notify_one();
}

std::optional<crypto::Error> CheckpointFile::failed() const {
  std::lock_guard const lock(mutex_);
  return failed_;
}

void CheckpointFile::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return next_ || closing_; });
    if (!next_ || failed_) return;
    auto const note = *std::exchange(next_, std::nullopt);
    lock.unlock();
    auto const written = files::replaceFile(directory_ / kCheckpointFile, note);
    lock.lock();
    if (!written) failed_ = written.error();
    changed_.wait_for(lock, kBreath, [this] { return closing_; });
  }
}

}  // namespace fundtrail::ledger::log

// SPDX-License-Identifier: Apache-2.0
// The newest checkpoint in a file of its own beside the store. Private to this folder.
//
// The store's write-ahead log cannot tell a tail that a crash cut off from one that somebody, or a failing disk, took
// away: to both it answers with an earlier, whole state. This file remembers how far the log had come, so that a
// shorter one is refused.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "crypto/result.h"

namespace fundtrail::ledger::log {

/// The note, or nothing where there is no such file. Error: io.
crypto::Result<std::optional<std::string>> readCheckpointFile(std::filesystem::path const& directory);

/// Keeps the file up to date on a thread of its own, so that nobody waits for the disk: whoever was told of a
/// checkpoint loses nothing with the file, as the log itself is durable by then and the next opening signs for it
/// again. A note that a newer one has overtaken is never written. The file is replaced as a whole: after a crash it
/// holds an old note or a new one.
class CheckpointFile {
 public:
  explicit CheckpointFile(std::filesystem::path directory);
  /// Writes what is still to be written.
  ~CheckpointFile();
  CheckpointFile(CheckpointFile const&) = delete;
  CheckpointFile& operator=(CheckpointFile const&) = delete;

  /// From any thread.
  void write(std::string note);
  /// The first failure, after which nothing more is written.
  [[nodiscard]] std::optional<crypto::Error> failed() const;

 private:
  void run();

  std::filesystem::path directory_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::optional<std::string> next_;
  std::optional<crypto::Error> failed_;
  bool closing_ = false;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace fundtrail::ledger::log

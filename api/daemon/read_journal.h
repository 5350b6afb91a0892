// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>

#include "api/access/journal.h"
#include "crypto/result.h"
#include "ledger/files/files.h"

namespace fundtrail::api::daemon {

/// Who read what is private, as a file to which one line is added for each: an object of JSON with time, person, key,
/// peer, request and what. For its owner alone. A line is durable before record() returns. Any thread.
class ReadJournal final : public access::Journal {
 public:
  /// Makes the file and its folder if they are absent (the folder's parent must exist). A line that a crash cut off is
  /// ended. Error: as for files.
  [[nodiscard]] static crypto::Result<std::unique_ptr<ReadJournal>> open(std::filesystem::path file);

  crypto::Result<void> record(access::PrivateRead const& read) override;

  /// Goes on in the file of that name, which may be another one by now: what rotates logs moves it away.
  [[nodiscard]] crypto::Result<void> reopen();

 private:
  explicit ReadJournal(std::filesystem::path file) : file_(std::move(file)) {}

  std::filesystem::path file_;
  std::mutex mutex_;
  std::unique_ptr<ledger::files::Descriptor> open_;
};

}  // namespace fundtrail::api::daemon

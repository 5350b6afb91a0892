// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "crypto/result.h"
#include "ledger/log/raw_store.h"
#include "ledger/tampering/tampering.h"

namespace fundtrail::ledger::tampering {

/// A log's directory in the hands of someone who holds the disk. One process at a time; one thread at a time.
class Disk {
 public:
  /// Errors: as of log::RawStore::open(); of files.
  static crypto::Result<std::unique_ptr<Disk>> open(std::filesystem::path const& directory);

  /// What it held when it was opened.
  [[nodiscard]] Stored const& stored() const { return stored_; }
  /// Error: io.
  crypto::Result<void> apply(Change const& change);
  /// Puts back what the change took the place of. Error: io.
  crypto::Result<void> undo(Change const& change);
  /// So that readers need not go through a long write-ahead log. Error: io.
  crypto::Result<void> flush() { return store_->flush(); }

  /// What stood in the place of the change; nothing where nothing did.
  [[nodiscard]] std::optional<std::string> before(Change const& change) const;

 private:
  Disk(std::filesystem::path directory, std::unique_ptr<log::RawStore> store, Stored stored)
      : directory_(std::move(directory)), store_(std::move(store)), stored_(std::move(stored)) {}

  std::filesystem::path directory_;
  std::unique_ptr<log::RawStore> store_;
  Stored stored_;
};

}  // namespace fundtrail::ledger::tampering

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"
#include "ledger/log/layout.h"

// The records of a log's store as they lie on disk, past everything that the log promises: for tampering with a copy on
// purpose (ledger/tampering/), to see that it is noticed. A ledger never uses it.

namespace fundtrail::ledger::log {

/// A key and its value, checksum included.
struct RawRecord {
  Family family;
  std::string key;
  std::string value;
  friend bool operator==(RawRecord const&, RawRecord const&) = default;
};

/// Open for writing, as someone has it who holds the disk. One process at a time; one thread at a time.
class RawStore {
 public:
  /// Error: notFound, conflict, corrupt, io.
  static crypto::Result<std::unique_ptr<RawStore>> open(std::filesystem::path const& directory);
  ~RawStore();
  RawStore(RawStore const&) = delete;
  RawStore& operator=(RawStore const&) = delete;

  /// Every record, by family and key.
  [[nodiscard]] std::vector<RawRecord> all() const;
  /// Puts the value there, as it is. Error: io.
  crypto::Result<void> put(Family family, std::string_view key, std::string_view value);
  /// Error: io.
  crypto::Result<void> remove(Family family, std::string_view key);
  /// So that readers need not go through a long write-ahead log. Error: io.
  crypto::Result<void> flush();

 private:
  struct State;
  explicit RawStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fundtrail::ledger::log

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"

namespace fundtrail::api::witness {

/// Two checkpoints of one log and one size with different roots, both signed by the log: whoever knows its key can see
/// that it told two stories.
struct Evidence {
  std::uint64_t seenAt = 0;  // milliseconds since 1970-01-01 00:00 UTC
  std::string cosigned;      // the note that this witness had cosigned
  std::string submitted;     // the other one
};

/// What a witness must never forget, in a RocksDB of its own: for each log the newest checkpoint that it cosigned, as
/// the whole note, and the evidence. Safe on several threads; one process at a time. The directory must never be put
/// back from a backup: a witness that forgets may cosign another history.
class Store {
 public:
  /// Opens the directory, which is made if it is absent. Errors: conflict while another process has it; corrupt where
  /// it is no witness's, or damaged; io.
  [[nodiscard]] static crypto::Result<std::unique_ptr<Store>> open(std::filesystem::path const& directory);
  /// The same, to look at while a witness runs; nothing can be stored.
  [[nodiscard]] static crypto::Result<std::unique_ptr<Store>> openReadOnly(std::filesystem::path const& directory);

  virtual ~Store() = default;

  /// The newest cosigned note of a log; nothing before the first.
  [[nodiscard]] virtual crypto::Result<std::optional<std::string>> newest(std::string const& origin) const = 0;

  /// Puts a note in the place of the one that is expected there, durably, in one step; false, and nothing happened, if
  /// another stands there. Error: io, and whether it was stored is not known.
  [[nodiscard]] virtual crypto::Result<bool> replace(std::string const& origin,
                                                     std::optional<std::string> const& expected,
                                                     std::string_view note) = 0;

  /// Keeps evidence, durably: one piece for each log and size, of which a second says nothing new, and 1,000 for each
  /// log. True if it was new. Error: io.
  [[nodiscard]] virtual crypto::Result<bool> keep(std::string const& origin, std::uint64_t size,
                                                  Evidence const& evidence) = 0;

  /// All that was kept, by log and size. Error: corrupt, io.
  [[nodiscard]] virtual crypto::Result<std::vector<Evidence>> evidence() const = 0;
};

}  // namespace fundtrail::api::witness

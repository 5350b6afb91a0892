// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "crypto/keys.h"
#include "tests/support/clerks.h"
#include "tests/support/daemon.h"

namespace fundtrail::tests {

/// A small simulated ledger in a folder of its own, which fundtraild serves with limits that let so many clients of one
/// machine in.
class ServedLedger {
 public:
  /// Makes it; whatever was in the folder is gone. Throws std::runtime_error where it cannot.
  ServedLedger(std::filesystem::path directory, unsigned clients);

  [[nodiscard]] std::filesystem::path path() const { return directory_ / "ledger"; }

  /// Each time at the same port.
  [[nodiscard]] Daemon start() const { return {path(), directory_ / "log", environment_}; }

  /// As many clerks as there are clients, enrolled by the front door. Once.
  [[nodiscard]] Clerks appoint(std::uint16_t port) const;

 private:
  [[nodiscard]] crypto::PrivateKey keyOf(std::string const& person) const;

  std::filesystem::path directory_;
  unsigned clients_;
  std::map<std::string, std::string> environment_;
};

}  // namespace fundtrail::tests

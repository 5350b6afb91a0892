// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace fundtrail::tests {

/// What a process has of the machine's memory, in bytes.
struct Memory {
  std::size_t now = 0;
  std::size_t most = 0;  // ever
};

/// fundtraild, serving a ledger as an operator runs it, in English. It is killed when this goes.
class Daemon {
 public:
  /// Starts it and waits until it serves. `environment` is all that it has; unless that says otherwise it listens on
  /// any free port. Its log is appended to a file. Throws std::runtime_error with what it said where it does not start.
  Daemon(std::filesystem::path const& ledger, std::filesystem::path const& log,
         std::map<std::string, std::string> environment = {});

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// The lines that it printed before it served.
  [[nodiscard]] std::string const& said() const { return said_; }
  [[nodiscard]] Memory memory() const;

  void signal(int number) const { process_.signal(number); }
  /// SIGKILL, and its end.
  void kill() { process_.kill(); }
  /// SIGTERM, and what it exits with; -1 if a signal ended it.
  int terminate() { return process_.terminate(); }

 private:
  Process process_;
  std::string said_;
  std::uint16_t port_ = 0;
};

/// The command that runs it on a ledger.
[[nodiscard]] std::vector<std::string> daemonCommand(std::filesystem::path const& ledger);

}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace fundtrail::tests {

/// A witness as a city runs it: fundtrail-witness in a process of its own, with a key and a memory of its own.
class CityWitness {
 public:
  /// Makes its key, by `fundtrail keygen --algorithm`. `directory` must exist.
  CityWitness(std::filesystem::path const& directory, std::string name, std::string const& algorithm,
              std::string const& password);

  /// Watches the logs of a policy file: the first time at a port that is free, then at the same one.
  void start(std::string const& logs);
  void kill();
  /// SIGTERM, and what it exits with.
  int terminate();

  [[nodiscard]] std::string const& name() const { return name_; }
  /// A policy's line that trusts it, and tells where it is.
  [[nodiscard]] std::string policyLine() const;
  [[nodiscard]] std::string const& vkey() const { return vkey_; }
  [[nodiscard]] std::string const& url() const { return url_; }
  [[nodiscard]] std::string state() const { return state_.string(); }
  [[nodiscard]] std::filesystem::path const& keyFile() const { return key_; }

 private:
  [[nodiscard]] std::vector<std::string> command(std::string const& command) const;

  std::string name_;
  std::filesystem::path key_;
  std::filesystem::path state_;
  std::map<std::string, std::string> environment_;
  std::string vkey_;
  std::string url_;
  std::optional<Process> process_{};
};

}  // namespace fundtrail::tests

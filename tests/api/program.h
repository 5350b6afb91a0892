// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace fundtrail::tests {

/// What a run of a program did.
struct Ran {
  int exit;
  std::string out;
  std::string err;
};

enum class Power : std::uint8_t {
  ordinary,
  obeysPermissions,  // even where the tests run as root
};

/// Runs a command, its program named by its path, without a terminal, and with no environment but `environment`.
Ran execute(std::vector<std::string> command, std::map<std::string, std::string> const& environment,
            Power power = Power::ordinary);

/// Runs `fundtrail` with these arguments.
Ran run(std::vector<std::string> const& arguments, std::map<std::string, std::string> const& environment = {},
        Power power = Power::ordinary);

std::string readText(std::filesystem::path const& file);
void writeText(std::filesystem::path const& file, std::string_view text);

/// A temporary directory, and in it a ledger of its own that `init` made, in the profile "standard" or "gm".
class CliTest : public ::testing::Test {
 public:
  explicit CliTest(std::string const& profile = "standard");
  ~CliTest() override;

 protected:
  static constexpr char const* kPassword = "一个口令 with spaces";

  /// Runs the program in English, with the password of the keys in the environment.
  Ran fundtrail(std::vector<std::string> const& arguments) const;
  /// The same on the ledger.
  Ran onLedger(std::vector<std::string> arguments) const;
  /// Submits a batch file by a person's key.
  Ran submit(std::string_view json, std::string const& person, std::vector<std::string> const& more = {}) const;
  /// `status --format json`, parsed.
  boost::json::object status(std::vector<std::string> const& more = {}) const;
  std::string key(std::string const& person) const;

  std::filesystem::path directory_;
  std::filesystem::path ledger_;
};

/// An error as the program promises it: exit code 1, one line, no result, and these words.
void expectFails(Ran const& ran, std::string_view words);

}  // namespace fundtrail::tests

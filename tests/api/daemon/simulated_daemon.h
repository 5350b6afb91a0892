// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "crypto/keys.h"
#include "tests/support/daemon.h"
#include "tests/support/https.h"

namespace fundtrail::tests {

/// fundtraild on a simulated ledger of its own, in a temporary directory that goes with it. Nobody's requests are
/// counted.
class SimulatedDaemon {
 public:
  explicit SimulatedDaemon(std::map<std::string, std::string> environment = {});
  ~SimulatedDaemon();
  SimulatedDaemon(SimulatedDaemon const&) = delete;
  SimulatedDaemon& operator=(SimulatedDaemon const&) = delete;

  [[nodiscard]] Daemon& program() { return *daemon_; }
  [[nodiscard]] std::uint16_t port() const { return daemon_->port(); }
  [[nodiscard]] std::filesystem::path ledger() const { return directory_ / "ledger"; }
  [[nodiscard]] std::filesystem::path log() const { return directory_ / "log"; }

  /// A person's key, as the simulation left it.
  [[nodiscard]] crypto::PrivateKey keyOf(std::string const& person) const;
  /// Signs in, by the front door, and gives the token. Attempts are counted by the address that they come from.
  [[nodiscard]] std::string signIn(std::string const& person, std::string const& from = "127.0.0.1") const;
  /// The body of a batch that a person prepares and signs.
  [[nodiscard]] std::string signedBatch(HttpsClient& client, std::string const& token, std::string const& person,
                                        std::string const& file) const;

 private:
  std::filesystem::path directory_;
  std::unique_ptr<Daemon> daemon_;
};

[[nodiscard]] HttpAsk getOf(std::string target, std::string_view token = {});
[[nodiscard]] HttpAsk postOf(std::string target, std::string body, std::string_view token = {});

}  // namespace fundtrail::tests

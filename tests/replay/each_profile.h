// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>

#include <gtest/gtest.h>

#include "tests/replay/history.h"

// Suites that run in each profile: with SHA-256 and Ed25519, and with SM3 and SM2.

namespace fundtrail::replay {

/// The simulated history of a profile.
using Profile = History const& (*)();

/// The history of History::shared() in the gm profile: the same events in the same batches, hashed with SM3, signed
/// with SM2. Made once.
History const& gmHistory();

struct ProfileName {
  std::string operator()(::testing::TestParamInfo<Profile> const& test) const {
    return test.param == &gmHistory ? "gm" : "standard";
  }
};

/// What history.h gives, of the profile in which the test runs.
class InEachProfile : public ::testing::TestWithParam<Profile> {
 protected:
  static History const& history() { return GetParam()(); }
  static crypto::HashAlgorithm hash() { return history().simulation.hashAlgorithm(); }
  static std::span<Recorded const> recorded() { return history().batches; }

  static tests::DomainLedger ledgerAfter(std::size_t count) { return replay::ledgerAfter(count, history()); }
  static std::unique_ptr<log::MemoryLog> logOf(std::size_t count) { return replay::logOf(count, history()); }
  static void seal(log::EventLog& log) { replay::seal(log, history().simulation.logKey()); }
  static crypto::PrivateKey authorOf(batch::SignedBatch const& signedBatch) {
    return replay::authorOf(signedBatch, history());
  }
  static batch::SignedBatch altered(batch::SignedBatch const& original, std::size_t event,
                                    std::function<void(schema::Event::Builder)> const& change,
                                    crypto::PrivateKey const& key) {
    return replay::altered(original, event, change, key, history());
  }
  /// The key of somebody who stands nowhere in the history.
  static crypto::PrivateKey strangersKey(std::string_view name);
};

inline auto eachProfile() {
  return ::testing::Values<Profile>(&History::shared, &gmHistory);
}

}  // namespace fundtrail::replay

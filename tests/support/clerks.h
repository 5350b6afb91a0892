// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "crypto/digest.h"
#include "crypto/keys.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"

namespace fundtrail::tests {

/// City industry clerks who record all at once: each registers made-up enterprises under its own key, in no order with
/// those of the others. All bytes follow from the ledger and the numbers. Any thread, once it is made.
class Clerks {
 public:
  static constexpr unsigned kMost = 4096;  // as two events for each fit into a batch
  static constexpr unsigned kMostRegistrations = 100'000;

  Clerks(ledger::domain::LedgerId ledger, crypto::HashAlgorithm algorithm, unsigned count);

  [[nodiscard]] unsigned count() const { return static_cast<unsigned>(keys_.size()); }
  [[nodiscard]] crypto::PrivateKey const& key(unsigned clerk) const { return keys_[clerk]; }

  /// Enrols their keys and gives them their role, in order: proposed by one security administrator and confirmed by
  /// another.
  [[nodiscard]] std::vector<ledger::batch::SignedBatch> appointment(crypto::PrivateKey const& proposer,
                                                                    crypto::PrivateKey const& confirmer,
                                                                    ledger::domain::Instant now) const;

  /// One event, lawful from the appointment on. Each number of each clerk once.
  [[nodiscard]] ledger::batch::SignedBatch registration(unsigned clerk, unsigned number,
                                                        ledger::domain::Instant now) const;

 private:
  ledger::domain::LedgerId ledger_;
  crypto::HashAlgorithm algorithm_;
  std::vector<crypto::PrivateKey> keys_;
};

}  // namespace fundtrail::tests

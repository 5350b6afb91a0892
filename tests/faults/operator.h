// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "crypto/digest.h"
#include "crypto/keys.h"
#include "ledger/batch/batch.h"
#include "ledger/checkpoint_signer.h"
#include "ledger/domain/date.h"

namespace fundtrail::tests {

/// A batch, and when the ledger says that it took it.
struct Logged {
  ledger::batch::SignedBatch batch;
  ledger::domain::Instant acceptedAt;
};

/// The operator of a ledger, as the one who attacks it: holds the log's real keys, and puts into the log's place
/// whatever it likes, sound in itself and signed. What others keep of the log is out of its reach.
class Operator {
 public:
  explicit Operator(std::filesystem::path ledger) : ledger_(std::move(ledger)) {}

  /// Every batch on record, the founding one first.
  [[nodiscard]] std::vector<Logged> history() const;

  /// Runs the ledger over these batches and puts the log that results in the place of the present one. The rules must
  /// allow each.
  void rewrite(std::span<Logged const> history) const;
  /// Appends a batch past every rule and signature check, and signs the checkpoint. Its events use up no numbers.
  void force(Logged const& logged) const;

  /// Copies the log away, or back.
  void copyLogTo(std::filesystem::path const& copy) const;
  void putBack(std::filesystem::path const& copy) const;

 private:
  [[nodiscard]] ledger::LogKeys logKeys() const;
  [[nodiscard]] std::filesystem::path log() const { return ledger_ / "log"; }

  std::filesystem::path ledger_;
};

/// What all batches of a ledger have in common.
struct LedgerName {
  ledger::domain::LedgerId id;
  crypto::HashAlgorithm hash;
  crypto::KeyAlgorithm keys;
};
[[nodiscard]] LedgerName nameOf(ledger::batch::SignedBatch const& genesis);

/// A batch that proposes to enrol somebody new, which any security administrator may at any time.
[[nodiscard]] ledger::batch::SignedBatch proposal(LedgerName const& ledger, crypto::PrivateKey const& author,
                                                  ledger::domain::Instant at);

/// The same founding statement, log keys included, but for the founders' keys: those are made anew.
struct Refounded {
  ledger::batch::SignedBatch genesis;
  crypto::PrivateKey securityAdmin;
};
[[nodiscard]] Refounded foundAnew(ledger::batch::SignedBatch const& genesis, ledger::domain::Instant at);

}  // namespace fundtrail::tests

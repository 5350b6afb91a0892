// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/digest.h"
#include "crypto/keys.h"
#include "crypto/note.h"
#include "crypto/result.h"
#include "ledger/schema/batch.capnp.h"

namespace fundtrail::ledger {

/// The private keys that sign a log's checkpoints. Most logs have one.
struct LogKeys {
  LogKeys(crypto::PrivateKey key) : first(std::move(key)) {}  // NOLINT(google-explicit-constructor): one key is keys
  LogKeys(crypto::PrivateKey key, std::optional<crypto::PrivateKey> another)
      : first(std::move(key)), second(std::move(another)) {}

  crypto::PrivateKey first;
  std::optional<crypto::PrivateKey> second;
};

/// Signs checkpoints, in one line for each of the log's keys. Movable; sign is safe on several threads at once.
class CheckpointSigner {
 public:
  /// Error: denied unless the keys are exactly those that the genesis names.
  static crypto::Result<CheckpointSigner> make(schema::Genesis::Reader genesis, LogKeys keys);

  /// The signed note of the checkpoint over so many batches.
  [[nodiscard]] std::string sign(std::uint64_t batches, crypto::Digest const& root) const;

  /// Whether the note is that checkpoint, and all the keys have signed it.
  [[nodiscard]] bool hasSigned(std::string_view note, std::uint64_t batches, crypto::Digest const& root) const;

 private:
  [[nodiscard]] std::string textOf(std::uint64_t batches, crypto::Digest const& root) const;
  explicit CheckpointSigner(std::vector<crypto::NoteSigner> signers) : signers_(std::move(signers)) {}

  std::vector<crypto::NoteSigner> signers_;
};

}  // namespace fundtrail::ledger

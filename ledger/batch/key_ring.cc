// SPDX-License-Identifier: Apache-2.0
#include "ledger/batch/key_ring.h"

#include <mutex>

namespace fundtrail::ledger::batch {

void KeyRing::add(domain::KeyId const& id, crypto::PublicKey const& key) {
  std::unique_lock const lock(mutex_);
  keys_.emplace(id, key);
}

std::optional<crypto::PublicKey> KeyRing::find(domain::KeyId const& id) const {
  std::shared_lock const lock(mutex_);
  auto const at = keys_.find(id);
  if (at == keys_.end()) return std::nullopt;
  return at->second;
}

}  // namespace fundtrail::ledger::batch

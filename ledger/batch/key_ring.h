// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <shared_mutex>

#include <boost/unordered/unordered_flat_map.hpp>

#include "crypto/keys.h"
#include "ledger/domain/refs.h"

namespace fundtrail::ledger::batch {

/// Public keys by identifier, so that signatures can be verified ahead of the rules. That a key is in the ring says
/// nothing of its validity: rule S1 decides that, in order. Any thread.
class KeyRing {
 public:
  void add(domain::KeyId const& id, crypto::PublicKey const& key);
  [[nodiscard]] std::optional<crypto::PublicKey> find(domain::KeyId const& id) const;

 private:
  mutable std::shared_mutex mutex_;
  boost::unordered_flat_map<domain::KeyId, crypto::PublicKey> keys_;
};

}  // namespace fundtrail::ledger::batch

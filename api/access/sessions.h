// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "api/access/sign_in.h"
#include "crypto/digest.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"

namespace fundtrail::api::access {

struct Session {
  ledger::domain::KeyId key;  // of whoever signed in; what he may, the ledger says at each request
  ledger::domain::Instant expiresAt;
  bool byCookie;  // a browser sends its token by itself: unsafe requests must show that they are meant
};

/// Who is signed in, by a random token that is kept as its hash. In memory: a restart signs everybody out. Any thread.
class Sessions {
 public:
  struct Limits {
    std::int64_t lifetime = 3'600'000;  // milliseconds, whatever is done meanwhile
    std::size_t perKey = 16;            // the oldest of a key ends where there would be more
  };
  Sessions(Limits limits, Randomness random) : limits_(limits), random_(std::move(random)) {}

  struct Opened {
    std::string token;
    ledger::domain::Instant expiresAt;
  };
  [[nodiscard]] Opened open(ledger::domain::KeyId const& key, bool byCookie, ledger::domain::Instant now);
  /// Nothing for a token that is nobody's, or over.
  [[nodiscard]] std::optional<Session> find(std::string_view token, ledger::domain::Instant now) const;
  void close(std::string_view token);
  /// Of a key that was revoked.
  void closeAllOf(ledger::domain::KeyId const& key);
  [[nodiscard]] std::size_t size() const;

 private:
  void forgetThoseOver(ledger::domain::Instant now);

  Limits limits_;
  Randomness random_;
  mutable std::mutex mutex_;
  boost::unordered_flat_map<crypto::Digest, Session, crypto::DigestHash> sessions_;
  boost::unordered_flat_map<ledger::domain::KeyId, std::deque<crypto::Digest>> byKey_;
  std::deque<crypto::Digest> byAge_;
};

}  // namespace fundtrail::api::access

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "crypto/bytes.h"
#include "crypto/keys.h"
#include "crypto/result.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"

// Signing in with the key that one signs batches with: the server states a challenge, the client signs its text. What
// is signed begins with words of its own and names the ledger, the server and the key, so that it is of no use anywhere
// else: not as a batch, not in another ledger, not at another server.

namespace fundtrail::api::access {

/// Fills the span with randomness fit for keys.
using Randomness = std::function<void(std::span<std::uint8_t>)>;

struct Challenge {
  std::string nonce;  // hexadecimal
  ledger::domain::Instant expiresAt;
  std::string text;  // to be signed, as its bytes
};

/// The text of a challenge, which names what a signature under it is good for.
[[nodiscard]] std::string challengeText(std::string_view ledger, std::string_view audience, std::string_view key,
                                        std::string_view nonce, std::string_view expiresAt);

/// States challenges and redeems them, each once. Keeps nothing of a challenge that is not redeemed, so that nobody can
/// fill its memory by asking; a challenge of another process, or of this one before it was started, is void. Any
/// thread.
class SignIn {
 public:
  /// `audience`: the server, as clients name it.
  SignIn(ledger::domain::LedgerId const& ledger, std::string audience, Randomness random);

  [[nodiscard]] Challenge challenge(ledger::domain::KeyId const& key, ledger::domain::Instant now) const;

  /// Error: denied for a nonce that is not this server's, not for this key, over, or redeemed before; for a signature
  /// that does not hold. It is used up only where the signature holds.
  [[nodiscard]] crypto::Result<void> redeem(ledger::domain::KeyId const& key, crypto::PublicKey const& enrolled,
                                            std::string_view nonce, crypto::BytesView signature,
                                            ledger::domain::Instant now);

  [[nodiscard]] std::string const& audience() const { return audience_; }

 private:
  [[nodiscard]] std::string textOf(ledger::domain::KeyId const& key, std::string_view nonce,
                                   ledger::domain::Instant expiresAt) const;

  ledger::domain::LedgerId ledger_;
  std::string audience_;
  Randomness random_;
  std::array<std::uint8_t, 32> secret_{};
  std::mutex mutex_;
  std::map<std::string, ledger::domain::Instant, std::less<>> redeemed_;  // until they are over
};

}  // namespace fundtrail::api::access

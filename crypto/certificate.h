// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "crypto/digest.h"
#include "crypto/result.h"

// X.509 certificates for TLS, as far as a server needs to make one for itself and to say which one it has.

namespace fundtrail::crypto {

/// A certificate that its own key signed, and that key, not encrypted; both PEM.
struct SelfSigned {
  std::string certificate;
  std::string key;
};

/// When a certificate holds, in time since 1970-01-01 00:00 UTC.
struct Validity {
  std::chrono::seconds notBefore;
  std::chrono::seconds notAfter;
};

/// Makes a new P-256 key and a certificate over it, for servers and clients of TLS. `names` are DNS names and IP
/// addresses, at least one; the first is the subject's common name too. Error: badInput for a name that is neither.
[[nodiscard]] Result<SelfSigned> makeSelfSigned(std::span<std::string const> names, Validity validity);

/// The SHA-256 of the first certificate of a PEM text, as browsers show it. Error: badInput for a text without one.
[[nodiscard]] Result<Digest> certificateFingerprint(std::string_view pem);

/// When the first certificate of a PEM text holds. Error: badInput.
[[nodiscard]] Result<Validity> certificateValidity(std::string_view pem);

}  // namespace fundtrail::crypto

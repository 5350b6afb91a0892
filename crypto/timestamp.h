// SPDX-License-Identifier: Apache-2.0
// Time-stamps by an outside authority, RFC 3161: a token in which the authority states that it saw some bytes at some
// time. fundtrail has the text of checkpoints stamped (crypto/checkpoint.h), without signature lines, so that
// cosignatures added later change nothing.
//
// The authority hashes nothing itself: a request carries the SHA-256 of the text, in either profile, as that is what
// authorities take. Tokens by RSA, P-256 and Ed25519 certificates can be verified here; ones by SM2 certificates
// cannot.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

inline constexpr std::size_t kMaxTimestampSize = 64 * 1024;  // bytes of a response, and of a token

/// A request in DER, which asks for the authority's certificate too. `nonce` binds the answer to the question: random
/// bytes that nobody foresees.
Bytes makeTimestampRequest(std::string_view text, std::span<std::uint8_t const, 16> nonce);

/// When an authority saw a text.
struct Timestamp {
  std::uint64_t time;     ///< seconds since 1970-01-01 00:00 UTC
  std::string authority;  ///< the subject of the certificate that signed, as "CN=…, O=…"

  friend bool operator==(Timestamp const&, Timestamp const&) = default;
};

/// The authorities that somebody trusts: their root certificates. Immutable; a value; safe on several threads.
class TimestampAuthorities {
 public:
  /// Takes one or more "CERTIFICATE" PEM blocks. Errors: badInput for a text without one, or with one that is damaged.
  static Result<TimestampAuthorities> fromPem(std::string_view pem);

  /// The token in an authority's answer to the request, in DER, verified as below. Errors: badInput for what is no
  /// answer; denied where the authority refused, with its reason, where the answer is to another question, and as
  /// for verify.
  Result<Bytes> takeResponse(BytesView request, BytesView response, std::string_view text) const;

  /// What a token states of the text. The chain is verified as of the time that the token states: a certificate that
  /// has expired since then spoils nothing. Errors: badInput for what is no token; denied for one of another text, by
  /// another authority, by a certificate that is not for time-stamps alone, or that was altered.
  Result<Timestamp> verify(BytesView token, std::string_view text) const;

 private:
  struct Held;
  explicit TimestampAuthorities(std::shared_ptr<Held const> held) : held_(std::move(held)) {}

  std::shared_ptr<Held const> held_;
};

}  // namespace fundtrail::crypto

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "crypto/bytes.h"

namespace fundtrail::tests {

/// A time-stamp authority (RFC 3161) of its own: a root certificate, and a signing certificate below it. It stamps
/// whatever it is sent, at the time that it is told.
class TimestampAuthority {
 public:
  /// Certificates hold from 2020 to 2030. `usage` is what the signing one is for; RFC 3161 section 2.3 allows no other.
  explicit TimestampAuthority(std::string const& name, std::string usage = "critical,timeStamping");
  TimestampAuthority(TimestampAuthority&&) noexcept;
  ~TimestampAuthority();

  [[nodiscard]] std::string rootPem() const;

  /// The answer to a request, stamped at that second since 1970.
  [[nodiscard]] crypto::Bytes answer(crypto::BytesView request, std::int64_t time) const;
  /// An answer that refuses, as such an authority gives it.
  [[nodiscard]] static crypto::Bytes refusal();

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace fundtrail::tests

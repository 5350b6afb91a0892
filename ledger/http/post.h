// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "crypto/bytes.h"
#include "crypto/result.h"

// What the ledger asks of others over HTTP: witnesses, and time-stamp authorities. By libcurl.

namespace fundtrail::ledger::http {

struct Request {
  std::string url;  // http or https; a certificate is verified by the system's own authorities
  std::string contentType;
  crypto::BytesView body;
  std::chrono::milliseconds timeout{10'000};  // from the connection to the last byte
  std::size_t mostBytes = 128 * 1024;         // of the answer's body
};

/// An answer, whatever its status.
struct Answer {
  std::uint16_t status = 0;
  std::string contentType;
  std::string body;
};

/// Posts and waits for the answer. Redirections are not followed. Safe on several threads. Errors: badInput for a URL
/// of another kind; io where no answer came in time, or a longer one than asked for, with the reason.
[[nodiscard]] crypto::Result<Answer> post(Request const& request);

}  // namespace fundtrail::ledger::http

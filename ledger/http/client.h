// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/result.h"

// What programs ask of others over HTTP: witnesses, time-stamp authorities, a ledger's server. By libcurl.

namespace fundtrail::ledger::http {

enum class Method : std::uint8_t { post, get, remove };

struct Request {
  std::string url;          // http or https
  std::string contentType;  // of the body
  crypto::BytesView body;
  std::chrono::milliseconds timeout{10'000};  // from the connection to the last byte
  std::size_t mostBytes = 128 * 1024;         // of the answer's body
  Method method = Method::post;
  std::vector<std::pair<std::string, std::string>> headers{};  // further ones; of one line each
  /// PEM certificates that alone are trusted to be, or to vouch for, the server; empty: the system's authorities.
  std::string certificates{};
};

/// An answer, whatever its status.
struct Answer {
  std::uint16_t status = 0;
  std::string contentType;
  std::string body;
  std::map<std::string, std::string, std::less<>> headers{};  // by their names in small letters; of equal ones the last
};

/// Sends and waits for the answer. Redirections are not followed. Safe on several threads. Errors: badInput for a URL
/// of another kind; denied where the server's certificate is not trusted; io where no answer came in time, or a longer
/// one than asked for, with the reason.
[[nodiscard]] crypto::Result<Answer> exchange(Request const& request);

/// exchange(), for a request that posts.
[[nodiscard]] crypto::Result<Answer> post(Request const& request);

/// Receives an answer as it comes, for as long as it goes on: `take` is given each part of the body, and ends the
/// answer where it returns false. Of an answer whose status is not 200 the body is returned instead. The request's
/// timeout is how long the server may be silent. Errors: as of exchange().
[[nodiscard]] crypto::Result<Answer> follow(Request const& request, std::function<bool(std::string_view)> const& take);

/// As one segment of a path, or as a value of a query (RFC 3986, percent-encoding).
[[nodiscard]] std::string encoded(std::string_view text);

}  // namespace fundtrail::ledger::http

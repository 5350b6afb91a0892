// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "api/http/message.h"
#include "crypto/result.h"

namespace fundtrail::api::http {

/// Every count is at least 1.
struct Options {
  std::string address = "127.0.0.1";  // an IP address
  std::uint16_t port = 0;             // 0: any that is free
  unsigned threads = 2;
  std::size_t mostConnections = 256;  // further ones wait until one ends
  std::size_t mostBody = 128 * 1024;  // bytes; more is answered with 413
  std::uint32_t mostHeader = 8 * 1024;
  std::chrono::milliseconds patience{10'000};  // for a request to come whole, and for an answer to be taken
  std::chrono::milliseconds idle{30'000};      // between two requests of a connection
};

/// An HTTP/1.1 server over TCP, with keep-alive. TLS ends before it, if there is to be any. Who sends slower than the
/// options allow is cut off, and keeps nobody else waiting.
class Server {
 public:
  /// Listens and serves until it is destroyed, which answers what was received and cuts off the rest. Errors: badInput
  /// for what is no IP address; conflict for a port that is taken; denied, io.
  [[nodiscard]] static crypto::Result<std::unique_ptr<Server>> listen(Options const& options, Handler handler);

  virtual ~Server() = default;

  [[nodiscard]] virtual std::uint16_t port() const = 0;
  /// "http://127.0.0.1:41234"
  [[nodiscard]] virtual std::string url() const = 0;
};

/// What a command line names as an address to listen at: "127.0.0.1:8080", "[::1]:8080". Error: badInput.
[[nodiscard]] crypto::Result<Options> parseListen(std::string const& text);

}  // namespace fundtrail::api::http

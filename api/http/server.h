// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/http/message.h"
#include "crypto/result.h"

namespace fundtrail::api::http {

/// What TLS 1.3 needs, as PEM.
struct Tls {
  std::string certificates;  // the server's own, then those that lead to its authority
  std::string key;           // of the first of them, not encrypted
  // Authorities of the clients' certificates; if there are none, no client is asked for one.
  std::string clientAuthorities{};
  bool clientsMustShow = false;  // who shows no certificate is turned away; otherwise it may
};

/// One request that was answered, or could not be: for logs and metrics. It holds nothing of what was asked or
/// answered.
struct Exchange {
  std::string id;
  std::string peer;
  Method method = Method::other;
  std::string endpoint{};   // as the response names it
  std::string principal{};  // as the response names it
  std::uint16_t status = 0;
  std::size_t received = 0;               // bytes of the request's body
  std::size_t sent = 0;                   // bytes of the answer, its head included
  std::chrono::microseconds duration{0};  // from the whole request to the answer's last byte
  bool whole = false;                     // all of the answer was taken
  bool streamed = false;                  // the answer went on without end
};

/// Every count is at least 1, and every time is more than 0.
struct Options {
  std::string address = "127.0.0.1";  // an IP address
  std::uint16_t port = 0;             // 0: any that is free
  std::optional<Tls> tls{};           // nothing: HTTP in the clear
  unsigned threads = 2;               // so many handlers run at once

  std::size_t mostConnections = 256;           // further ones wait until one ends, or has been idle for a second
  std::size_t mostConnectionsOfPeer = 256;     // of one address (IPv6: one /64); further ones are closed
  std::uint32_t mostHeader = 8 * 1024;         // bytes; more is answered with 431
  std::size_t mostBody = 128 * 1024;           // bytes; more is answered with 413
  std::size_t mostBodies = 256 * 1024 * 1024;  // bytes of all bodies that are being received or answered; 503
  std::size_t mostUnsent = 256 * 1024;         // bytes that a stream may be ahead of its client, which is then cut off

  std::chrono::milliseconds patience{10'000};  // for a handshake, for a head to come whole
  std::chrono::milliseconds idle{30'000};      // between two requests of a connection
  // A body, and an answer that is being taken: patience, and a second more for each so many bytes.
  std::size_t leastRate = 4 * 1024;
  std::chrono::milliseconds heartbeat{15'000};  // of a stream that has nothing to say
  std::chrono::milliseconds linger{2'000};      // for a client to see the answer behind which the connection ends
  std::chrono::milliseconds grace{10'000};      // for what was accepted to be answered, when the server stops

  // Called on the server's threads after each exchange; must not block or throw.
  std::function<void(Exchange const&)> observe{};
  // What is answered where no handler is asked: a request that cannot be read (400, 413, 417, 431, 501), a server that
  // is full (503), a handler that failed (500). Unset: a line of plain text. Must not throw.
  std::function<Response(std::uint16_t status)> complain{};
};

/// What a server has seen.
struct Counts {
  std::size_t connections = 0;   // open now
  std::size_t streams = 0;       // open now
  std::size_t bodies = 0;        // bytes held now
  std::uint64_t accepted = 0;    // connections
  std::uint64_t turnedAway = 0;  // of them, those closed because their address has too many
  std::uint64_t timedOut = 0;    // of them, those cut off because they were too slow
  std::uint64_t handshakesFailed = 0;
};

/// An HTTP/1.1 server (RFC 9112) with keep-alive and pipelining, over TLS 1.3 or in the clear. Each request has an id:
/// the client's X-Request-Id if it is short and harmless, else a new one; the answer bears it. Who sends, or takes what
/// it asked for, slower than the options allow is cut off, and keeps nobody else waiting; a connection reads no further
/// request before its answer is taken.
class Server {
 public:
  /// Listens and serves until it is destroyed. That ends streams and idle connections, answers the requests that have
  /// begun to come in, for as long as the options' grace, and cuts off the rest; then no handler is running any more,
  /// and an answer that comes late goes nowhere. Errors: badInput for what is no IP address, or no certificate and its
  /// key; conflict for a port that is taken; denied, io.
  [[nodiscard]] static crypto::Result<std::unique_ptr<Server>> listen(Options const& options, AsyncHandler handler);
  [[nodiscard]] static crypto::Result<std::unique_ptr<Server>> listen(Options const& options, Handler handler);

  virtual ~Server() = default;

  [[nodiscard]] virtual std::uint16_t port() const = 0;
  /// "http://127.0.0.1:41234"
  [[nodiscard]] virtual std::string url() const = 0;

  /// New connections are served with these; open ones go on. The server must have begun with TLS. From any thread.
  /// Error: badInput, and nothing has changed.
  [[nodiscard]] virtual crypto::Result<void> replaceTls(Tls const& tls) = 0;

  /// From any thread.
  [[nodiscard]] virtual Counts counts() const = 0;
};

/// What a command line names as an address to listen at: "127.0.0.1:8080", "[::1]:8080". Error: badInput.
[[nodiscard]] crypto::Result<Options> parseListen(std::string const& text);

}  // namespace fundtrail::api::http

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace fundtrail::tests {

/// How a client speaks TLS: it believes any server.
struct ClientTls {
  std::string certificate{};  // PEM; none: it shows none
  std::string key{};
  int mostVersion = 0;  // as OpenSSL numbers them; 0: whatever there is
};

/// A client of a server on this machine that writes bytes and reads bytes, right or wrong. Blocks; where the server
/// hung up, writing does nothing and reading ends.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port, std::optional<ClientTls> const& tls = std::nullopt);
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;
  ~HttpClient();

  /// Whether the handshake was done, if there was to be one.
  [[nodiscard]] bool open() const;
  /// False where the server did not take it all.
  bool write(std::string const& text);
  /// The same beneath TLS, which knows nothing of it.
  bool writeBeneath(std::string const& text);
  /// Until the server ends the connection.
  std::string readAll();
  /// What comes until these bytes are among it, or the connection ends.
  std::string readThrough(std::string const& part);
  /// Whether the connection ended in order: a notice of TLS, or the end of what is sent.
  [[nodiscard]] bool endedInOrder() const;
  /// Has nothing more to say, and goes on reading; without a notice of TLS.
  void shutdownSend();
  /// The few bytes that it takes without reading them.
  void narrow();
  /// Ends it at once, without a word.
  void abort();

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace fundtrail::tests

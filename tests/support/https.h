// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

// Clients that behave: requests to a server of this machine over kept connections, and answers that are read as HTTP
// has them, by another implementation than the server's own. They believe any certificate.

namespace fundtrail::tests {

struct HttpAnswer {
  unsigned status = 0;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};

  /// Of the first with that name, in any case; empty where there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
  /// Without its parameters.
  [[nodiscard]] std::string contentType() const;
};

struct HttpAsk {
  std::string method = "GET";
  std::string target = "/";
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};

  /// The bytes of the request, as they are given: nothing is escaped or left out.
  [[nodiscard]] std::string text() const;
};

enum class Speaks : std::uint8_t { tls, clear };

/// One connection, for coroutines of one thread. It is opened by the first exchange, and by the next one after it
/// broke.
class HttpsConnection {
 public:
  /// `from`: the address of this machine that it comes from.
  HttpsConnection(boost::asio::any_io_executor executor, std::uint16_t port, Speaks speaks = Speaks::tls,
                  std::string from = "127.0.0.1");
  HttpsConnection(HttpsConnection&&) noexcept;
  HttpsConnection& operator=(HttpsConnection&&) noexcept;
  ~HttpsConnection();

  /// Sends the bytes of one request and reads its answer; nothing where the connection broke before that was whole.
  [[nodiscard]] boost::asio::awaitable<std::optional<HttpAnswer>> exchange(std::string_view request);

  [[nodiscard]] bool isOpen() const;
  void close();

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

/// The same for tests that wait.
class HttpsClient {
 public:
  explicit HttpsClient(std::uint16_t port, std::string from = "127.0.0.1");
  HttpsClient(HttpsClient&&) noexcept;
  HttpsClient& operator=(HttpsClient&&) noexcept;
  ~HttpsClient();

  [[nodiscard]] std::optional<HttpAnswer> exchange(std::string_view request);
  [[nodiscard]] std::optional<HttpAnswer> ask(HttpAsk const& ask) { return exchange(ask.text()); }

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace fundtrail::tests

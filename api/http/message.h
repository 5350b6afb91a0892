// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.h"

// HTTP messages as values: what handlers take and give. They know no sockets.

namespace fundtrail::api::http {

enum class Method : std::uint8_t { get, head, post, put, patch, remove, options, other };

/// In the order in which they came. A name may stand several times.
class Headers {
 public:
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  /// The first of that name, in whatever case it was written; nothing if there is none.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& fields() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
  Method method = Method::other;
  std::string path;   // of the target, as it was sent: not decoded, without the query
  std::string query;  // behind '?', as it was sent
  std::string body;
  Headers headers{};
  std::string id{};    // names the request in logs and in the answer; never empty when a server made it
  std::string peer{};  // the client's IP address
  // The client's certificate in DER, if it showed one and the server's authorities vouch for it.
  std::optional<crypto::Bytes> clientCertificate{};
};

/// A body without an end: it is sent piece by piece, until the client goes or the server stops.
class Stream {
 public:
  virtual ~Stream() = default;
  /// What keeps the connection alive: the server sends it whenever nothing was sent for a while (its options say how
  /// long), so that proxies do not cut it and clients that went are noticed. Nothing is sent if it is empty; ": \n\n",
  /// a comment, serves server-sent events.
  [[nodiscard]] virtual std::string heartbeat() const { return {}; }
  /// Called once. `send` may be called from any thread until the stream is destroyed, and never blocks: a client that
  /// does not take what it asked for is cut off. After the destructor has returned it is not called any more.
  virtual void start(std::function<void(std::string)> send) = 0;
};

struct Response {
  std::uint16_t status = 200;
  std::string contentType = "text/plain; charset=utf-8";
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};  // besides those that follow from the rest
  std::shared_ptr<Stream> stream{};                            // follows the body, if there is one
  // For the server's log and metrics alone, never sent:
  std::string endpoint{};  // the pattern of what was asked for, "/v1/payments/{id}"; nothing of what stood in its place
  std::string principal{};  // who asked, as far as it was shown
};

/// Answers one request; called on several threads at once. An exception is answered with status 500.
using Handler = std::function<Response(Request const&)>;

/// Takes the response to one request, from any thread, once.
using Answer = std::function<void(Response)>;

/// Answers one request, at once or later, on whatever thread; must not block for long. Called on several threads at
/// once. An exception is answered with status 500; an answer that is dropped unused, too.
using AsyncHandler = std::function<void(Request, Answer)>;

/// A handler that answers at once, as one that may answer later.
[[nodiscard]] AsyncHandler atOnce(Handler handler);

}  // namespace fundtrail::api::http

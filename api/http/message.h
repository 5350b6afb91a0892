// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// HTTP messages as values: what handlers take and give. They know no sockets.

namespace fundtrail::api::http {

enum class Method : std::uint8_t { get, head, post, other };

struct Request {
  Method method = Method::other;
  std::string path;   // of the target, as it was sent: not decoded, without the query
  std::string query;  // behind '?', as it was sent
  std::string body;
};

struct Response {
  std::uint16_t status = 200;
  std::string contentType = "text/plain; charset=utf-8";
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};  // besides those that follow from the rest
};

/// Answers one request; called on several threads at once. An exception is answered with status 500.
using Handler = std::function<Response(Request const&)>;

}  // namespace fundtrail::api::http

// SPDX-License-Identifier: Apache-2.0
#include "api/http/response_head.h"

#include <algorithm>
#include <iterator>

#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

namespace fundtrail::api::http {

namespace {

bool isToken(std::string_view text) {
  constexpr std::string_view kOther = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOther.find(c) != std::string_view::npos;
  });
}

bool isValue(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return (byte < ' ' && c != '\t') || byte == 0x7f;
  });
}

void add(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool hasBody(std::uint16_t status) {
  return status >= 200 && status != 204 && status != 304;
}

bool isSound(Response const& response) {
  return response.status >= 200 && response.status <= 599 && isValue(response.contentType) &&
         std::ranges::all_of(response.headers,
                             [](auto const& field) { return isToken(field.first) && isValue(field.second); });
}

std::string formatHead(Response const& response, std::string_view id, Ending ending, bool keepAlive) {
  constexpr std::size_t kUsual = 512;
  std::string head;
  head.reserve(kUsual);
  auto const reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
  fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\n", response.status,
                 std::string_view(reason.data(), reason.size()));
  if (hasBody(response.status)) {
    if (!response.contentType.empty()) add(head, "Content-Type", response.contentType);
    if (ending == Ending::length) {
      fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", response.body.size());
    } else if (ending == Ending::chunks) {
      add(head, "Transfer-Encoding", "chunked");
    }
  }
  for (auto const& [name, value] : response.headers) add(head, name, value);
  if (!id.empty()) add(head, "X-Request-Id", id);
  add(head, "Connection", keepAlive ? "keep-alive" : "close");
  return head += "\r\n";
}

std::string formatChunk(std::string_view piece) {
  return fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
}

}  // namespace fundtrail::api::http

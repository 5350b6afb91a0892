// SPDX-License-Identifier: Apache-2.0
#include "api/http/request_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "crypto/ensure.h"

namespace fundtrail::api::http {

namespace beast = boost::beast;
using boost::system::error_code;

namespace {

Method methodOf(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get: return Method::get;
    case beast::http::verb::head: return Method::head;
    case beast::http::verb::post: return Method::post;
    case beast::http::verb::put: return Method::put;
    case beast::http::verb::patch: return Method::patch;
    case beast::http::verb::delete_: return Method::remove;
    case beast::http::verb::options: return Method::options;
    default: return Method::other;
  }
}

std::uint16_t statusOf(error_code error) {
  if (error == beast::http::error::body_limit) return 413;
  if (error == beast::http::error::header_limit) return 431;
  return 400;
}

bool startsWith(std::string_view text, std::string_view lowerStart) {
  return text.size() >= lowerStart.size() &&
         std::ranges::equal(text.substr(0, lowerStart.size()), lowerStart, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
}

/// The path and query of a request's target, RFC 9112 section 3.2; nothing for what is neither a path, nor a URL that
/// has one, nor the asterisk of OPTIONS.
std::optional<std::string_view> pathAndQuery(std::string_view target, Method method) {
  if (target == "*" && method == Method::options) return target;
  for (std::string_view const scheme : {"http://", "https://"}) {
    if (!startsWith(target, scheme)) continue;
    target.remove_prefix(scheme.size());
    auto const authority = std::min(target.find_first_of("/?"), target.size());
    if (authority == 0) return std::nullopt;
    target.remove_prefix(authority);
    if (target.empty()) return "/";
    break;
  }
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) return std::nullopt;
  return target;
}

}  // namespace

struct RequestReader::Parsing {
  beast::http::request_parser<beast::http::string_body> parser;
};

RequestReader::RequestReader(ReadLimits limits) : limits_(limits), parsing_(std::make_unique<Parsing>()) {
  parsing_->parser.body_limit(limits.mostBody);
  parsing_->parser.header_limit(limits.mostHeader);
}

RequestReader::~RequestReader() = default;

std::size_t RequestReader::take(std::string_view bytes) {
  // What is left of a chunked message is never shorter: "0\r\n\r\n". The parser asserts that it is not given less.
  constexpr std::size_t kLeastChunked = 5;
  auto& parser = parsing_->parser;
  std::size_t used = 0;
  while (stage_ == Stage::head || stage_ == Stage::body) {
    auto const rest = bytes.substr(used);
    if (rest.empty() || (stage_ == Stage::body && chunked_ && rest.size() < kLeastChunked)) break;
    error_code error;
    parser.eager(stage_ == Stage::body);  // the head by itself: it decides whether the body is wanted
    auto const taken = parser.put(boost::asio::buffer(rest.data(), rest.size()), error);
    used += taken;
    if (error == beast::http::error::need_more) {
      if (rest.size() - taken > limits_.mostHeader) refuse(stage_ == Stage::head ? 431 : 400);
      break;
    }
    if (error) {
      refuse(statusOf(error));
    } else if (stage_ == Stage::head && parser.is_header_done()) {
      readHead();
    }
    if (stage_ == Stage::body && parser.is_done()) stage_ = Stage::whole;
  }
  return used;
}

std::size_t RequestReader::bodySize() const {
  return stage_ == Stage::head || stage_ == Stage::refused ? 0 : parsing_->parser.get().body().size();
}

Request RequestReader::request() {
  crypto::ensure(stage_ == Stage::whole, "a request is taken when it is whole");
  request_.body = std::move(parsing_->parser.get().body());
  return std::move(request_);
}

void RequestReader::refuse(std::uint16_t status) {
  stage_ = Stage::refused;
  refusal_ = status;
  keepAlive_ = false;
}

void RequestReader::readHead() {
  stage_ = Stage::body;
  auto& parser = parsing_->parser;
  auto const& message = parser.get();
  version_ = message.version();
  keepAlive_ = message.keep_alive();
  chunked_ = parser.chunked();
  request_.method = methodOf(message.method());
  std::size_t hosts = 0;
  bool coded = false;
  bool sized = false;
  for (auto const& field : message) {
    if (field.name() == beast::http::field::host) ++hosts;
    coded = coded || field.name() == beast::http::field::transfer_encoding;
    sized = sized || field.name() == beast::http::field::content_length;
    request_.headers.add(std::string(field.name_string()), std::string(field.value()));
  }
  if (hosts > 1 || (hosts == 0 && version_ >= 11)) return refuse(400);
  if (coded && (sized || version_ < 11)) return refuse(400);
  if (coded && !chunked_) return refuse(501);
  if (auto const expected = request_.headers.find("Expect"); expected && version_ >= 11) {
    constexpr std::string_view kContinue = "100-continue";
    if (expected->size() != kContinue.size() || !startsWith(*expected, kContinue)) return refuse(417);
    expectsContinue_ = true;
  }
  std::string const sent(message.target());
  auto const target = pathAndQuery(sent, request_.method);
  if (!target) return refuse(400);
  auto const mark = target->find('?');
  request_.path = target->substr(0, mark);
  if (mark != std::string_view::npos) request_.query = target->substr(mark + 1);
}

}  // namespace fundtrail::api::http

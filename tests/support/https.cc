// SPDX-License-Identifier: Apache-2.0
#include "tests/support/https.h"

#include <limits>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace fundtrail::tests {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::size_t kPiece = 64 * 1024;

/// Costly to make; connections share it.
asio::ssl::context& believing() {
  static asio::ssl::context context(asio::ssl::context::tls_client);
  return context;
}

HttpAnswer answerOf(beast::http::response<beast::http::string_body>& message) {
  HttpAnswer answer{message.result_int()};
  for (auto const& field : message) answer.headers.emplace_back(field.name_string(), field.value());
  answer.body = std::move(message.body());
  return answer;
}

}  // namespace

std::string HttpAnswer::header(std::string_view name) const {
  for (auto const& [written, value] : headers) {
    if (beast::iequals(written, name)) return value;
  }
  return {};
}

std::string HttpAnswer::contentType() const {
  auto const type = header("Content-Type");
  return type.substr(0, type.find(';'));
}

std::string HttpAsk::text() const {
  std::string text = method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  for (auto const& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (!body.empty() || method == "POST") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + body;
}

struct HttpsConnection::Held {
  asio::any_io_executor executor;
  std::uint16_t port;
  Speaks speaks;
  std::string from;
  std::optional<asio::ssl::stream<tcp::socket>> stream{};
  std::string received{};  // and not taken yet

  asio::awaitable<error_code> open() {
    error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    received.clear();
    stream.emplace(tcp::socket(executor), believing());
    auto& socket = stream->next_layer();
    socket.open(tcp::v4(), error);
    if (!error) socket.bind({asio::ip::make_address(from), 0}, error);
    if (error) co_return error;
    co_await socket.async_connect({asio::ip::make_address("127.0.0.1"), port}, token);
    if (error) co_return error;
    error_code ignored;  // it is only slower without
    socket.set_option(tcp::no_delay(true), ignored);
    if (speaks == Speaks::tls) co_await stream->async_handshake(asio::ssl::stream_base::client, token);
    co_return error;
  }

  asio::awaitable<error_code> write(std::string_view bytes) {
    error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    auto const sent = asio::buffer(bytes);
    if (speaks == Speaks::tls) {
      co_await asio::async_write(*stream, sent, token);
    } else {
      co_await asio::async_write(stream->next_layer(), sent, token);
    }
    co_return error;
  }

  asio::awaitable<error_code> read() {
    error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    auto const before = received.size();
    received.resize(before + kPiece);
    auto const into = asio::buffer(received.data() + before, kPiece);
    std::size_t got = 0;
    if (speaks == Speaks::tls) {
      got = co_await stream->async_read_some(into, token);
    } else {
      got = co_await stream->next_layer().async_read_some(into, token);
    }
    received.resize(before + got);
    co_return error;
  }

  asio::awaitable<std::optional<HttpAnswer>> exchange(std::string_view request) {
    if (!stream) {
      if (co_await open()) co_return std::nullopt;
    }
    // What a server says before it has read all is an answer too: an error of writing is not the end.
    auto const sent = co_await write(request);
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());
    parser.eager(true);
    if (request.starts_with("HEAD ")) parser.skip(true);
    while (!parser.is_done()) {
      error_code error;
      if (!received.empty()) received.erase(0, parser.put(asio::buffer(received), error));
      if (parser.is_done()) break;
      if (error && error != beast::http::error::need_more) co_return std::nullopt;
      if (co_await read()) co_return std::nullopt;
    }
    auto answer = answerOf(parser.get());
    if (sent || !parser.keep_alive()) stream.reset();
    co_return answer;
  }
};

HttpsConnection::HttpsConnection(asio::any_io_executor executor, std::uint16_t port, Speaks speaks, std::string from)
    : held_(new Held{std::move(executor), port, speaks, std::move(from)}) {}
HttpsConnection::HttpsConnection(HttpsConnection&&) noexcept = default;
HttpsConnection& HttpsConnection::operator=(HttpsConnection&&) noexcept = default;
HttpsConnection::~HttpsConnection() = default;

asio::awaitable<std::optional<HttpAnswer>> HttpsConnection::exchange(std::string_view request) {
  auto answer = co_await held_->exchange(request);
  if (!answer) close();
  co_return answer;
}

bool HttpsConnection::isOpen() const {
  return held_->stream.has_value();
}

void HttpsConnection::close() {
  held_->stream.reset();
}

struct HttpsClient::Held {
  asio::io_context context;
  HttpsConnection connection;
  Held(std::uint16_t port, std::string from) : connection(context.get_executor(), port, Speaks::tls, std::move(from)) {}
};

HttpsClient::HttpsClient(std::uint16_t port, std::string from) : held_(std::make_unique<Held>(port, std::move(from))) {}
HttpsClient::HttpsClient(HttpsClient&&) noexcept = default;
HttpsClient& HttpsClient::operator=(HttpsClient&&) noexcept = default;
HttpsClient::~HttpsClient() = default;

std::optional<HttpAnswer> HttpsClient::exchange(std::string_view request) {
  auto done = asio::co_spawn(held_->context, held_->connection.exchange(request), asio::use_future);
  held_->context.restart();
  held_->context.run();
  return done.get();
}

}  // namespace fundtrail::tests

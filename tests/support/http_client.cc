// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_client.h"

#include <algorithm>
#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>

namespace fundtrail::tests {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

struct HttpClient::Held {
  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  asio::ssl::stream<tcp::socket> stream{context, tls};
  bool secure = false;
  bool open = false;
  error_code end;

  std::size_t read(std::array<char, 16 * 1024>& into) {
    return secure ? stream.read_some(asio::buffer(into), end) : stream.next_layer().read_some(asio::buffer(into), end);
  }
};

HttpClient::HttpClient(std::uint16_t port, std::optional<ClientTls> const& tls) : held_(std::make_unique<Held>()) {
  if (tls && !tls->certificate.empty()) {
    held_->tls.use_certificate_chain(asio::buffer(tls->certificate));
    held_->tls.use_private_key(asio::buffer(tls->key), asio::ssl::context::pem);
    SSL_use_certificate(held_->stream.native_handle(), SSL_CTX_get0_certificate(held_->tls.native_handle()));
    SSL_use_PrivateKey(held_->stream.native_handle(), SSL_CTX_get0_privatekey(held_->tls.native_handle()));
  }
  if (tls && tls->mostVersion != 0) SSL_set_max_proto_version(held_->stream.native_handle(), tls->mostVersion);
  error_code error;
  held_->stream.next_layer().connect(tcp::endpoint(asio::ip::make_address("127.0.0.1"), port), error);
  held_->secure = tls.has_value();
  if (!error && held_->secure) held_->stream.handshake(asio::ssl::stream_base::client, error);
  held_->open = !error;
}

HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

bool HttpClient::open() const {
  return held_->open;
}

bool HttpClient::write(std::string const& text) {
  error_code error;
  auto const bytes = asio::buffer(text);
  auto const written =
      held_->secure ? asio::write(held_->stream, bytes, error) : asio::write(held_->stream.next_layer(), bytes, error);
  return !error && written == text.size();
}

bool HttpClient::writeBeneath(std::string const& text) {
  error_code error;
  return asio::write(held_->stream.next_layer(), asio::buffer(text), error) == text.size() && !error;
}

std::string HttpClient::readAll() {
  std::string text;
  std::array<char, 16 * 1024> piece{};
  while (!held_->end) text.append(piece.data(), held_->read(piece));
  return text;
}

std::string HttpClient::readThrough(std::string const& part) {
  std::string text;
  std::array<char, 16 * 1024> piece{};
  while (!held_->end && text.find(part) == std::string::npos) text.append(piece.data(), held_->read(piece));
  return text;
}

bool HttpClient::endedInOrder() const {
  return held_->end == asio::error::eof;
}

void HttpClient::shutdownSend() {
  error_code ignored;
  held_->stream.next_layer().shutdown(tcp::socket::shutdown_send, ignored);
}

void HttpClient::narrow() {
  held_->stream.next_layer().set_option(asio::socket_base::receive_buffer_size(1));
}

void HttpClient::abort() {
  held_->stream.next_layer().set_option(asio::socket_base::linger(true, 0));
  held_->stream.next_layer().close();
}

}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
#include "api/http/transport.h"

#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace fundtrail::api::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

class Clear final : public Transport {
 public:
  explicit Clear(tcp::socket socket) : socket_(std::move(socket)) {}

  asio::awaitable<void> open(Error& error) override {
    error.clear();
    co_return;
  }
  asio::awaitable<std::size_t> read(asio::mutable_buffer into, Error& error) override {
    return socket_.async_read_some(into, asio::redirect_error(asio::use_awaitable, error));
  }
  asio::awaitable<std::size_t> write(asio::const_buffer from, Error& error) override {
    return socket_.async_write_some(from, asio::redirect_error(asio::use_awaitable, error));
  }
  asio::awaitable<void> finish(Error& error) override {
    socket_.shutdown(tcp::socket::shutdown_send, error);
    co_return;
  }
  std::optional<crypto::Bytes> clientCertificate() const override { return std::nullopt; }
  tcp::socket& socket() override { return socket_; }

 private:
  tcp::socket socket_;
};

class ClearTransports final : public Transports {
 public:
  std::unique_ptr<Transport> over(tcp::socket socket) const override {
    return std::make_unique<Clear>(std::move(socket));
  }
};

}  // namespace

std::unique_ptr<Transports> inTheClear() {
  return std::make_unique<ClearTransports>();
}

}  // namespace fundtrail::api::http

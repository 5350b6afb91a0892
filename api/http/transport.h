// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include "api/http/server.h"
#include "crypto/bytes.h"
#include "crypto/result.h"

namespace fundtrail::api::http {

/// A connection's bytes, in the clear or through TLS: the only thing that connections know of sockets. One read and one
/// write at a time. An error goes into `error`, which must outlive the awaiting; the end of what the client sends is
/// one too.
class Transport {
 public:
  using Error = boost::system::error_code;
  virtual ~Transport() = default;

  /// Before anything else: the handshake, if there is one.
  virtual boost::asio::awaitable<void> open(Error& error) = 0;
  virtual boost::asio::awaitable<std::size_t> read(boost::asio::mutable_buffer into, Error& error) = 0;
  virtual boost::asio::awaitable<std::size_t> write(boost::asio::const_buffer from, Error& error) = 0;
  /// Tells the client that nothing more comes, and takes nothing more from it.
  virtual boost::asio::awaitable<void> finish(Error& error) = 0;

  /// The certificate that the client showed and an authority vouches for, in DER.
  [[nodiscard]] virtual std::optional<crypto::Bytes> clientCertificate() const = 0;

  [[nodiscard]] virtual boost::asio::ip::tcp::socket& socket() = 0;
};

/// Makes the transports of a server's connections. Several threads.
class Transports {
 public:
  virtual ~Transports() = default;
  [[nodiscard]] virtual std::unique_ptr<Transport> over(boost::asio::ip::tcp::socket socket) const = 0;
};

[[nodiscard]] std::unique_ptr<Transports> inTheClear();

/// Error: badInput where certificate, key or authorities cannot be used, with the reason.
[[nodiscard]] crypto::Result<std::unique_ptr<Transports>> throughTls(Tls const& tls);

}  // namespace fundtrail::api::http

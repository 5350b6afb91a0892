// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

// Bytes to a server of this machine, and bytes back: for what no well-behaved client would send.

namespace fundtrail::tests {

/// Sends the bytes, says that no more will come, and reads until the server ends the connection.
inline std::string exchange(std::uint16_t port, std::string_view bytes) {
  namespace asio = boost::asio;
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  socket.connect({asio::ip::make_address("127.0.0.1"), port});
  boost::system::error_code ignored;  // the server may have hung up: reading tells
  asio::write(socket, asio::buffer(bytes), ignored);
  socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  std::string answer;
  asio::read(socket, asio::dynamic_buffer(answer), ignored);
  return answer;
}

inline std::string getRequest(std::string_view path) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", path);
}
inline std::string postRequest(std::string_view path, std::string_view body) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{}", path,
                     body.size(), body);
}

/// The port of "http://127.0.0.1:41234".
inline std::uint16_t portOf(std::string const& url) {
  return static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1)));
}

}  // namespace fundtrail::tests

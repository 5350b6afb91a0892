// SPDX-License-Identifier: Apache-2.0
#include "api/http/server.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "api/http/connection.h"
#include "api/http/transport.h"
#include "crypto/ensure.h"

namespace fundtrail::api::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using crypto::Error;
using crypto::ErrorKind;

namespace {

Error listenError(std::string const& where, error_code error) {
  if (error == asio::error::address_in_use) {
    return {ErrorKind::conflict, where + " is taken by another program: choose another port",
            where + " 已被其他程序占用：请换一个端口"};
  }
  if (error == asio::error::access_denied) {
    return {ErrorKind::denied, where + ": the system does not allow it: choose a port above 1023",
            where + "：系统不允许，请选用 1023 以上的端口"};
  }
  return {ErrorKind::io, where + ": " + error.message(), where + "：" + error.message()};
}

/// An address as the log shows it and limits count it: IPv4 in IPv6 as what it is.
asio::ip::address plainAddress(asio::ip::address const& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  return address;
}

/// Who counts as one client: an IPv4 address, or an IPv6 network of 64 bits, which one client has to itself.
std::string peerOf(asio::ip::address const& address) {
  if (address.is_v4()) return address.to_string();
  constexpr std::size_t kNetwork = 8;
  auto const bytes = address.to_v6().to_bytes();
  return {bytes.begin(), bytes.begin() + kNetwork};
}

class RunningServer final : public Server {
 public:
  RunningServer(Options options, AsyncHandler handler)
      : options_(std::move(options)), handler_(std::move(handler)), slots_(options_.mostConnections) {}

  crypto::Result<void> start() {
    if (auto const prepared = prepareTransports(); !prepared) return prepared;
    error_code error;
    auto const address = asio::ip::make_address(options_.address, error);
    if (error) {
      return Error{ErrorKind::badInput, options_.address + " is no IP address: give one of this machine, as 127.0.0.1",
                   options_.address + " 不是 IP 地址：请给出本机地址，如 127.0.0.1"};
    }
    tcp::endpoint const endpoint(address, options_.port);
    auto const where = fmt::format("{}:{}", options_.address, options_.port);
    if (acceptor_.open(endpoint.protocol(), error); error) return listenError(where, error);
    acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (acceptor_.bind(endpoint, error); error) return listenError(where, error);
    if (acceptor_.listen(asio::socket_base::max_listen_connections, error); error) return listenError(where, error);
    port_ = acceptor_.local_endpoint().port();
    asio::co_spawn(accepting_, accept(), asio::detached);
    for (unsigned i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { context_.run(); });
    return {};
  }

  ~RunningServer() override {
    shared_.stopping = true;
    asio::post(accepting_, [this] {
      error_code ignored;  // a socket that cannot be closed is closed
      acceptor_.close(ignored);
      room_.cancel();
    });
    {
      std::unique_lock lock(mutex_);
      for (auto const& connection : connections_) connection->end();
      allEnded_.wait_for(lock, options_.grace, [this] { return connections_.empty(); });
      for (auto const& connection : connections_) connection->cutOff();
    }
    for (auto& thread : threads_) thread.join();
  }

  std::uint16_t port() const override { return port_; }
  std::string url() const override {
    bool const v6 = options_.address.find(':') != std::string::npos;
    return fmt::format("{}://{}:{}", options_.tls ? "https" : "http",
                       v6 ? "[" + options_.address + "]" : options_.address, port_);
  }

  crypto::Result<void> replaceTls(Tls const& tls) override {
    crypto::ensure(options_.tls.has_value(), "a server that began without TLS stays so");
    auto made = throughTls(tls);
    if (!made) return made.error();
    std::lock_guard const lock(mutex_);
    transports_ = *std::move(made);
    return {};
  }

  Counts counts() const override {
    Counts counts;
    counts.accepted = accepted_;
    counts.turnedAway = turnedAway_;
    counts.streams = shared_.streams;
    counts.bodies = shared_.bodies;
    counts.timedOut = shared_.timedOut;
    counts.handshakesFailed = shared_.handshakesFailed;
    std::lock_guard const lock(mutex_);
    counts.connections = connections_.size();
    return counts;
  }

 private:
  crypto::Result<void> prepareTransports() {
    if (!options_.tls) {
      transports_ = inTheClear();
      return {};
    }
    auto made = throughTls(*options_.tls);
    if (!made) return made.error();
    transports_ = *std::move(made);
    options_.tls = Tls{};  // the key is OpenSSL's now
    return {};
  }

  asio::awaitable<void> accept() {
    while (acceptor_.is_open()) {
      error_code error;
      auto token = asio::redirect_error(asio::use_awaitable, error);
      if (slots_ == 0) {
        // Who has been idle longest makes room for who comes.
        endIdle();
        room_.expires_after(kBreath);
        co_await room_.async_wait(token);
        continue;
      }
      auto socket = co_await acceptor_.async_accept(asio::make_strand(context_), token);
      if (error == asio::error::operation_aborted) break;
      if (error) {
        // Out of descriptors, mostly: trying again at once would only burn time.
        room_.expires_after(kBreath);
        co_await room_.async_wait(token);
        continue;
      }
      take(std::move(socket));
    }
  }

  void take(tcp::socket socket) {
    error_code error;
    auto const remote = socket.remote_endpoint(error);
    if (error) return;  // it has gone again
    ++accepted_;
    auto const address = plainAddress(remote.address());
    auto peer = peerOf(address);
    auto& ofPeer = peers_[peer];
    if (ofPeer >= options_.mostConnectionsOfPeer) {
      ++turnedAway_;
      return;
    }
    ++ofPeer;
    --slots_;
    socket.set_option(tcp::no_delay(true), error);
    auto const strand = socket.get_executor();
    std::shared_ptr<Connection> connection;
    {
      std::lock_guard const lock(mutex_);
      connection = std::make_shared<Connection>(shared_, transports_->over(std::move(socket)), address.to_string());
      connections_.insert(connection);
    }
    asio::co_spawn(strand, serve(std::move(connection), std::move(peer)), asio::detached);
  }

  asio::awaitable<void> serve(std::shared_ptr<Connection> connection, std::string peer) {
    co_await connection->serve();
    {
      std::lock_guard const lock(mutex_);
      connections_.erase(connection);
      if (connections_.empty()) allEnded_.notify_all();
    }
    asio::post(accepting_, [this, peer = std::move(peer)] {
      ++slots_;
      if (auto const found = peers_.find(peer); --found->second == 0) peers_.erase(found);
      room_.cancel();
    });
  }

  void endIdle() {
    std::lock_guard const lock(mutex_);
    auto const before = Connection::Clock::now() - kMayStayIdle;
    for (auto const& connection : connections_) connection->endIfIdleSince(before);
  }

  static constexpr std::chrono::milliseconds kBreath{100};
  static constexpr std::chrono::seconds kMayStayIdle{1};

  Options options_;  // constant once it has started
  AsyncHandler const handler_;
  Shared shared_{options_, handler_};
  std::atomic<std::uint64_t> accepted_ = 0;
  std::atomic<std::uint64_t> turnedAway_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable allEnded_;
  std::set<std::shared_ptr<Connection>> connections_;
  std::unique_ptr<Transports> transports_;
  asio::io_context context_;
  asio::strand<asio::io_context::executor_type> accepting_ = asio::make_strand(context_);
  tcp::acceptor acceptor_{accepting_};
  asio::steady_timer room_{accepting_};  // whoever waits for a connection to end
  // On the accepting strand:
  std::size_t slots_;  // connections that may still be taken
  std::unordered_map<std::string, std::size_t> peers_;
  std::uint16_t port_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace

crypto::Result<std::unique_ptr<Server>> Server::listen(Options const& options, AsyncHandler handler) {
  crypto::ensure(options.threads > 0 && options.mostConnections > 0 && options.mostConnectionsOfPeer > 0,
                 "a server has a thread and takes a connection");
  crypto::ensure(options.leastRate > 0 && options.patience.count() > 0 && options.idle.count() > 0 &&
                     options.linger.count() > 0 && options.heartbeat.count() > 0,
                 "a server gives its clients time");
  auto server = std::make_unique<RunningServer>(options, std::move(handler));
  if (auto const started = server->start(); !started) return started.error();
  return std::unique_ptr<Server>(std::move(server));
}

crypto::Result<std::unique_ptr<Server>> Server::listen(Options const& options, Handler handler) {
  return listen(options, atOnce(std::move(handler)));
}

crypto::Result<Options> parseListen(std::string const& text) {
  Options options;
  auto const colon = text.rfind(':');
  auto address = text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
  error_code error;
  asio::ip::make_address(address, error);
  unsigned long port = 0;
  bool digits = colon != std::string::npos && colon + 1 < text.size() && text.size() - colon <= 6;
  for (auto i = colon + 1; digits && i < text.size(); ++i) {
    digits = text[i] >= '0' && text[i] <= '9';
    port = port * 10 + static_cast<unsigned long>(text[i] - '0');
  }
  if (error || !digits || port > 65535) {
    return Error{ErrorKind::badInput, text + " is no address to listen at: write it as 127.0.0.1:8080",
                 text + " 不是监听地址：请写成 127.0.0.1:8080"};
  }
  options.address = std::move(address);
  options.port = static_cast<std::uint16_t>(port);
  return options;
}

}  // namespace fundtrail::api::http

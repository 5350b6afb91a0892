// SPDX-License-Identifier: Apache-2.0
#include "api/http/server.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

#include "crypto/ensure.h"

namespace fundtrail::api::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using crypto::Error;
using crypto::ErrorKind;

namespace {

using Wire = beast::http::response<beast::http::string_body>;
using Parser = beast::http::request_parser<beast::http::string_body>;

Method methodOf(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get: return Method::get;
    case beast::http::verb::head: return Method::head;
    case beast::http::verb::post: return Method::post;
    default: return Method::other;
  }
}

Request requestOf(Parser& parser) {
  auto& message = parser.get();
  std::string target(message.target());
  auto const mark = target.find('?');
  return {methodOf(message.method()), target.substr(0, mark),
          mark == std::string::npos ? std::string() : target.substr(mark + 1), std::move(message.body())};
}

Response answer(Handler const& handler, Request const& request) {
  try {
    return handler(request);
  } catch (std::exception const&) {
    // Whatever it says is for the operator, not for the network.
    return {500, "text/plain; charset=utf-8", "the server has a fault of its own\n"};
  }
}

/// What a request that cannot be read is answered with; nothing where the connection just ended.
std::optional<Response> complaint(error_code error) {
  if (error == beast::http::error::body_limit)
    return Response{413, "text/plain; charset=utf-8", "the body is too large\n"};
  if (error == beast::http::error::header_limit)
    return Response{431, "text/plain; charset=utf-8", "the header is too large\n"};
  if (error == beast::http::error::end_of_stream || error == beast::http::error::partial_message) return std::nullopt;
  if (error.category() == beast::http::make_error_code(beast::http::error::bad_value).category()) {
    return Response{400, "text/plain; charset=utf-8", "this is no HTTP/1.1 request\n"};
  }
  return std::nullopt;
}

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

class RunningServer final : public Server {
 public:
  RunningServer(Options options, Handler handler)
      : options_(std::move(options)), handler_(std::move(handler)), slots_(options_.mostConnections) {}

  crypto::Result<void> start() {
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
    asio::post(accepting_, [this] {
      error_code ignored;  // a socket that cannot be closed is closed
      acceptor_.close(ignored);
      room_.cancel();
    });
    {
      std::lock_guard const lock(mutex_);
      stopping_ = true;
      // A connection that waits for a request is ended; one that is being answered ends after its answer.
      for (auto* const connection : connections_) connection->endIfIdle();
    }
    for (auto& thread : threads_) thread.join();
  }

  std::uint16_t port() const override { return port_; }
  std::string url() const override {
    bool const v6 = options_.address.find(':') != std::string::npos;
    return "http://" + (v6 ? "[" + options_.address + "]" : options_.address) + fmt::format(":{}", port_);
  }

 private:
  /// One client's connection, on a strand of its own.
  class Connection {
   public:
    Connection(RunningServer& server, tcp::socket socket) : server_(server), stream_(std::move(socket)) {
      std::lock_guard const lock(server_.mutex_);
      server_.connections_.insert(this);
    }
    ~Connection() {
      std::lock_guard const lock(server_.mutex_);
      server_.connections_.erase(this);
    }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    /// From any thread, while the connection lives: the server's mutex sees to that.
    void endIfIdle() {
      asio::post(stream_.get_executor(), [alive = std::weak_ptr(alive_), this] {
        if (alive.expired() || answering_) return;
        stream_.cancel();
      });
    }

    asio::awaitable<void> serve() {
      beast::flat_buffer buffer;
      bool first = true;
      while (!server_.stopping()) {
        Parser parser;
        parser.body_limit(server_.options_.mostBody);
        parser.header_limit(server_.options_.mostHeader);
        error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        // The first byte may take its time, what follows may not.
        if (buffer.size() == 0) {
          stream_.expires_after(first ? server_.options_.patience : server_.options_.idle);
          auto const read = co_await stream_.async_read_some(buffer.prepare(kFirstRead), token);
          if (error) break;
          buffer.commit(read);
        }
        first = false;
        stream_.expires_after(server_.options_.patience);
        co_await beast::http::async_read(stream_, buffer, parser, token);
        if (error) {
          if (auto const said = complaint(error)) co_await send(*said, false, 11, false);
          break;
        }
        bool const keepAlive = parser.get().keep_alive();
        auto const version = parser.get().version();
        auto const request = requestOf(parser);
        answering_ = true;
        auto const response = answer(server_.handler_, request);
        bool const sent = co_await send(response, keepAlive, version, request.method == Method::head);
        answering_ = false;
        if (!sent || !keepAlive) break;
      }
      error_code ignored;  // the other side may have gone already
      stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }

   private:
    static constexpr std::size_t kFirstRead = 4096;

    /// False where the connection broke.
    asio::awaitable<bool> send(Response const& response, bool keepAlive, unsigned version, bool headOnly) {
      Wire wire(static_cast<beast::http::status>(response.status), version);
      wire.set(beast::http::field::content_type, response.contentType);
      for (auto const& [name, value] : response.headers) wire.set(name, value);
      wire.keep_alive(keepAlive);
      wire.body() = response.body;
      wire.prepare_payload();
      beast::http::response_serializer<beast::http::string_body> serializer(wire);
      error_code error;
      auto token = asio::redirect_error(asio::use_awaitable, error);
      stream_.expires_after(server_.options_.patience);
      if (headOnly) {
        co_await beast::http::async_write_header(stream_, serializer, token);
      } else {
        co_await beast::http::async_write(stream_, serializer, token);
      }
      co_return !error;
    }

    RunningServer& server_;
    beast::tcp_stream stream_;
    bool answering_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  };

  bool stopping() const {
    std::lock_guard const lock(mutex_);
    return stopping_;
  }

  asio::awaitable<void> accept() {
    while (acceptor_.is_open()) {
      error_code error;
      auto token = asio::redirect_error(asio::use_awaitable, error);
      if (slots_ == 0) {
        room_.expires_at(asio::steady_timer::time_point::max());
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
      --slots_;
      auto const strand = socket.get_executor();
      asio::co_spawn(strand, serve(std::move(socket)), asio::detached);
    }
  }

  asio::awaitable<void> serve(tcp::socket socket) {
    {
      Connection connection(*this, std::move(socket));
      co_await connection.serve();
    }
    asio::post(accepting_, [this] {
      ++slots_;
      room_.cancel();
    });
  }

  static constexpr std::chrono::milliseconds kBreath{100};

  Options const options_;
  Handler const handler_;
  asio::io_context context_;
  asio::strand<asio::io_context::executor_type> accepting_ = asio::make_strand(context_);
  tcp::acceptor acceptor_{accepting_};
  asio::steady_timer room_{accepting_};  // whoever waits for a connection to end
  std::size_t slots_;                    // connections that may still be taken; on the accepting strand
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::set<Connection*> connections_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

crypto::Result<std::unique_ptr<Server>> Server::listen(Options const& options, Handler handler) {
  crypto::ensure(options.threads > 0 && options.mostConnections > 0, "a server has a thread and takes a connection");
  auto server = std::make_unique<RunningServer>(options, std::move(handler));
  if (auto const started = server->start(); !started) return started.error();
  return std::unique_ptr<Server>(std::move(server));
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

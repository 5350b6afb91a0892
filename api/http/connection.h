// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "api/http/message.h"
#include "api/http/request_id.h"
#include "api/http/request_reader.h"
#include "api/http/response_head.h"
#include "api/http/server.h"
#include "api/http/transport.h"
#include "crypto/bytes.h"

namespace fundtrail::api::http {

/// What the connections of a server share.
struct Shared {
  Options const& options;
  AsyncHandler const& handler;
  RequestIds ids{};
  std::atomic<bool> stopping = false;
  std::atomic<std::size_t> bodies = 0;  // bytes
  std::atomic<std::size_t> streams = 0;
  std::atomic<std::uint64_t> timedOut = 0;
  std::atomic<std::uint64_t> handshakesFailed = 0;
};

/// A share of the memory that all bodies may take; given back when it goes.
class BodyShare {
 public:
  BodyShare(std::atomic<std::size_t>& taken, std::size_t most) : taken_(taken), most_(most) {}
  BodyShare(BodyShare const&) = delete;
  BodyShare& operator=(BodyShare const&) = delete;
  ~BodyShare() { taken_ -= mine_; }

  /// False where there is not that much left: it is then as it was.
  [[nodiscard]] bool growTo(std::size_t bytes) {
    auto const more = bytes > mine_ ? bytes - mine_ : 0;
    if (taken_.fetch_add(more) + more > most_) {
      taken_ -= more;
      return false;
    }
    mine_ += more;
    return true;
  }

 private:
  std::atomic<std::size_t>& taken_;
  std::size_t most_;
  std::size_t mine_ = 0;
};

/// One client's connection: reads requests, has them answered, one after the other. It lives as long as serve() runs,
/// on the strand that its transport's socket belongs to.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;

  /// `shared` must outlive it.
  Connection(Shared& shared, std::unique_ptr<Transport> transport, std::string peer);

  /// The whole of its life. Once, on its strand.
  [[nodiscard]] boost::asio::awaitable<void> serve();

  // From any thread, while the server lives:
  /// Ends it now if it waits for a request, at the next moment in a stream, and otherwise after the answer to what has
  /// begun to come in.
  void end();
  /// Ends it whatever it does.
  void cutOff();
  /// Ends it if it has waited for a request since before then.
  void endIfIdleSince(Clock::time_point before);

 private:
  [[nodiscard]] boost::asio::awaitable<void> watch(std::shared_ptr<Connection> self);  // which it keeps alive
  [[nodiscard]] boost::asio::awaitable<bool> exchange();
  [[nodiscard]] boost::asio::awaitable<bool> receive(RequestReader& reader, BodyShare& share);
  [[nodiscard]] boost::asio::awaitable<std::optional<Response>> answer(Request request);
  [[nodiscard]] boost::asio::awaitable<bool> send(Response& response, Exchange& exchange, RequestReader const& reader,
                                                  bool keepAlive);
  [[nodiscard]] boost::asio::awaitable<bool> refuse(RequestReader const& reader, std::uint16_t status);
  [[nodiscard]] boost::asio::awaitable<bool> write(std::string_view bytes, Exchange* exchange);
  [[nodiscard]] boost::asio::awaitable<bool> stream(Response& response, Exchange& exchange, bool chunked);
  [[nodiscard]] boost::asio::awaitable<void> listenForEnd(std::shared_ptr<Connection> self);
  [[nodiscard]] boost::asio::awaitable<void> close();
  [[nodiscard]] boost::asio::awaitable<void> pauseUntil(Clock::time_point time);

  [[nodiscard]] Response complaint(std::uint16_t status) const;
  [[nodiscard]] std::string idOf(Request const& request) const;
  [[nodiscard]] std::size_t readInto(std::size_t bytes);
  void within(std::chrono::milliseconds time) { deadline_ = Clock::now() + time; }
  void withinPace(Clock::time_point begin, std::size_t bytes);
  void withoutEnd() { deadline_ = Clock::time_point::max(); }
  void shut();

  Shared& shared_;
  std::unique_ptr<Transport> transport_;
  boost::asio::any_io_executor strand_;
  std::string peer_;
  std::optional<crypto::Bytes> certificate_;

  std::vector<char> buffer_;  // received and not taken yet: [begin_, end_)
  std::size_t begin_ = 0;
  std::size_t end_ = 0;

  boost::asio::steady_timer wake_;      // what pauseUntil() waits at
  boost::asio::steady_timer watchdog_;  // what watch() waits at
  Clock::time_point deadline_ = Clock::time_point::max();
  Clock::time_point idleSince_;
  bool first_ = true;       // no request has been answered
  bool idle_ = false;       // waits for the first byte of a request
  bool ending_ = false;     // end() was asked for
  bool shut_ = false;       // the socket is closed
  bool over_ = false;       // serve() has done its work
  bool listening_ = false;  // listenForEnd() runs
  bool gone_ = false;       // a stream's client is
};

}  // namespace fundtrail::api::http

// SPDX-License-Identifier: Apache-2.0
#include "api/http/connection.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <functional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "api/http/feed.h"
#include "api/http/pending_answer.h"

namespace fundtrail::api::http {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t kPiece = 64 * 1024;        // of an answer, between two looks at the clock
constexpr std::size_t kSmallBody = 16 * 1024;    // goes out with its head
constexpr std::size_t kBehindHeader = 8 * 1024;  // so much more than the longest head is received at once
constexpr std::size_t kMostLinger = 1024 * 1024;
constexpr std::size_t kFirstRead = 4 * 1024;

Response plainComplaint(std::uint16_t status) {
  auto const say = [&](char const* text) { return Response{status, "text/plain; charset=utf-8", text}; };
  switch (status) {
    case 413: return say("the body is too large\n");
    case 417: return say("only 100-continue can be expected\n");
    case 431: return say("the header is too large\n");
    case 500: return say("the server has a fault of its own\n");
    case 501: return say("only the transfer coding chunked is understood\n");
    case 503: return say("too much at once: try again in a moment\n");
    default: return say("this is no HTTP/1.1 request\n");
  }
}

/// The shortest time that a deadline may be set to: so often the watchdog looks.
milliseconds shortest(Options const& options) {
  return std::min({options.patience, options.idle, options.linger});
}

}  // namespace

Connection::Connection(Shared& shared, std::unique_ptr<Transport> transport, std::string peer)
    : shared_(shared),
      transport_(std::move(transport)),
      strand_(transport_->socket().get_executor()),
      peer_(std::move(peer)),
      wake_(strand_),
      watchdog_(strand_) {}

void Connection::end() {
  asio::post(strand_, [self = shared_from_this()] {
    self->ending_ = true;
    if (self->idle_) self->shut();
    self->wake_.cancel();
  });
}

void Connection::cutOff() {
  asio::post(strand_, [self = shared_from_this()] { self->shut(); });
}

void Connection::endIfIdleSince(Clock::time_point before) {
  asio::post(strand_, [self = shared_from_this(), before] {
    if (self->idle_ && self->idleSince_ < before) self->shut();
  });
}

void Connection::shut() {
  shut_ = true;
  error_code ignored;  // a socket that cannot be closed is closed
  transport_->socket().close(ignored);
  wake_.cancel();
}

asio::awaitable<void> Connection::watch(std::shared_ptr<Connection> /*self*/) {
  // Deadlines move with every exchange, the timer does not: it never sleeps past one that may have been set meanwhile.
  error_code cancelled;
  while (!over_ && !shut_) {
    watchdog_.expires_at(std::min(deadline_, Clock::now() + shortest(shared_.options)));
    co_await watchdog_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    if (over_ || shut_ || Clock::now() < deadline_) continue;
    ++shared_.timedOut;
    shut();
  }
}

asio::awaitable<void> Connection::serve() {
  auto const self = shared_from_this();
  within(shared_.options.patience);
  asio::co_spawn(strand_, watch(self), asio::detached);
  error_code error;
  co_await transport_->open(error);
  if (error) {
    ++shared_.handshakesFailed;
    shut();
  } else {
    certificate_ = transport_->clientCertificate();
    while (co_await exchange()) first_ = false;
    co_await close();
  }
  over_ = true;
  watchdog_.cancel();
}

void Connection::withinPace(Clock::time_point begin, std::size_t bytes) {
  auto const earned = milliseconds(bytes * 1000 / shared_.options.leastRate);
  deadline_ = begin + shared_.options.patience + earned;
}

std::size_t Connection::readInto(std::size_t bytes) {
  if (begin_ != 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  auto const most = std::size_t{shared_.options.mostHeader} + kBehindHeader;
  auto const room = std::min(bytes, most - end_);
  if (buffer_.size() < end_ + room) buffer_.resize(end_ + room);
  return room;
}

asio::awaitable<bool> Connection::receive(RequestReader& reader, BodyShare& share) {
  using Stage = RequestReader::Stage;
  bool begun = false;
  bool continued = false;
  auto bodySince = Clock::now();
  while (true) {
    if (begin_ != end_) {
      if (!std::exchange(begun, true)) within(shared_.options.patience);
      auto const before = reader.stage();
      begin_ += reader.take({buffer_.data() + begin_, end_ - begin_});
      if (reader.stage() == Stage::whole || reader.stage() == Stage::refused) break;
      if (reader.stage() == Stage::body) {
        if (before == Stage::head) bodySince = Clock::now();
        withinPace(bodySince, reader.bodySize());
        if (!share.growTo(reader.bodySize())) co_return co_await refuse(reader, 503);
        if (reader.expectsContinue() && !std::exchange(continued, true)) {
          if (!co_await write("HTTP/1.1 100 Continue\r\n\r\n", nullptr)) co_return false;
          withinPace(bodySince, reader.bodySize());
        }
      }
    } else if (!begun) {
      if (ending_ || shared_.stopping) co_return false;
      within(first_ ? shared_.options.patience : shared_.options.idle);
      idle_ = true;
      idleSince_ = Clock::now();
    }
    error_code error;
    auto const room = readInto(begun && reader.stage() == Stage::body ? kPiece : kFirstRead);
    auto const read = co_await transport_->read(asio::buffer(buffer_.data() + end_, room), error);
    idle_ = false;
    // Where the client ended in the middle of a request, nobody is there to be told.
    if (error) co_return false;
    end_ += read;
  }
  if (reader.stage() == Stage::refused) co_return co_await refuse(reader, reader.refusal());
  if (!share.growTo(reader.bodySize())) co_return co_await refuse(reader, 503);
  co_return true;
}

asio::awaitable<bool> Connection::refuse(RequestReader const& reader, std::uint16_t status) {
  Exchange exchange{shared_.ids.next(), peer_};
  auto const begin = Clock::now();
  auto response = complaint(status);
  exchange.whole = co_await send(response, exchange, reader, false);
  exchange.duration = duration_cast<std::chrono::microseconds>(Clock::now() - begin);
  if (shared_.options.observe) shared_.options.observe(exchange);
  co_return false;
}

asio::awaitable<bool> Connection::exchange() {
  RequestReader reader({shared_.options.mostBody, shared_.options.mostHeader});
  BodyShare share(shared_.bodies, shared_.options.mostBodies);
  if (!co_await receive(reader, share)) co_return false;
  auto const begin = Clock::now();
  auto request = reader.request();
  request.id = idOf(request);
  request.peer = peer_;
  request.clientCertificate = certificate_;
  Exchange exchange{request.id, peer_, request.method};
  exchange.received = request.body.size();
  withoutEnd();
  auto response = co_await answer(std::move(request));
  if (!response) co_return false;
  bool const keepAlive = reader.keepAlive() && !response->stream && !ending_ && !shared_.stopping;
  exchange.endpoint = response->endpoint;
  exchange.principal = response->principal;
  exchange.streamed = response->stream != nullptr;
  exchange.whole = co_await send(*response, exchange, reader, keepAlive);
  exchange.duration = duration_cast<std::chrono::microseconds>(Clock::now() - begin);
  if (shared_.options.observe) shared_.options.observe(exchange);
  co_return exchange.whole&& keepAlive;
}

std::string Connection::idOf(Request const& request) const {
  auto const given = request.headers.find("X-Request-Id");
  return given && isHarmlessId(*given) ? std::string(*given) : shared_.ids.next();
}

Response Connection::complaint(std::uint16_t status) const {
  auto response = shared_.options.complain ? shared_.options.complain(status) : plainComplaint(status);
  if (status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

/// The handler's answer; nothing where the connection was cut off before it came.
asio::awaitable<std::optional<Response>> Connection::answer(Request request) {
  auto const pending = std::make_shared<PendingAnswer>();
  try {
    shared_.handler(std::move(request), PendingAnswer::answerTo(pending));
  } catch (std::exception const&) {
    // Whatever it says is for the operator, not for the network.
    pending->fail();
  }
  while (true) {
    auto arrived = pending->take([strand = strand_, weak = weak_from_this()] {
      asio::post(strand, [weak] {
        if (auto const self = weak.lock()) self->wake_.cancel();
      });
    });
    if (arrived) {
      if (arrived->response && isSound(*arrived->response)) co_return std::move(arrived->response);
      co_return complaint(500);
    }
    if (shut_) break;
    co_await pauseUntil(Clock::time_point::max());
  }
  pending->abandon();
  co_return std::nullopt;
}

asio::awaitable<void> Connection::pauseUntil(Clock::time_point time) {
  wake_.expires_at(time);
  error_code woken;
  co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

asio::awaitable<bool> Connection::send(Response& response, Exchange& exchange, RequestReader const& reader,
                                       bool keepAlive) {
  exchange.status = response.status;
  bool const streams = response.stream && exchange.method != Method::head && hasBody(response.status);
  auto const ending = !response.stream ? Ending::length : reader.version() >= 11 ? Ending::chunks : Ending::close;
  auto head = formatHead(response, exchange.id, ending, keepAlive);
  std::string_view body;
  if (exchange.method != Method::head && hasBody(response.status)) body = response.body;
  if (streams) {
    if (!body.empty()) head += ending == Ending::chunks ? formatChunk(body) : std::string(body);
    body = {};
  } else if (body.size() <= kSmallBody) {
    head += body;
    body = {};
  }
  // GCC 12 awaits the right side of && and || whatever the left one says: so neither is written here.
  bool whole = co_await write(head, &exchange);
  if (whole && !body.empty()) {
    whole = co_await write(body, &exchange);
  }
  if (whole && streams) {
    whole = co_await stream(response, exchange, ending == Ending::chunks);
  }
  co_return whole;
}

asio::awaitable<bool> Connection::write(std::string_view bytes, Exchange* exchange) {
  auto const begin = Clock::now();
  for (std::size_t sent = 0; sent < bytes.size();) {
    withinPace(begin, sent);
    auto const piece = bytes.substr(sent, kPiece);
    error_code error;
    auto const written = co_await transport_->write(asio::buffer(piece.data(), piece.size()), error);
    sent += written;
    if (exchange != nullptr) exchange->sent += written;
    if (error) co_return false;
  }
  co_return true;
}

asio::awaitable<bool> Connection::stream(Response& response, Exchange& exchange, bool chunked) {
  auto const wake = [strand = strand_, weak = weak_from_this()] {
    asio::post(strand, [weak] {
      if (auto const self = weak.lock()) self->wake_.cancel();
    });
  };
  auto const feed = std::make_shared<Feed>(shared_.options.mostUnsent, wake);
  ++shared_.streams;
  listening_ = true;
  asio::co_spawn(strand_, listenForEnd(shared_from_this()), asio::detached);
  bool whole = true;
  try {
    response.stream->start([feed](std::string const& piece) { feed->add(piece); });
  } catch (std::exception const&) {
    whole = false;  // the source's fault; what the client sees is a stream that broke off
  }
  while (whole && !gone_ && !ending_ && !shut_) {
    auto piece = feed->take();
    if (feed->overflown()) {
      ++shared_.timedOut;
      whole = false;
      break;
    }
    if (piece.empty()) {
      withoutEnd();
      auto const beat = Clock::now() + shared_.options.heartbeat;
      co_await pauseUntil(beat);
      if (Clock::now() < beat) continue;
      piece = response.stream->heartbeat();
      if (piece.empty()) continue;
    }
    auto const frame = chunked ? formatChunk(piece) : std::move(piece);
    whole = co_await write(frame, &exchange);
  }
  response.stream.reset();
  feed->close();
  --shared_.streams;
  if (whole && !gone_ && chunked) {
    whole = co_await write("0\r\n\r\n", &exchange);
  }
  // Whoever reads must have ended before the connection is closed in order.
  error_code ignored;
  transport_->socket().cancel(ignored);
  within(shared_.options.patience);
  while (listening_) co_await pauseUntil(Clock::time_point::max());
  co_return whole;
}

asio::awaitable<void> Connection::listenForEnd(std::shared_ptr<Connection> /*self*/) {
  // A client of a stream has nothing more to say; that it is gone is told by the end of what it sends.
  std::vector<char> unheard(512);
  error_code error;
  while (!error) co_await transport_->read(asio::buffer(unheard), error);
  gone_ = true;
  listening_ = false;
  wake_.cancel();
}

asio::awaitable<void> Connection::close() {
  error_code error;
  if (!shut_ && !gone_) {
    within(shared_.options.linger);
    co_await transport_->finish(error);
    auto& socket = transport_->socket();
    if (socket.is_open()) socket.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    // What the client was still sending is read to its end: a socket that is closed over it would take the answer
    // along.
    std::vector<char> unheard(kFirstRead);
    error.clear();
    for (std::size_t read = 0; !error && !shut_ && read < kMostLinger;) {
      read += co_await socket.async_read_some(asio::buffer(unheard), asio::redirect_error(asio::use_awaitable, error));
    }
  }
  shut();
}

}  // namespace fundtrail::api::http

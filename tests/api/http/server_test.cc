// SPDX-License-Identifier: Apache-2.0
#include "api/http/server.h"

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fundtrail::api::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::HasSubstr;
using testing::StartsWith;

/// A client that writes bytes and reads until the server ends the connection.
class Client {
 public:
  explicit Client(Server const& server) {
    socket_.connect(tcp::endpoint(asio::ip::make_address("127.0.0.1"), server.port()));
  }
  void write(std::string const& text) {
    boost::system::error_code ignored;  // the server may have hung up on us: reading tells
    asio::write(socket_, asio::buffer(text), ignored);
  }
  std::string readAll() {
    std::string text;
    boost::system::error_code end;
    asio::read(socket_, asio::dynamic_buffer(text), end);
    return text;
  }

 private:
  asio::io_context context_;
  tcp::socket socket_{context_};
};

std::unique_ptr<Server> serve(Handler handler, Options options = {}) {
  return Server::listen(options, std::move(handler)).value();
}

Response echo(Request const& request) {
  if (request.path == "/throws") throw std::runtime_error("secret");
  return {200, "text/plain", request.path + "|" + request.query + "|" + request.body};
}

std::string post(std::string const& body) {
  return "POST /p?q=1 HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string const kLast = "GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

int count(std::string const& text, std::string const& part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(HttpServer, AnswersSeveralRequestsOfOneConnectionInOrder) {
  auto const server = serve(echo);
  Client client(*server);
  client.write(post("one") + post("two") + kLast);
  auto const all = client.readAll();
  EXPECT_EQ(count(all, "HTTP/1.1 200 OK"), 3);
  EXPECT_LT(all.find("/p|q=1|one"), all.find("/p|q=1|two"));
  EXPECT_LT(all.find("/p|q=1|two"), all.find("/last||"));
}

TEST(HttpServer, AnswersWhatIsTooLargeOrMalformed) {
  Options small;
  small.mostBody = 10;
  small.mostHeader = 200;
  auto const server = serve(echo, small);
  std::pair<std::string, std::string> const cases[] = {
      {post("eleven byte"), "HTTP/1.1 413"},
      {"GET / HTTP/1.1\r\nX: " + std::string(300, 'x') + "\r\n\r\n", "HTTP/1.1 431"},
      {"what is this\r\n\r\n", "HTTP/1.1 400"},
      {"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 400"},
  };
  for (auto const& [sent, status] : cases) {
    Client client(*server);
    client.write(sent);
    EXPECT_THAT(client.readAll(), StartsWith(status)) << sent.substr(0, 30);
  }
  Client client(*server);
  client.write(kLast);
  EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 200")) << "others are served";
}

TEST(HttpServer, AHandlerThatThrowsAnswers500AndSaysNoMore) {
  auto const server = serve(echo);
  Client client(*server);
  client.write("GET /throws HTTP/1.1\r\nHost: h\r\n\r\n" + kLast);
  auto const all = client.readAll();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(all, Not(HasSubstr("secret")));
  EXPECT_EQ(count(all, "HTTP/1.1 200"), 1);
}

TEST(HttpServer, CutsOffWhoSendsTooSlowly) {
  Options hasty;
  hasty.patience = std::chrono::milliseconds(50);
  hasty.idle = std::chrono::milliseconds(50);
  auto const server = serve(echo, hasty);
  Client half(*server);
  half.write("POST /p HTTP/1.1\r\nContent-Le");
  EXPECT_EQ(half.readAll(), "");
  Client silent(*server);
  EXPECT_EQ(silent.readAll(), "");
  Client idle(*server);
  idle.write(post("one"));
  EXPECT_EQ(count(idle.readAll(), "HTTP/1.1 200"), 1);
}

TEST(HttpServer, WhoWaitsForRoomIsServedWhenThereIsSome) {
  Options one;
  one.mostConnections = 1;
  auto const server = serve(echo, one);
  Client first(*server);
  first.write(post("one"));
  Client second(*server);
  second.write(kLast);
  first.write(kLast);
  EXPECT_EQ(count(first.readAll(), "HTTP/1.1 200"), 2);
  EXPECT_EQ(count(second.readAll(), "HTTP/1.1 200"), 1);
}

TEST(HttpServer, StoppingAnswersWhatItIsAnswering) {
  std::mutex mutex;
  std::condition_variable changed;
  bool inside = false;
  auto server = serve([&](Request const& request) {
    std::unique_lock lock(mutex);
    inside = true;
    changed.notify_all();
    return echo(request);
  });
  Client idle(*server);
  Client busy(*server);
  busy.write(post("one"));
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return inside; });
  }
  server.reset();
  EXPECT_EQ(count(busy.readAll(), "/p|q=1|one"), 1);
  EXPECT_EQ(idle.readAll(), "");
}

TEST(HttpServer, AHeadRequestGetsTheHeaderAlone) {
  auto const server = serve(echo);
  Client client(*server);
  client.write("HEAD /there HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  auto const all = client.readAll();
  EXPECT_THAT(all, HasSubstr("Content-Length: 8\r\n"));
  EXPECT_THAT(all, Not(HasSubstr("/there|")));
}

TEST(HttpServer, SaysWhyItCannotListen) {
  auto const server = serve(echo);
  Options taken;
  taken.port = server->port();
  EXPECT_EQ(Server::listen(taken, echo).error().kind, crypto::ErrorKind::conflict);
  Options nowhere;
  nowhere.address = "nowhere";
  EXPECT_EQ(Server::listen(nowhere, echo).error().kind, crypto::ErrorKind::badInput);
}

TEST(HttpServer, AnAddressIsReadAsItIsWritten) {
  EXPECT_EQ(parseListen("127.0.0.1:8090")->port, 8090);
  EXPECT_EQ(parseListen("[::1]:0")->address, "::1");
  for (auto const* text :
       {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:8x", "host:80", "127.0.0.1:-1"}) {
    EXPECT_FALSE(parseListen(text)) << text;
  }
}

}  // namespace
}  // namespace fundtrail::api::http

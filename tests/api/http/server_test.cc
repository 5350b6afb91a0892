// SPDX-License-Identifier: Apache-2.0
#include "api/http/server.h"

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/http_client.h"

namespace fundtrail::api::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A client of the server, in the clear.
class Client : public tests::HttpClient {
 public:
  explicit Client(Server const& server) : tests::HttpClient(server.port()) {}
};

std::unique_ptr<Server> serve(Handler handler, Options options = {}) {
  options.linger = std::chrono::milliseconds(20);  // these clients do not hang up after the last answer
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
      {"GET / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 400"},
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

TEST(HttpServer, StoppingAnswersWhatHasBegunToComeIn) {
  std::mutex mutex;
  std::condition_variable changed;
  bool seen = false;
  Options options;
  auto server = serve(echo, options);
  Client late(*server);
  // The server asks for the body when it has seen the head.
  late.write("POST /late HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_THAT(late.readThrough("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue"));
  std::thread stopping([&] {
    {
      std::lock_guard const lock(mutex);
      seen = true;
    }
    changed.notify_all();
    server.reset();
  });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return seen; });
  }
  late.write("body");
  EXPECT_THAT(late.readAll(), HasSubstr("/late||body"));
  stopping.join();
}

TEST(HttpServer, StoppingCutsOffWhatTakesLongerThanItsGrace) {
  Options options;
  options.grace = std::chrono::milliseconds(50);
  Answer held;
  std::mutex mutex;
  std::condition_variable changed;
  auto server = Server::listen(options, AsyncHandler([&](Request const&, Answer answer) {
                                 std::lock_guard const lock(mutex);
                                 held = std::move(answer);
                                 changed.notify_all();
                               }))
                    .value();
  Client client(*server);
  client.write(kLast);
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return held != nullptr; });
  }
  server.reset();
  EXPECT_EQ(client.readAll(), "");
  held({200, "text/plain", "too late"});  // goes nowhere
}

TEST(HttpServer, AHeadRequestGetsTheHeaderAlone) {
  auto const server = serve(echo);
  Client client(*server);
  client.write("HEAD /there HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  auto const all = client.readAll();
  EXPECT_THAT(all, HasSubstr("Content-Length: 8\r\n"));
  EXPECT_THAT(all, Not(HasSubstr("/there|")));
}

TEST(HttpServer, AHandlerSeesWhatWasAskedAndByWhom) {
  Request seen;
  auto const server = serve([&](Request const& request) {
    seen = request;
    return Response{};
  });
  Client client(*server);
  client.write(
      "DELETE /a%20b?x=1&y HTTP/1.1\r\nHost: h\r\nAccept-Language: zh\r\nX-Two: 1\r\nX-Two: 2\r\n"
      "Connection: close\r\n\r\n");
  auto const all = client.readAll();
  EXPECT_EQ(seen.method, Method::remove);
  EXPECT_EQ(seen.path, "/a%20b");
  EXPECT_EQ(seen.query, "x=1&y");
  EXPECT_EQ(seen.peer, "127.0.0.1");
  EXPECT_EQ(seen.headers.find("accept-language"), "zh");
  EXPECT_EQ(seen.headers.fields().size(), 5U);
  EXPECT_FALSE(seen.clientCertificate);
  EXPECT_FALSE(seen.id.empty());
  EXPECT_THAT(all, HasSubstr("\r\nX-Request-Id: " + seen.id + "\r\n"));
}

TEST(HttpServer, TakesOverAnIdThatIsHarmless) {
  auto const server = serve(echo);
  auto const answerTo = [&](std::string const& id) {
    Client client(*server);
    client.write("GET / HTTP/1.1\r\nHost: h\r\nX-Request-Id: " + id + "\r\nConnection: close\r\n\r\n");
    return client.readAll();
  };
  EXPECT_THAT(answerTo("proxy-7.a_B"), HasSubstr("X-Request-Id: proxy-7.a_B\r\n"));
  EXPECT_THAT(answerTo("a b"), Not(HasSubstr("a b")));
}

TEST(HttpServer, TellsItsObserverWhatWasAnswered) {
  std::mutex mutex;
  std::vector<Exchange> seen;
  Options options;
  options.observe = [&](Exchange const& exchange) {
    std::lock_guard const lock(mutex);
    seen.push_back(exchange);
  };
  auto server = serve(
      [](Request const&) {
        Response response{201, "text/plain", "made"};
        response.endpoint = "/v1/things/{id}";
        response.principal = "somebody";
        return response;
      },
      options);
  Client client(*server);
  client.write(post("four") + "what is this\r\n\r\n");
  auto const all = client.readAll();
  server.reset();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].status, 201);
  EXPECT_EQ(seen[0].endpoint, "/v1/things/{id}");
  EXPECT_EQ(seen[0].principal, "somebody");
  EXPECT_EQ(seen[0].peer, "127.0.0.1");
  EXPECT_EQ(seen[0].received, 4U);
  EXPECT_TRUE(seen[0].whole);
  EXPECT_EQ(seen[1].status, 400);
  EXPECT_EQ(seen[0].sent + seen[1].sent, all.size());
}

TEST(HttpServer, ClosesWhatOneAddressOpensBeyondItsShare) {
  Options one;
  one.mostConnectionsOfPeer = 1;
  auto const server = serve(echo, one);
  Client first(*server);
  first.write(post("one"));
  EXPECT_THAT(first.readThrough("one"), HasSubstr("200"));
  Client second(*server);
  second.write(kLast);
  EXPECT_EQ(second.readAll(), "");
  first.write(kLast);
  EXPECT_THAT(first.readAll(), HasSubstr("200"));
  EXPECT_EQ(server->counts().turnedAway, 1U);
}

TEST(HttpServer, BodiesTogetherTakeNoMoreThanTheirShareOfMemory) {
  Options options;
  options.mostBodies = 1000;
  auto const server = serve(echo, options);
  Client holds(*server);
  holds.write("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
  EXPECT_THAT(holds.readThrough("\r\n\r\n"), StartsWith("HTTP/1.1 100"));
  holds.write(std::string(900, 'x'));
  while (server->counts().bodies < 900) std::this_thread::yield();
  Client turned(*server);
  turned.write(post(std::string(200, 'y')));
  EXPECT_THAT(turned.readAll(), AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("Retry-After: 1")));
  holds.write(std::string(100, 'x'));
  EXPECT_THAT(holds.readThrough("x"), StartsWith("HTTP/1.1 200"));
  while (server->counts().bodies != 0) std::this_thread::yield();
}

TEST(HttpServer, AnAnswerWithALineBreakInAFieldIsNotSent) {
  auto const server = serve([](Request const&) {
    return Response{200, "text/plain", "", {{"Location", "/a\r\nSet-Cookie: x=1"}}};
  });
  Client client(*server);
  client.write(kLast);
  EXPECT_THAT(client.readAll(), AllOf(StartsWith("HTTP/1.1 500"), Not(HasSubstr("Set-Cookie"))));
}

TEST(HttpServer, ComplainsInTheWordsThatItIsGiven) {
  Options options;
  options.complain = [](std::uint16_t status) { return Response{status, "application/problem+json", "{}"}; };
  auto const server = serve(echo, options);
  Client client(*server);
  client.write("what is this\r\n\r\n");
  EXPECT_THAT(client.readAll(), AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("application/problem+json")));
}

TEST(HttpServer, SpeaksHttp10) {
  auto const server = serve(echo);
  Client client(*server);
  client.write("GET /old HTTP/1.0\r\n\r\n");
  EXPECT_THAT(client.readAll(), AllOf(HasSubstr("Connection: close"), HasSubstr("/old||")));
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

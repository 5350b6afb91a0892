// SPDX-License-Identifier: Apache-2.0
// Clients that mean harm, or know no better: the server stays up, takes no more memory than it may, and serves others.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/http/server.h"
#include "crypto/certificate.h"
#include "tests/support/http_client.h"
#include "tests/support/malformed.h"

namespace fundtrail::api::http {
namespace {

using std::chrono::milliseconds;
using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using tests::ClientTls;
using tests::HttpClient;

constexpr std::size_t kMiB = 1024 * 1024;
#ifdef __SANITIZE_ADDRESS__
// AddressSanitizer keeps back what was freed, 256 MiB of it, and surrounds the rest.
constexpr std::size_t kMayGrow = 400 * kMiB;
#else
constexpr std::size_t kMayGrow = 48 * kMiB;
#endif

/// What the process has of the machine's memory.
std::size_t residentBytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  file >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// A server, what it is allowed to take while a test runs, and a client who behaves.
class Hostile : public testing::Test {
 protected:
  Hostile() {
    options_.patience = milliseconds(400);
    options_.linger = milliseconds(400);
    options_.mostBody = kMiB;
    options_.mostBodies = 8 * kMiB;
  }

  void serve() {
    server_ = Server::listen(options_, Handler([](Request const& request) {
                               if (request.path == "/large")
                                 return Response{200, "text/plain", std::string(8 * kMiB, 'x')};
                               return Response{200, "text/plain", request.path + std::to_string(request.body.size())};
                             }))
                  .value();
    before_ = residentBytes();
  }
  void serveTls() {
    std::vector<std::string> const names{"127.0.0.1"};
    auto const made =
        crypto::makeSelfSigned(names, {std::chrono::seconds(0), std::chrono::seconds(10'000'000'000)}).value();
    options_.tls = Tls{made.certificate, made.key};
    serve();
  }

  HttpClient connect() const { return HttpClient(server_->port()); }

  void expectOthersAreServed() const {
    HttpClient client(server_->port(), options_.tls ? std::optional(ClientTls{}) : std::nullopt);
    client.write(kRight);
    EXPECT_THAT(client.readAll(), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("/right0")));
  }
  void awaitConnections(std::size_t most) const {
    while (server_->counts().connections > most) std::this_thread::yield();
  }

  void TearDown() override {
    expectOthersAreServed();
    auto const grown = std::max(residentBytes(), before_) - before_;
    RecordProperty("grown", static_cast<int>(grown));
    EXPECT_LE(grown, kMayGrow);
  }

  static inline std::string const kRight = "GET /right HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

  Options options_;
  std::unique_ptr<Server> server_;
  std::size_t before_ = 0;
};

std::vector<std::string> seeds() {
  return {
      "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
      "POST /p?q=%zz HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello",
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
      "PUT /\xff HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "GET http://h/ HTTP/1.1\r\nHost: h\r\nX-Request-Id: a\tb\r\nCookie: a=b; c\r\n\r\n",
      "HEAD * HTTP/1.0\r\nConnection: keep-alive, close\r\nExpect: 100-continue\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: h\r\n folded: yes\r\nUpgrade: h2c\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "\x16\x03\x01\x02\x01\x01\x01\x01\xfc\x03\x03",
  };
}

TEST_F(Hostile, TenThousandMalformedRequests) {
  serve();
  constexpr int kClients = 4;
  constexpr int kEach = 2500;
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int number = 0; number < kClients; ++number) {
    clients.emplace_back([&, number] {
      tests::Malformed malformed(static_cast<std::uint64_t>(number), seeds());
      for (int i = 0; i < kEach; ++i) {
        auto client = connect();
        auto const sent = malformed.next();
        client.write(sent);
        client.shutdownSend();
        auto const all = client.readAll();
        EXPECT_THAT(all, AnyOf(IsEmpty(), StartsWith("HTTP/1.1 "))) << sent;
        answered += all.empty() ? 0 : 1;
        if (i % 100 == 0) expectOthersAreServed();
      }
    });
  }
  for (auto& client : clients) client.join();
  // Each of the rest broke off in its middle: nobody was there to be answered.
  EXPECT_GT(answered, kClients * kEach / 2);
  awaitConnections(0);
}

TEST_F(Hostile, ClientsThatNeverEndTheirHead) {
  options_.mostConnections = 500;
  options_.mostConnectionsOfPeer = 500;
  serve();
  std::vector<HttpClient> clients;
  for (int i = 0; i < 300; ++i) clients.emplace_back(connect()).write("GET / HTTP/1.1\r\nHost: h\r\nX-");
  expectOthersAreServed();
  for (auto& client : clients) EXPECT_EQ(client.readAll(), "");
  EXPECT_EQ(server_->counts().timedOut, 300U);
}

TEST_F(Hostile, ClientsThatSendTheirBodyByteByByte) {
  options_.leastRate = 100 * kMiB;
  serve();
  std::vector<HttpClient> clients;
  for (int i = 0; i < 50; ++i) {
    clients.emplace_back(connect()).write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nx");
  }
  std::thread trickle([&] {
    // Each byte resets no clock: all are cut off though they go on.
    while (server_->counts().timedOut < 50) {
      for (auto& client : clients) client.write("x");
    }
  });
  expectOthersAreServed();
  trickle.join();
  awaitConnections(0);
}

TEST_F(Hostile, ClientsThatNeverReadTheirAnswers) {
  options_.leastRate = 100 * kMiB;
  serve();
  std::string many;
  for (int i = 0; i < 100; ++i) many += "GET /large HTTP/1.1\r\nHost: h\r\n\r\n";
  std::vector<HttpClient> clients;
  for (int i = 0; i < 4; ++i) {
    auto& client = clients.emplace_back(connect());
    client.narrow();
    client.write(many);
  }
  expectOthersAreServed();
  awaitConnections(0);
  EXPECT_EQ(server_->counts().timedOut, 4U);
}

TEST_F(Hostile, HeadsAndBodiesWithoutEnd) {
  serve();
  std::string const megabyte(kMiB, 'x');
  for (auto const& [start, status] : std::vector<std::pair<std::string, std::string>>{
           {"GET / HTTP/1.1\r\nHost: h\r\nX: ", "HTTP/1.1 431"},
           {"GET /", "HTTP/1.1 431"},
           {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000000\r\n\r\n", "HTTP/1.1 413"},
           {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", "HTTP/1.1 413"},
           {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;", "HTTP/1.1 400"},
           {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ", "HTTP/1.1 400"}}) {
    auto client = connect();
    client.write(start + megabyte.substr(0, 100'000));
    EXPECT_THAT(client.readThrough("\n"), StartsWith(status)) << start;
    for (int i = 0; i < 100 && client.write(megabyte); ++i) {
    }
  }
}

TEST_F(Hostile, ABodyInChunksOfOneByte) {
  serve();
  auto client = connect();
  std::string chunks;
  for (int i = 0; i < 100'000; ++i) chunks += "1\r\nx\r\n";
  client.write("POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n" + kRight);
  EXPECT_THAT(client.readAll(), AllOf(HasSubstr("/p100000"), HasSubstr("/right0")));
}

TEST_F(Hostile, TenThousandRequestsInOneGo) {
  serve();
  auto client = connect();
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
  std::thread writing([&] { client.write(many + kRight); });
  auto const all = client.readAll();
  writing.join();
  std::size_t at = 0;
  for (int i = 0; i < 10'000; ++i) {
    at = all.find("\r\n\r\n/" + std::to_string(i) + "0HTTP", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST_F(Hostile, ClientsThatHaveSaidAllAndStillListen) {
  serve();
  auto client = connect();
  client.write("GET /half HTTP/1.1\r\nHost: h\r\n\r\n");
  client.shutdownSend();
  EXPECT_THAT(client.readAll(), HasSubstr("/half0"));
}

TEST_F(Hostile, ClientsThatHangUpInTheMiddle) {
  serve();
  for (int i = 0; i < 50; ++i) {
    auto body = connect();
    body.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf");
    body.abort();
    auto answer = connect();
    answer.write("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
    answer.readThrough("\n");
    answer.abort();
  }
  awaitConnections(0);
}

TEST_F(Hostile, MoreConnectionsThanThereIsRoomFor) {
  options_.mostConnections = 50;
  options_.idle = std::chrono::hours(1);
  options_.patience = std::chrono::hours(1);
  serve();
  std::vector<HttpClient> clients;
  for (int i = 0; i < 50; ++i) clients.push_back(connect());
  // Nobody of them ends by itself; who has been idle makes room.
  expectOthersAreServed();
}

TEST_F(Hostile, TlsThatIsNoneOrBreaksOff) {
  serveTls();
  std::mt19937_64 random(7);
  for (int i = 0; i < 200; ++i) {
    auto garbage = connect();
    std::string bytes = i % 2 == 0 ? std::string("\x16\x03\x01\x01\x00\x01\x00\x00\xfc\x03\x03", 11) : "";
    for (int j = 0; j < 300; ++j) bytes += static_cast<char>(random());
    garbage.write(bytes);
    i % 3 == 0 ? garbage.abort() : garbage.shutdownSend();
    if (i % 3 != 0) garbage.readAll();
  }
  for (int i = 0; i < 50; ++i) {
    // A request of which a part came, and then the end without TLS's own: it is not answered.
    HttpClient cut(server_->port(), ClientTls{});
    cut.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf");
    cut.shutdownSend();
    EXPECT_THAT(cut.readAll(), IsEmpty());
    HttpClient gone(server_->port(), ClientTls{});
    gone.write("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
    gone.abort();
  }
  std::vector<HttpClient> silent;
  for (int i = 0; i < 50; ++i) silent.push_back(connect());
  expectOthersAreServed();
  awaitConnections(0);
  EXPECT_GE(server_->counts().handshakesFailed, 180U);
}

}  // namespace
}  // namespace fundtrail::api::http

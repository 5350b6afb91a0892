// SPDX-License-Identifier: Apache-2.0
// The program as it runs, among clients who mean harm: it stays up, takes no more memory than it may, serves who
// behaves, and ends in order. tests/api/http/hostile_test.cc holds each kind of harm against the server alone.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/daemon/simulated_daemon.h"
#include "tests/api/program.h"
#include "tests/support/http_client.h"
#include "tests/support/malformed.h"

namespace fundtrail::tests {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr std::size_t kMiB = 1024 * 1024;
constexpr std::size_t kMostBody = kMiB;
constexpr std::size_t kMostBodies = 16 * kMiB;
constexpr int kConnections = 600;
#ifdef __SANITIZE_ADDRESS__
// AddressSanitizer keeps back what was freed, 256 MiB of it, and surrounds the rest.
constexpr std::size_t kMayGrow = 600 * kMiB;
#else
constexpr std::size_t kMayGrow = 96 * kMiB;
#endif

/// How many malformed requests: docs/HACKING.md says how to send more.
int malformedRequests() {
  auto const* const stated = std::getenv("FUNDTRAIL_MALFORMED");
  return stated == nullptr ? 1000 : std::max(1, std::atoi(stated));
}

/// Asks without a break, over one connection, until it goes.
class WellBehaved {
 public:
  explicit WellBehaved(std::uint16_t port) : client_(port), thread_([this] { askOnAndOn(); }) {}
  WellBehaved(WellBehaved const&) = delete;
  WellBehaved& operator=(WellBehaved const&) = delete;
  ~WellBehaved() {
    over_ = true;
    thread_.join();
    EXPECT_GT(served_, 0);
    EXPECT_EQ(failed_, 0) << "of " << served_ + failed_;
    testing::Test::RecordProperty("served", served_);
    testing::Test::RecordProperty("slowestMilliseconds", static_cast<int>(slowest_.count()));
  }

 private:
  void askOnAndOn() {
    auto const right = getOf("/v1/cities/440100").text();
    while (!over_) {
      auto const begin = std::chrono::steady_clock::now();
      auto const answer = client_.exchange(right);
      auto const took = std::chrono::steady_clock::now() - begin;
      slowest_ = std::max(slowest_, std::chrono::duration_cast<std::chrono::milliseconds>(took));
      ++(answer && answer->status == 200 ? served_ : failed_);
    }
  }

  HttpsClient client_;
  std::atomic<bool> over_ = false;
  int served_ = 0;
  int failed_ = 0;
  std::chrono::milliseconds slowest_{0};
  std::thread thread_;
};

class HostileProgram : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto const limit = std::to_string(kConnections);
    daemon_ = std::make_unique<SimulatedDaemon>(
        std::map<std::string, std::string>{{"FUNDTRAIL_SERVER_PATIENCE_SECONDS", "2"},
                                           {"FUNDTRAIL_SERVER_CONNECTIONS", limit},
                                           {"FUNDTRAIL_SERVER_CONNECTIONS_PER_ADDRESS", limit},
                                           {"FUNDTRAIL_SERVER_BODY_BYTES", std::to_string(kMostBody)},
                                           {"FUNDTRAIL_SERVER_BODIES_BYTES", std::to_string(kMostBodies)},
                                           {"FUNDTRAIL_SERVER_LEAST_BYTES_PER_SECOND", "1048576"}});
    HttpsClient client(daemon_->port());
    ASSERT_EQ(client.ask(getOf("/v1/cities/440100")).value().status, 200U);
    before_ = daemon_->program().memory().now;
  }
  static void TearDownTestSuite() {
    auto const most = daemon_->program().memory().most;
    auto const grown = std::max(most, before_) - before_;
    RecordProperty("residentBefore", std::to_string(before_));
    RecordProperty("residentMost", std::to_string(most));
    EXPECT_LE(grown, kMayGrow) << "memory is bounded";
    EXPECT_EQ(daemon_->program().terminate(), 0) << "it ends in order";
    auto const log = readText(daemon_->log());
    EXPECT_THAT(log, HasSubstr("stopped"));
    EXPECT_THAT(log, Not(HasSubstr("status=500")));
    EXPECT_THAT(log, Not(HasSubstr(" error ")));
    daemon_.reset();
  }

  void SetUp() override { wellBehaved_ = std::make_unique<WellBehaved>(port()); }
  void TearDown() override {
    wellBehaved_.reset();
    // Nobody who meant harm is left.
    while (metric("fundtrail_http_connections ") > 1) std::this_thread::yield();
  }

  static std::uint16_t port() { return daemon_->port(); }
  static SimulatedDaemon& daemon() { return *daemon_; }
  static HttpClient connect() { return HttpClient(port(), ClientTls{}); }

  static std::uint64_t metric(std::string const& name) {
    HttpsClient client(port());
    auto const text = client.ask(getOf("/metrics")).value().body;
    auto const at = text.find('\n' + name);
    return at == std::string::npos ? 0 : std::stoull(text.substr(at + 1 + name.size()));
  }

 private:
  static inline std::unique_ptr<SimulatedDaemon> daemon_;
  static inline std::size_t before_ = 0;
  std::unique_ptr<WellBehaved> wellBehaved_;
};

/// Requests of which each is right, for an endpoint that is there.
std::vector<std::string> rightRequests() {
  static std::vector<std::string> const requests = [] {
    std::vector<std::string> all;
    for (auto const* const target :
         {"/v1/ledger", "/v1/cities?asOf=200", "/v1/tranches?limit=2&sort=-event", "/checkpoint", "/tile/0/000.p/1",
          "/v1/payments?stage=paid", "/v1/events/12", "/v1/rules", "/healthz", "/v1/enterprises/91440101327598294H"}) {
      auto ask = getOf(target, "no-token");
      ask.headers.emplace_back("Accept-Language", "zh-CN,en;q=0.5");
      all.push_back(ask.text());
    }
    all.push_back(postOf("/v1/session/challenge", R"({"key":")" + std::string(64, 'a') + "\"}").text());
    all.push_back(postOf("/v1/session", R"({"key":"aa","nonce":"n","signature":"AAAA"})").text());
    all.push_back(
        postOf("/v1/batches", R"({"statement":"AAAAAAAAAAA=","signature":"AAAA","events":["AAAAAAAAAAA="]})").text());
    all.emplace_back(
        "POST /v1/batches HTTP/1.1\r\nHost: h\r\nContent-Type: application/vnd.fundtrail.batch\r\n"
        "Transfer-Encoding: chunked\r\n\r\n8\r\n\0\0\0\0\0\0\0\0\r\n0\r\n\r\n");
    return all;
  }();
  return requests;
}

/// One malformed request, of one kind or another; what came back, if it was HTTP.
std::string attack(std::uint16_t port, Malformed& malformed, int number) {
  constexpr int kKinds = 10;
  switch (number % kKinds) {
    case 0: {  // no HTTP
      HttpClient client(port, ClientTls{});
      client.write(malformed.noise(2000));
      client.shutdownSend();
      return client.readAll();
    }
    case 1: {  // no TLS
      HttpClient client(port);
      client.write(malformed.below(2) == 0 ? malformed.next() : malformed.noise(2000));
      client.shutdownSend();
      client.readAll();
      return {};
    }
    case 2: {  // TLS that begins, and is cut off or becomes noise
      HttpClient client(port);
      std::string hello("\x16\x03\x01\x01\x00\x01\x00\x00\xfc\x03\x03", 11);
      hello += malformed.noise(300);
      client.write(hello);
      if (malformed.below(3) == 0) {
        client.abort();
        return {};
      }
      client.shutdownSend();
      client.readAll();
      return {};
    }
    case 3: {  // a record that was cut, in the middle of a connection
      HttpClient client(port, ClientTls{});
      client.write(malformed.next());
      client.writeBeneath(std::string("\x17\x03\x03\x40\x00", 5) + malformed.noise(500));
      client.shutdownSend();
      return client.readAll();
    }
    case 4: {  // many in one go, the right among the wrong
      HttpClient client(port, ClientTls{});
      std::string all;
      for (auto many = 2 + malformed.below(8); many != 0; --many) all += malformed.next();
      client.write(all);
      client.shutdownSend();
      return client.readAll();
    }
    case 5: {  // who asks, and is gone
      HttpClient client(port, ClientTls{});
      client.write(malformed.next());
      client.abort();
      return {};
    }
    default: {
      HttpClient client(port, ClientTls{});
      client.write(malformed.next());
      client.shutdownSend();
      return client.readAll();
    }
  }
}

TEST_F(HostileProgram, MalformedRequests) {
  constexpr int kClients = 4;
  std::atomic<int> next = 0;
  std::atomic<int> answered = 0;
  int const all = malformedRequests();
  std::vector<std::thread> clients;
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([&, client] {
      Malformed malformed(static_cast<std::uint64_t>(client), rightRequests());
      for (auto number = next++; number < all; number = next++) {
        auto const got = attack(port(), malformed, number);
        EXPECT_THAT(got, AnyOf(IsEmpty(), StartsWith("HTTP/1."))) << number;
        answered += got.empty() ? 0 : 1;
      }
    });
  }
  for (auto& client : clients) client.join();
  RecordProperty("sent", all);
  RecordProperty("answered", answered.load());
  EXPECT_GT(answered, all / 4);
}

TEST_F(HostileProgram, ClientsThatNeverEndTheirHeadOrTheirHandshake) {
  auto const before = metric("fundtrail_http_connections_timed_out_total ");
  std::vector<HttpClient> clients;
  for (int i = 0; i < 250; ++i) {
    clients.push_back(connect());
    clients.back().write("GET /v1/ledger HTTP/1.1\r\nHost: h\r\nX-");
    clients.emplace_back(port());  // says nothing at all
  }
  for (auto& client : clients) EXPECT_EQ(client.readAll(), "");
  EXPECT_GE(metric("fundtrail_http_connections_timed_out_total ") - before, 500U);
}

TEST_F(HostileProgram, ClientsThatSendTheirBodyByteByByte) {
  std::vector<HttpClient> clients;
  for (int i = 0; i < 100; ++i) {
    clients.push_back(connect());
    clients.back().write(
        "POST /v1/batches HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n");
  }
  // Each byte resets no clock: all are cut off though they go on.
  for (bool any = true; any;) {
    any = false;
    for (auto& client : clients) any = client.write("{") || any;
  }
}

TEST_F(HostileProgram, ClientsThatNeverReadTheirAnswers) {
  std::string many;
  for (int i = 0; i < 200; ++i) many += getOf("/openapi.json").text();
  std::vector<HttpClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(connect());
    clients.back().narrow();
    clients.back().write(many);
  }
  while (metric("fundtrail_http_connections ") > 2) std::this_thread::yield();
}

TEST_F(HostileProgram, HeadsAndBodiesThatAreTooLarge) {
  std::string const megabyte(kMiB, 'x');
  std::string const json = "POST /v1/batches HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n";
  struct Row {
    std::string start;
    char const* status;
  };
  for (auto const& [start, status] :
       {Row{"GET /v1/ledger HTTP/1.1\r\nHost: h\r\nX: ", "HTTP/1.1 431"}, Row{"GET /", "HTTP/1.1 431"},
        Row{json + "Content-Length: 4000000000\r\n\r\n", "HTTP/1.1 413"},
        Row{json + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", "HTTP/1.1 413"}}) {
    auto client = connect();
    client.write(start + megabyte.substr(0, 100'000));
    EXPECT_THAT(client.readThrough("\n"), StartsWith(status)) << start;
    for (int i = 0; i < 100 && client.write(megabyte); ++i) {
    }
  }
}

TEST_F(HostileProgram, MoreBodiesAtOnceThanThereIsRoomFor) {
  auto const body = std::string(kMostBody - 1, '[');
  auto const request = postOf("/v1/batches", body).text();
  std::vector<HttpClient> clients;
  // All but the last byte of each: they stay until they are whole, or refused.
  std::vector<std::thread> threads;
  std::atomic<int> refused = 0;
  for (int i = 0; i < 40; ++i) {
    threads.emplace_back([&] {
      auto client = connect();
      client.write(request.substr(0, request.size() - 1));
      if (client.readAll().starts_with("HTTP/1.1 503")) ++refused;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_GE(refused, 40 - static_cast<int>(kMostBodies / kMostBody) - 4);
}

}  // namespace
}  // namespace fundtrail::tests

// SPDX-License-Identifier: Apache-2.0
// A witness as strangers reach it: over HTTP, with whatever they send. Its clock stands still.

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/http/server.h"
#include "api/witness/witness.h"
#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/support/founders.h"
#include "tests/support/raw_http.h"
#include "tests/support/watched_log.h"

namespace fundtrail::api::witness {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using tests::exchange;
using tests::getRequest;
using tests::postRequest;

constexpr Milliseconds kNow{1'740'000'000'123};
constexpr char kOrigin[] = "log.example";

class WitnessOverHttp : public ::testing::Test {
 protected:
  void serve(Limits limits) {
    auto made = Witness::make(crypto::Cosigner::make("w.example", tests::keyOf("witness")).value(),
                              crypto::LogPolicy::parse(log_.policy()).value(), *store_, limits);
    ASSERT_TRUE(made) << made.error().message;
    witness_ = *std::move(made);
    server_ = http::Server::listen({}, [this](http::Request const& request) {
                return witness_->answer(request, kNow);
              }).value();
  }

  [[nodiscard]] std::string add(std::string const& body) const {
    return tests::exchange(server_->port(), postRequest("/add-checkpoint", body));
  }
  [[nodiscard]] std::string get(std::string const& path) const {
    return tests::exchange(server_->port(), getRequest(path));
  }
  [[nodiscard]] std::string answered(int status, int times) const {
    return fmt::format("fundtrail_witness_requests_total{{status=\"{}\"}} {}\n", status, times);
  }

  fundtrail::testing::TemporaryDirectory directory_;
  tests::WatchedLog log_{kOrigin, tests::keyOf("log"), crypto::HashAlgorithm::sha256};
  std::unique_ptr<Store> store_ = Store::open(directory_ / "state").value();
  std::unique_ptr<Witness> witness_;
  std::unique_ptr<http::Server> server_;
};

TEST_F(WitnessOverHttp, CosignsServesAndCounts) {
  serve({});
  auto const cosigned = add(log_.request(0, 3));
  EXPECT_THAT(cosigned, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(cosigned, HasSubstr("\xE2\x80\x94 w.example "));
  auto const conflict = add(log_.request(0, 4));
  EXPECT_THAT(conflict, StartsWith("HTTP/1.1 409"));
  EXPECT_THAT(conflict, HasSubstr("Content-Type: text/x.tlog.size\r\n"));
  EXPECT_TRUE(conflict.ends_with("\r\n\r\n3\n")) << conflict;

  auto const origin = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(kOrigin)).hex();
  auto const served = get("/" + origin + "/checkpoint");
  EXPECT_THAT(served, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(served, HasSubstr("\xE2\x80\x94 log.example "));
  EXPECT_THAT(served, HasSubstr("\xE2\x80\x94 w.example "));

  auto const metrics = get("/metrics");
  EXPECT_THAT(metrics, HasSubstr("Content-Type: text/plain; version=0.0.4"));
  EXPECT_THAT(metrics, HasSubstr(answered(200, 1)));
  EXPECT_THAT(metrics, HasSubstr(answered(409, 1)));
  EXPECT_THAT(metrics, HasSubstr("fundtrail_witness_cosigned_size{origin=\"log.example\"} 3\n"));
}

TEST_F(WitnessOverHttp, PushesBackWhoAsksTooMuchAndSaysWhenToComeAgain) {
  serve({.perSecond = 1, .atOnce = 3});
  EXPECT_THAT(add(log_.request(0, 2)), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(add(log_.request(2, 2)), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(add(log_.request(2, 3)), StartsWith("HTTP/1.1 200"));
  for (int i = 0; i < 4; ++i) {
    auto const pushedBack = add(log_.request(3, 5));
    EXPECT_THAT(pushedBack, StartsWith("HTTP/1.1 429"));
    EXPECT_THAT(pushedBack, HasSubstr("Retry-After: 1\r\n"));
    EXPECT_THAT(pushedBack, Not(HasSubstr("\xE2\x80\x94")));
  }
  EXPECT_THAT(add(log_.request(0, 5)), StartsWith("HTTP/1.1 409")) << "what costs nothing is answered";
  auto const metrics = get("/metrics");
  EXPECT_THAT(metrics, HasSubstr(answered(200, 3)));
  EXPECT_THAT(metrics, HasSubstr(answered(429, 4)));
  EXPECT_THAT(metrics, HasSubstr("cosigned_size{origin=\"log.example\"} 3\n"));
}

/// Whatever comes in between, the log goes on being cosigned, and nothing else is.
TEST_F(WitnessOverHttp, GarbageHarmsNobody) {
  serve({.perSecond = 1, .atOnce = 1000});
  auto const good = postRequest("/add-checkpoint", log_.request(0, 1));
  std::string const noise = [] {
    std::string bytes;
    for (int i = 0; i < 4096; ++i) bytes += static_cast<char>(i * 151 % 256);
    return bytes;
  }();
  std::vector<std::string> const garbage{
      "",
      "\r\n\r\n",
      noise,
      std::string(4096, '\0'),
      "POST /add-checkpoint HTTP/1.1\r\nContent-Length: 10\r\n\r\nold",
      "POST /add-checkpoint HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST /add-checkpoint HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "POST /add-checkpoint HTTP/9.9\r\n\r\n",
      "BREW /add-checkpoint HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
      postRequest("/add-checkpoint", ""),
      postRequest("/add-checkpoint", noise),
      postRequest("/add-checkpoint", std::string(200'000, 'x')),
      postRequest("/add-checkpoint", "old 18446744073709551616\n\n" + log_.note(3)),
      postRequest("/add-checkpoint", "old 0\n" + std::string(64, 'A') + "\n\n" + log_.note(3)),
      postRequest("/add-checkpoint", "old 0\n\n" + log_.note(3).substr(0, 40)),
      postRequest("/" + noise.substr(33, 40), log_.request(0, 1)),
      getRequest("/../../etc/passwd"),
      getRequest("/" + std::string(5'000, 'f') + "/checkpoint"),
      good.substr(0, good.size() - 1),
  };
  for (std::uint64_t size = 0; auto const& bytes : garbage) {
    auto const answer = exchange(server_->port(), bytes);
    EXPECT_THAT(answer, Not(HasSubstr("HTTP/1.1 200"))) << bytes.substr(0, 60);
    EXPECT_THAT(answer, Not(HasSubstr("\xE2\x80\x94 w.example"))) << bytes.substr(0, 60);
    EXPECT_THAT(answer, Not(HasSubstr("HTTP/1.1 500"))) << bytes.substr(0, 60);
    EXPECT_THAT(add(log_.request(size, size + 1)), StartsWith("HTTP/1.1 200")) << "after " << bytes.substr(0, 60);
    ++size;
  }
  auto const metrics = get("/metrics");
  EXPECT_THAT(metrics, HasSubstr(answered(200, static_cast<int>(garbage.size()))));
  EXPECT_THAT(metrics, Not(HasSubstr("status=\"500\"")));
}

}  // namespace
}  // namespace fundtrail::api::witness

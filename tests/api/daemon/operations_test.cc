// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/operations.h"

#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace fundtrail::api::daemon {
namespace {

struct Asked {
  std::string path;
  http::Method method = http::Method::get;
  std::string peer = "127.0.0.1";
};

http::Response ask(Asked const& asked, MetricsAccess access = MetricsAccess::loopback,
                   std::optional<std::string> const& why = {}) {
  Probes probes{[why] { return why; }, [] { return std::string("figures"); }, access};
  auto const handler = withOperations(probes, http::atOnce([](http::Request const& request) {
                                        return http::Response{200, "text/plain", "rest " + request.path};
                                      }));
  http::Request request{asked.method, asked.path, "", ""};
  request.peer = asked.peer;
  std::optional<http::Response> got;
  handler(std::move(request), [&](http::Response response) { got = std::move(response); });
  return got.value_or(http::Response{});
}

TEST(Operations, HealthIsThatItAnswers) {
  EXPECT_EQ(ask({"/healthz"}, MetricsAccess::off, "broken").status, 200);
  EXPECT_EQ(ask({"/healthz", http::Method::post}).status, 405);
}

TEST(Operations, ReadinessSaysWhatIsMissing) {
  EXPECT_EQ(ask({"/readyz"}).status, 200);
  auto const not_ = ask({"/readyz"}, MetricsAccess::off, "stopping");
  EXPECT_EQ(not_.status, 503);
  EXPECT_EQ(not_.body, "stopping\n");
}

TEST(Operations, MetricsAreForWhomTheConfigurationSays) {
  EXPECT_EQ(ask({"/metrics"}).body, "figures");
  EXPECT_EQ(ask({"/metrics", http::Method::get, "::1"}).status, 200);
  EXPECT_EQ(ask({"/metrics", http::Method::get, "10.0.0.1"}).status, 403);
  EXPECT_EQ(ask({"/metrics", http::Method::get, "10.0.0.1"}, MetricsAccess::everyone).body, "figures");
  EXPECT_EQ(ask({"/metrics"}, MetricsAccess::off).body, "rest /metrics");
}

TEST(Operations, EverythingElseIsTheLedgers) {
  for (auto const* path : {"/", "/healthz/", "/v1/status", "/metricsx"})
    EXPECT_EQ(ask({path}).body, std::string("rest ") + path);
}

}  // namespace
}  // namespace fundtrail::api::daemon

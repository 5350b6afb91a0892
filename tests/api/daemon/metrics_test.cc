// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/metrics.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fundtrail::api::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;

http::Exchange exchange(std::string const& endpoint, std::uint16_t status) {
  http::Exchange exchange{"id", "127.0.0.1", http::Method::get, endpoint};
  exchange.status = status;
  exchange.sent = 100;
  exchange.duration = std::chrono::milliseconds(3);
  exchange.whole = true;
  return exchange;
}

TEST(Metrics, CountRequestsByWhatWasAskedAndAnswered) {
  Metrics metrics("1.2.3");
  metrics.observe(exchange("/v1/payments/{id}", 200));
  metrics.observe(exchange("/v1/payments/{id}", 200));
  metrics.observe(exchange("", 404));
  auto const text = metrics.text({}, {});
  EXPECT_THAT(
      text, HasSubstr("fundtrail_http_requests_total{endpoint=\"/v1/payments/{id}\",method=\"GET\",status=\"200\"} 2"));
  EXPECT_THAT(text, HasSubstr("fundtrail_http_requests_total{endpoint=\"other\",method=\"GET\",status=\"404\"} 1"));
  EXPECT_THAT(text, HasSubstr("fundtrail_http_request_duration_seconds_count{endpoint=\"/v1/payments/{id}\"} 2"));
  EXPECT_THAT(
      text,
      HasSubstr("fundtrail_http_request_duration_seconds_bucket{endpoint=\"/v1/payments/{id}\",le=\"0.0025\"} 0"));
  EXPECT_THAT(text, HasSubstr("fundtrail_http_sent_bytes_total 300"));
  EXPECT_THAT(text, HasSubstr("fundtrail_build_info{version=\"1.2.3\"} 1"));
}

TEST(Metrics, ALiveViewIsNoSlowRequest) {
  Metrics metrics("1");
  auto view = exchange("/v1/events/live", 200);
  view.streamed = true;
  metrics.observe(view);
  EXPECT_THAT(metrics.text({}, {}), Not(HasSubstr("duration_seconds_count{endpoint=\"/v1/events/live\"}")));
}

TEST(Metrics, FollowTheServersOwnCounts) {
  Metrics metrics("1");
  http::Counts counts;
  counts.connections = 7;
  counts.accepted = 40;
  EXPECT_THAT(metrics.text(counts, {}), HasSubstr("fundtrail_http_connections_accepted_total 40"));
  counts.accepted = 42;
  LedgerFigures figures;
  figures.events = 11;
  auto const text = metrics.text(counts, figures);
  EXPECT_THAT(text, HasSubstr("fundtrail_http_connections_accepted_total 42"));
  EXPECT_THAT(text, HasSubstr("fundtrail_http_connections 7"));
  EXPECT_THAT(text, HasSubstr("fundtrail_ledger_events 11"));
  // Without a server, as while it stops: no count goes back.
  EXPECT_THAT(metrics.text({}, figures), HasSubstr("fundtrail_http_connections_accepted_total 42"));
}

TEST(Metrics, TheDashboardAsksForWhatThereIs) {
  Metrics metrics("1");
  metrics.observe(exchange("/", 200));
  auto const text = metrics.text({}, {});
  std::ifstream file(FUNDTRAIL_SOURCE_DIR "/docs/grafana-dashboard.json");
  std::stringstream read;
  read << file.rdbuf();
  auto const dashboard = read.str();
  static std::regex const name("(fundtrail|process)_[a-z_]+");
  int asked = 0;
  for (std::sregex_iterator at(dashboard.begin(), dashboard.end(), name), end; at != end; ++at, ++asked) {
    EXPECT_THAT(text, HasSubstr('\n' + at->str())) << at->str();
  }
  EXPECT_GT(asked, 15);
}

}  // namespace
}  // namespace fundtrail::api::daemon

// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/operations.h"

#include <string_view>
#include <utility>

#include "api/daemon/metrics.h"

namespace fundtrail::api::daemon {

namespace {

http::Response said(std::uint16_t status, std::string text, std::string const& endpoint) {
  http::Response response{status, "text/plain; charset=utf-8", std::move(text)};
  response.headers.emplace_back("Cache-Control", "no-store");
  response.endpoint = endpoint;
  return response;
}

bool isOfThisMachine(std::string_view peer) {
  return peer.starts_with("127.") || peer == "::1";
}

/// Nothing: it is none of the operators' questions.
std::optional<http::Response> operational(Probes const& probes, http::Request const& request) {
  bool const metrics = request.path == "/metrics" && probes.access != MetricsAccess::off;
  if (request.path != "/healthz" && request.path != "/readyz" && !metrics) return std::nullopt;
  if (request.method != http::Method::get && request.method != http::Method::head) {
    auto response = said(405, "get it\n", request.path);
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  if (request.path == "/healthz") return said(200, "ok\n", request.path);
  if (request.path == "/readyz") {
    auto const reason = probes.unready();
    return reason ? said(503, *reason + '\n', request.path) : said(200, "ready\n", request.path);
  }
  if (probes.access == MetricsAccess::loopback && !isOfThisMachine(request.peer)) {
    return said(403, "metrics are for this machine: see metrics.access\n", request.path);
  }
  auto response = said(200, probes.metrics(), request.path);
  response.contentType = Metrics::kContentType;
  return response;
}

}  // namespace

http::AsyncHandler withOperations(Probes probes, http::AsyncHandler rest) {
  return [probes = std::move(probes), rest = std::move(rest)](http::Request request, http::Answer answer) {
    if (auto response = operational(probes, request)) return answer(*std::move(response));
    rest(std::move(request), std::move(answer));
  };
}

}  // namespace fundtrail::api::daemon

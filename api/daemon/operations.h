// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "api/http/message.h"

namespace fundtrail::api::daemon {

enum class MetricsAccess : std::uint8_t { loopback, everyone, off };

/// What operators ask of a server; each is called on several threads at once.
struct Probes {
  std::function<std::optional<std::string>()> unready;  // why it cannot serve now; nothing: it can
  std::function<std::string()> metrics;                 // in Prometheus' text format
  MetricsAccess access = MetricsAccess::loopback;
};

/// Answers /healthz (it runs), /readyz (it can serve; otherwise 503, with the reason) and /metrics, and hands on the
/// rest. For machines: its texts are English.
[[nodiscard]] http::AsyncHandler withOperations(Probes probes, http::AsyncHandler rest);

}  // namespace fundtrail::api::daemon

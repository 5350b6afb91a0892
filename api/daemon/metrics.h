// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "api/http/server.h"

namespace fundtrail::api::daemon {

/// How the ledger stands, when somebody asks.
struct LedgerFigures {
  std::uint64_t batches = 0;
  std::uint64_t events = 0;
  std::uint64_t witnessedBatches = 0;  // of the newest checkpoint that enough witnesses cosigned; 0: none
  std::uint64_t witnessedTime = 0;     // when, in seconds since 1970; 0: none
  std::uint64_t logDropped = 0;        // records of the structured log
};

/// What /metrics tells, in Prometheus' text format. Labels are methods, statuses and endpoints as responses name them:
/// nothing that a client chooses. Any thread.
class Metrics {
 public:
  explicit Metrics(std::string_view version);
  ~Metrics();
  Metrics(Metrics const&) = delete;
  Metrics& operator=(Metrics const&) = delete;

  void observe(http::Exchange const& exchange);
  [[nodiscard]] std::string text(http::Counts const& counts, LedgerFigures const& figures);

  static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

/// "GET"; "other" for a method that handlers do not tell apart.
[[nodiscard]] std::string_view nameOf(http::Method method);

}  // namespace fundtrail::api::daemon

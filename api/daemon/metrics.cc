// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/metrics.h"

#include <chrono>
#include <fstream>
#include <mutex>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sstream>
#include <unistd.h>

namespace fundtrail::api::daemon {

namespace {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;

/// From half a millisecond to some seconds, in seconds.
prometheus::Histogram::BucketBoundaries durations() {
  return {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};
}

/// What the process has of the machine's memory, in bytes; 0 where the system does not tell.
std::uint64_t residentBytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  file >> all >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

Gauge& gauge(prometheus::Registry& registry, char const* name, char const* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

/// A counter that somebody else counts.
class Followed {
 public:
  Followed(prometheus::Registry& registry, char const* name, char const* help)
      : counter_(prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({})) {}
  void follow(std::uint64_t count) {
    if (count > last_) counter_.Increment(static_cast<double>(count - last_));
    last_ = count;
  }

 private:
  Counter& counter_;
  std::uint64_t last_ = 0;
};

}  // namespace

struct Metrics::Held {
  prometheus::Registry registry;
  prometheus::Family<Counter>& requests = prometheus::BuildCounter()
                                              .Name("fundtrail_http_requests_total")
                                              .Help("Requests, by method, endpoint and status of the answer.")
                                              .Register(registry);
  prometheus::Family<Histogram>& times =
      prometheus::BuildHistogram()
          .Name("fundtrail_http_request_duration_seconds")
          .Help("From the whole request to the last byte of its answer, by endpoint; live views excepted.")
          .Register(registry);
  Counter& received = prometheus::BuildCounter()
                          .Name("fundtrail_http_received_bytes_total")
                          .Help("Bytes of requests' bodies.")
                          .Register(registry)
                          .Add({});
  Counter& sent = prometheus::BuildCounter()
                      .Name("fundtrail_http_sent_bytes_total")
                      .Help("Bytes of answers, their heads included.")
                      .Register(registry)
                      .Add({});
  Counter& broken = prometheus::BuildCounter()
                        .Name("fundtrail_http_broken_answers_total")
                        .Help("Answers that the client did not take to their end.")
                        .Register(registry)
                        .Add({});
  Gauge& connections = gauge(registry, "fundtrail_http_connections", "Open connections.");
  Gauge& streams = gauge(registry, "fundtrail_http_streams", "Live views.");
  Gauge& bodies =
      gauge(registry, "fundtrail_http_bodies_bytes", "Bytes of bodies that are being received or answered.");
  Gauge& batches = gauge(registry, "fundtrail_ledger_batches", "Batches on record.");
  Gauge& events = gauge(registry, "fundtrail_ledger_events", "Events on record.");
  Gauge& witnessed = gauge(registry, "fundtrail_ledger_witnessed_batches",
                           "Batches under the newest checkpoint that enough witnesses cosigned.");
  Gauge& witnessedTime = gauge(registry, "fundtrail_ledger_witnessed_time_seconds",
                               "When that checkpoint was cosigned, in seconds since 1970; 0 if there is none.");
  Gauge& resident = gauge(registry, "process_resident_memory_bytes", "Resident memory.");
  Gauge& started = gauge(registry, "process_start_time_seconds", "When the process began, in seconds since 1970.");

  std::mutex mutex;  // of those that follow
  Followed accepted{registry, "fundtrail_http_connections_accepted_total", "Connections that were accepted."};
  Followed turnedAway{registry, "fundtrail_http_connections_turned_away_total",
                      "Connections that were closed because their address had too many."};
  Followed timedOut{registry, "fundtrail_http_connections_timed_out_total", "Connections that were too slow."};
  Followed handshakes{registry, "fundtrail_http_handshakes_failed_total", "TLS handshakes that failed."};
  Followed dropped{registry, "fundtrail_log_dropped_total", "Records of the structured log that were dropped."};
};

Metrics::Metrics(std::string_view version) : held_(std::make_unique<Held>()) {
  prometheus::BuildGauge()
      .Name("fundtrail_build_info")
      .Help("The version that runs.")
      .Register(held_->registry)
      .Add({{"version", std::string(version)}})
      .Set(1);
  auto const now = std::chrono::system_clock::now().time_since_epoch();
  held_->started.Set(std::chrono::duration<double>(now).count());
}

Metrics::~Metrics() = default;

std::string_view nameOf(http::Method method) {
  switch (method) {
    case http::Method::get: return "GET";
    case http::Method::head: return "HEAD";
    case http::Method::post: return "POST";
    case http::Method::put: return "PUT";
    case http::Method::patch: return "PATCH";
    case http::Method::remove: return "DELETE";
    case http::Method::options: return "OPTIONS";
    case http::Method::other: break;
  }
  return "other";
}

void Metrics::observe(http::Exchange const& exchange) {
  auto const endpoint = exchange.endpoint.empty() ? "other" : exchange.endpoint;
  held_->requests
      .Add({{"method", std::string(nameOf(exchange.method))},
            {"endpoint", endpoint},
            {"status", std::to_string(exchange.status)}})
      .Increment();
  if (!exchange.streamed) {
    held_->times.Add({{"endpoint", endpoint}}, durations())
        .Observe(std::chrono::duration<double>(exchange.duration).count());
  }
  held_->received.Increment(static_cast<double>(exchange.received));
  held_->sent.Increment(static_cast<double>(exchange.sent));
  if (!exchange.whole) held_->broken.Increment();
}

std::string Metrics::text(http::Counts const& counts, LedgerFigures const& figures) {
  auto const set = [](Gauge& gauge, auto value) { gauge.Set(static_cast<double>(value)); };
  set(held_->connections, counts.connections);
  set(held_->streams, counts.streams);
  set(held_->bodies, counts.bodies);
  set(held_->batches, figures.batches);
  set(held_->events, figures.events);
  set(held_->witnessed, figures.witnessedBatches);
  set(held_->witnessedTime, figures.witnessedTime);
  set(held_->resident, residentBytes());
  {
    std::lock_guard const lock(held_->mutex);
    held_->accepted.follow(counts.accepted);
    held_->turnedAway.follow(counts.turnedAway);
    held_->timedOut.follow(counts.timedOut);
    held_->handshakes.follow(counts.handshakesFailed);
    held_->dropped.follow(figures.logDropped);
  }
  std::ostringstream text;
  prometheus::TextSerializer().Serialize(text, held_->registry.Collect());
  return text.str();
}

}  // namespace fundtrail::api::daemon

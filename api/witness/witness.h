// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"
#include "api/witness/store.h"
#include "crypto/checkpoint.h"
#include "crypto/cosignature.h"
#include "crypto/log_policy.h"
#include "crypto/note.h"
#include "crypto/result.h"
#include "crypto/witness_protocol.h"

namespace fundtrail::api::witness {

using Milliseconds = std::chrono::milliseconds;

/// How much of it a log may ask for: each cosignature costs a synced write.
struct Limits {
  double perSecond = 10;  // cosignatures of one log, on average
  double atOnce = 20;     // of them without waiting
};

/// A witness, c2sp.org/tlog-witness, without sockets and without a clock: it cosigns a checkpoint of a log that it
/// knows if that log only grew since the last one, so that nobody can be shown another history than everybody else.
///
///   POST /add-checkpoint                        in the order of its checks:
///     400  no such request, no checkpoint, or one with extension lines; a size below `old`
///     404  a log that it does not know           403  not signed by that log
///     409  `old` is not what it cosigned last: the answer tells that size
///     422  the checkpoint does not follow from the last one
///     429  too many at once                      500  it cannot store; it then cosigns nothing of that log any more
///     200  its cosignature
///   GET /<SHA-256 of the log's origin, 64 hex digits>/checkpoint     the last checkpoint it cosigned, with both
///   signatures GET /metrics                                                     for Prometheus
///
/// A cosignature is durable before it leaves. Safe on several threads.
class Witness {
 public:
  /// Watches the logs that the policy names; its witnesses and quorum say nothing here. A log all of whose keys are SM2
  /// has a tree by SM3, any other one by SHA-256. The store must outlive the witness. Errors: badInput for a policy
  /// without logs; corrupt where the store holds a note of a watched log that this key did not cosign, or none of that
  /// log; what reading it gives.
  [[nodiscard]] static crypto::Result<std::unique_ptr<Witness>> make(crypto::Cosigner cosigner,
                                                                     crypto::LogPolicy const& logs, Store& store,
                                                                     Limits limits);

  /// `now` is the time since 1970-01-01 00:00 UTC.
  [[nodiscard]] http::Response answer(http::Request const& request, Milliseconds now);

 private:
  struct Log {
    std::vector<crypto::NoteVerifier> keys;
    crypto::HashAlgorithm algorithm;
    std::mutex mutex{};   // from comparing to storing
    bool failed = false;  // the store did: what it holds is not known
    double tokens;
    Milliseconds refilledAt{0};
    std::uint64_t size = 0;        // of the newest cosigned checkpoint
    std::uint64_t cosignedAt = 0;  // seconds
  };

  Witness(crypto::Cosigner cosigner, Store& store, Limits limits)
      : cosigner_(std::move(cosigner)), store_(store), limits_(limits) {}

  crypto::Result<void> recall(std::string const& origin, Log& log) const;
  http::Response addCheckpoint(std::string_view body, Milliseconds now);
  http::Response extend(Log& log, crypto::AddCheckpoint const& asked, crypto::SignedNote const& note,
                        crypto::Checkpoint const& next, Milliseconds now);
  http::Response cosign(Log& log, crypto::SignedNote const& note, crypto::Checkpoint const& next,
                        std::optional<std::string> const& last, Milliseconds now);
  http::Response checkpoint(std::string_view originHash) const;
  http::Response metrics();
  bool takeToken(Log& log, Milliseconds now) const;

  crypto::Cosigner cosigner_;
  Store& store_;
  Limits limits_;
  std::map<std::string, Log> logs_;  // by origin; which ones never changes
  std::atomic<std::uint64_t> equivocations_ = 0;
  std::mutex countMutex_;
  std::map<std::uint16_t, std::uint64_t> answers_;  // to add-checkpoint, by status
};

}  // namespace fundtrail::api::witness

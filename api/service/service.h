// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "api/access/journal.h"
#include "api/access/rate_limit.h"
#include "api/access/sessions.h"
#include "api/access/sign_in.h"
#include "api/http/message.h"
#include "crypto/result.h"
#include "ledger/domain/date.h"
#include "ledger/ledger.h"

// The ledger's HTTP interface without its sockets: requests go in, responses come out. What there is to ask for, who
// may, and what comes back, is one table (endpoint.h), from which OpenAPI is generated.

namespace fundtrail::api::service {

/// What the service asks of the program that runs it. Each is called on several threads at once.
struct Environment {
  std::function<ledger::domain::Instant()> now;
  access::Randomness random;
  /// Runs work that may take long or wait, on another thread or at once. What it is given is run, or the process ends.
  std::function<void(std::function<void()>)> later;
  /// Who read what is private. Outlives the service.
  access::Journal* journal;
  /// Of the newest checkpoint of the log, a signed note, one that covers so many batches and bears what cosignatures
  /// there are. Nothing: the checkpoint itself.
  std::function<crypto::Result<std::string>(std::string const& checkpoint, std::uint64_t batches)> cosigned{};
  /// Told what a person who runs the server should know, in a line.
  std::function<void(std::string_view)> complain{};
};

struct Settings {
  std::string audience;  // the server, as clients name it: https://host:port
  access::Sessions::Limits sessions{};
  access::RateLimit::Rate perPeer{};       // by address, whoever asks
  access::RateLimit::Rate perPrincipal{};  // by key, whoever has signed in
  access::RateLimit::Rate signInPerPeer{.perSecond = 1, .burst = 20};
  unsigned foldsAtOnce = 2;        // requests that read the whole log
  std::size_t mostStreams = 1000;  // clients that watch changes
};

/// handle() from any thread. The ledger outlives it. Before it goes, every answer was given and nothing of `later` is
/// left to run.
class Service {
 public:
  /// Folds the log. Error: as for reading it.
  [[nodiscard]] static crypto::Result<std::unique_ptr<Service>> open(ledger::Ledger& ledger, Environment environment,
                                                                     Settings settings);
  virtual ~Service() = default;

  /// Answers one request (http::AsyncHandler).
  virtual void handle(http::Request request, http::Answer answer) = 0;

  /// Takes in what was recorded since, by whomever, and tells those who watch. The service does it after each batch
  /// that it takes itself.
  virtual crypto::Result<void> catchUp() = 0;

  /// Of the moment that readers see.
  [[nodiscard]] virtual std::uint64_t position() const = 0;
};

}  // namespace fundtrail::api::service

// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "api/http/message.h"
#include "crypto/result.h"
#include "ledger/log/event_log.h"
#include "ledger/projections/current.h"

namespace fundtrail::api::service {

/// The ledger as it stands, for many readers: they look at one moment of it, and wait for nothing but the few events
/// that came since. Any thread.
class Live {
 public:
  /// Folds the log, which must outlive it. Error: as for projections::Current.
  [[nodiscard]] static crypto::Result<std::unique_ptr<Live>> open(ledger::log::EventLog const& log);

  /// Takes in what is durable by now; true if that was anything. Error: as for projections::Current.
  [[nodiscard]] crypto::Result<bool> catchUp();

  /// Of the moment that readers see.
  [[nodiscard]] std::uint64_t position() const { return position_.load(std::memory_order_acquire); }

  /// Calls look(current) and gives what it gives. `look` keeps nothing of it, and does not call this again.
  template <class Look>
  auto read(Look&& look) const {
    std::shared_lock const lock(mutex_);
    return std::forward<Look>(look)(std::as_const(*current_));
  }

  /// Answers that were given at this position, by what they are answers to.
  [[nodiscard]] std::shared_ptr<http::Response const> answered(std::uint64_t position,
                                                               std::string const& request) const;
  void keepAnswer(std::uint64_t position, std::string request, std::shared_ptr<http::Response const> response);

 private:
  explicit Live(std::unique_ptr<ledger::projections::Current> current);

  mutable std::shared_mutex mutex_;
  std::mutex catchingUp_;
  std::unique_ptr<ledger::projections::Current> current_;
  std::atomic<std::uint64_t> position_;

  mutable std::mutex answersMutex_;
  std::uint64_t answersAt_ = 0;
  std::size_t answersSize_ = 0;
  boost::unordered_flat_map<std::string, std::shared_ptr<http::Response const>> answers_;
};

}  // namespace fundtrail::api::service

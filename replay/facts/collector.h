// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>

#include "crypto/result.h"
#include "ledger/log/event_log.h"
#include "replay/facts/facts.h"
#include "replay/observer.h"

namespace fundtrail::replay::facts {

/// Turns the events that a replay shows into records. One thread.
class Collector final : public Observer {
 public:
  void take(ShownEvent const& shown) override;
  void takeBack(ShownEvent const& original, ShownEvent const& confirmation) override;

  [[nodiscard]] Facts const& facts() const { return facts_; }
  /// Nothing is left here.
  [[nodiscard]] Facts release() { return std::move(facts_); }

 private:
  Facts facts_;
};

/// Shows a log's first events to an observer, in order, without verifying or judging them: for what verify() has just
/// proven, and found lawful. Error: corrupt where what is stored cannot be what was proven; what reading the log gives.
/// The observer may have been shown some events by then.
[[nodiscard]] crypto::Result<void> show(ledger::log::EventLog const& log, std::uint64_t events, Observer& observer);

/// The facts of those events, in one pass. Errors as for show().
[[nodiscard]] crypto::Result<Facts> collect(ledger::log::EventLog const& log, std::uint64_t events);

}  // namespace fundtrail::replay::facts

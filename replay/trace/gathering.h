// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "crypto/result.h"
#include "ledger/domain/refs.h"
#include "ledger/log/event_log.h"
#include "replay/books.h"
#include "replay/facts/collector.h"
#include "replay/facts/facts.h"
#include "replay/observer.h"
#include "replay/time/balances.h"

namespace fundtrail::replay::trace {

namespace domain = ledger::domain;
namespace schema = ledger::schema;

/// What a trace is drawn from, gathered while a log is verified (Options::observers): the facts that its events state,
/// the audit's own books by tranche and award, where each batch begins, and who works where. One thread.
class Gathering final : public Observer {
 public:
  void take(ShownEvent const& shown) override;
  void takeBack(ShownEvent const& original, ShownEvent const& confirmation) override;
  /// Learns who the ledger's founders are, whom no event enrols. Error: what reading the log gives.
  [[nodiscard]] crypto::Result<void> meetFounders(ledger::log::EventLog const& log);

  [[nodiscard]] facts::Facts const& facts() const { return collector_.facts(); }
  [[nodiscard]] time::BalanceReading const& balances() const { return balances_; }
  [[nodiscard]] domain::BatchNumber batchOf(domain::EventNumber event) const;
  /// As enrolled last; empty for a person that is not known. Valid until the next take().
  [[nodiscard]] std::string_view organisationOf(std::string_view person) const;
  [[nodiscard]] std::uint64_t events() const { return events_; }

 private:
  struct Start {
    std::uint64_t firstEvent;
    domain::BatchNumber batch;
  };

  std::uint64_t events_ = 0;
  facts::Collector collector_;
  Books books_;
  time::BalanceReading balances_;
  std::vector<Start> starts_;  // in order
  boost::unordered_flat_map<std::string, std::string> organisations_;
};

}  // namespace fundtrail::replay::trace

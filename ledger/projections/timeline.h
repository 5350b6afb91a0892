// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "ledger/domain/case.h"
#include "ledger/domain/project.h"
#include "ledger/domain/state.h"
#include "ledger/projections/journal.h"

// Project timeline: every event that concerns a project, from its contracts to its recoveries, and what each led to.

namespace fundtrail::ledger::projections {

struct TimelineEntry {
  JournalEntry event;
  std::optional<domain::EventRef> payment;  // that it is a step of
  // Where it led to; nothing where it left the project, the payment, as it stood.
  std::optional<domain::ProjectStage> stage{};
  std::optional<domain::PaymentStage> paymentStage{};
};

/// The timelines of all projects. Follows the log event by event: apply() before evolve(), observe() after it. A value;
/// one thread.
class Timelines {
 public:
  void apply(domain::Case const& about);
  /// The state after the event that was applied last.
  void observe(domain::State const& after);

  /// In order of recording; empty for what is no project. Valid until the next apply().
  [[nodiscard]] std::span<TimelineEntry const> of(domain::EventRef const& project) const;

 private:
  struct Touched {
    domain::EventRef project;
    std::optional<domain::ProjectStage> before;
  };

  boost::unordered_flat_map<domain::EventRef, std::vector<TimelineEntry>> projects_;
  boost::unordered_flat_map<domain::EventRef, std::vector<TimelineEntry>> contracts_;  // of those not enrolled
  std::vector<Touched> touched_;                                                       // by the last event
  std::optional<domain::PaymentStage> paymentBefore_;
};

}  // namespace fundtrail::ledger::projections

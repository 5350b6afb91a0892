// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "ledger/domain/date.h"

namespace fundtrail::ledger::simulation {

/// What is to be done on which day. A day's actions run in the order in which they were put down.
class Agenda {
 public:
  using Action = std::function<void()>;

  /// What falls after the last day is never done: the history simply has not come to it.
  Agenda(domain::Date first, domain::Date last) : today_(first), last_(last) {}

  [[nodiscard]] domain::Date today() const { return today_; }
  /// On that day or the first working day after it. The day must not be past.
  void on(domain::Date day, Action action);
  void inWorkingDays(int count, Action action);

  /// Runs day after day until nothing is left to do.
  void run(std::function<void(domain::Date)> const& endOfDay);

 private:
  domain::Date today_;
  domain::Date last_;
  std::map<domain::Date, std::vector<Action>> days_;
};

}  // namespace fundtrail::ledger::simulation

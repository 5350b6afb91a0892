// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/agenda.h"

#include <utility>

#include "crypto/ensure.h"
#include "ledger/simulation/working_days.h"

namespace fundtrail::ledger::simulation {

void Agenda::on(domain::Date day, Action action) {
  crypto::ensure(day >= today_, "nothing is put down for a past day");
  auto const working = workingDayFrom(day);
  if (working <= last_) days_[working].push_back(std::move(action));
}

void Agenda::inWorkingDays(int count, Action action) {
  on(plusWorkingDays(today_, count), std::move(action));
}

void Agenda::run(std::function<void(domain::Date)> const& endOfDay) {
  while (!days_.empty()) {
    today_ = days_.begin()->first;
    auto& actions = days_.begin()->second;
    std::size_t next = 0;
    // An action may put down more for its own day.
    while (next < actions.size()) std::exchange(actions[next++], nullptr)();
    endOfDay(today_);
    days_.erase(days_.begin());
  }
}

}  // namespace fundtrail::ledger::simulation

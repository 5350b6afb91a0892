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
    // An action may put down more for its own day.
    for (std::size_t i = 0; i < actions.size(); ++i) std::exchange(actions[i], nullptr)();
    endOfDay(today_);
    days_.erase(days_.begin());
  }
}

}  // namespace fundtrail::ledger::simulation

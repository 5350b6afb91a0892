// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "ledger/simulation/agenda.h"
#include "ledger/simulation/desk.h"
#include "ledger/simulation/numbers.h"
#include "ledger/simulation/portfolio.h"
#include "ledger/simulation/random.h"
#include "ledger/simulation/staff.h"

namespace fundtrail::ledger::simulation {

/// All that one run of a simulation changes. The parts of the history put their steps down in its agenda.
struct World {
  World(Plan const& plan, Founding const& founding, Desk::Sink const& sink);
  World(World const&) = delete;
  World& operator=(World const&) = delete;

  std::uint64_t seed;
  Random random;
  Numbers numbers;
  Staff staff;
  std::vector<City> cities;  // all of them from the start: actions keep references
  Agenda agenda;
  Desk desk;
  std::map<OfficialIndex, Written> grants{};  // of the role that each holds
  unsigned recoveries = 0;

  template <class Fill>
  Written write(OfficialIndex author, Fill&& fill) {
    return desk.write(author, agenda.today(), std::forward<Fill>(fill));
  }
};

/// The ledger is founded on the morning of the first day.
[[nodiscard]] domain::Date firstDay();
[[nodiscard]] domain::Date lastDay();

}  // namespace fundtrail::ledger::simulation

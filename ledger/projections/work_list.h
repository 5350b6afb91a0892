// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/domain/authority.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/projections/as_of.h"
#include "ledger/schema/event.capnp.h"

// Work list: what waits for whom. Which step is next is next_step.h's, who may record it authority.h's.

namespace fundtrail::ledger::projections {

struct Task {
  domain::CityCode region;    // a city, or the province
  std::uint32_t county;       // 0: none
  schema::Event::Which next;  // the step that waits
  domain::RoleSet roles;      // any of these may record it
  domain::EventRef ref;       // the record that it continues
  domain::EventNumber event;
  schema::Event::Which type;  // of the event that made the record
  std::string name;           // as far as the record has one
  domain::Date since;
  std::optional<domain::Date> due{};
  std::optional<domain::Fen> amount{};  // whole fen
  [[nodiscard]] bool isOverdueOn(domain::Date day) const { return due && *due < day; }
  friend bool operator==(Task const&, Task const&) = default;
};

/// Everything that waits on the snapshot's day, longest waiting first: changes for their second person; tranches to be
/// received; projects and payments for their next step; publicities that have run, objections, complaints, findings;
/// statements with open lines; recoveries. Whether a person is free to take the step (separation of duties) is rule
/// S1's.
[[nodiscard]] std::vector<Task> tasksOf(Snapshot const& snapshot);

}  // namespace fundtrail::ledger::projections

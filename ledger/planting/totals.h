// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/planting/draft.h"

// What the history before anything was planted comes to: what went wrong is measured by it. What was reversed does not
// count.

namespace fundtrail::ledger::planting {

/// A payment that arrived.
struct Paid {
  Place settled;
  Place enrolled;  // the project
  std::uint32_t city;
  domain::Date on;
  domain::Fen amount;
};
/// In the order in which they were requested.
[[nodiscard]] std::vector<Paid> paidIn(Draft const& draft);

/// What stands awarded to an enterprise's projects.
[[nodiscard]] domain::Fen awardedTo(Draft const& draft, std::string_view enterprise);

struct CityTotals {
  domain::Fen received;           // of all tranches
  domain::Fen paid;               // for all purposes
  std::set<std::string> counted;  // enterprises of accepted reform projects
};
[[nodiscard]] CityTotals totalsOf(Draft const& draft, std::uint32_t city);

}  // namespace fundtrail::ledger::planting

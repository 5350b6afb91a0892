// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "ledger/simulation/portfolio.h"

namespace fundtrail::ledger::simulation {

/// The sources of `amount` of a project's subsidy: the county's part first, the rest from the city. `body` is the event
/// that states them as its draws.
template <class Body>
void setDraws(Body body, City const& city, Project const& project, domain::Fen amount) {
  auto const ofCounty = std::min(amount, project.fromCounty);
  auto const ofCity = amount - ofCounty;
  auto draws = body.initDraws((ofCounty.isZero() ? 0U : 1U) + (ofCity.isZero() ? 0U : 1U));
  unsigned count = 0;
  auto const add = [&](std::uint32_t county, domain::Fen part) {
    if (part.isZero()) return;
    auto draw = draws[count++];
    draw.setTranche(dataOf(*city.tranche));
    draw.setCounty(county);
    draw.setAmountFen(part.count());
  };
  add(project.county, ofCounty);
  add(0, ofCity);
}

}  // namespace fundtrail::ledger::simulation

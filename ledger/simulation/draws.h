// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>

#include "ledger/simulation/portfolio.h"

namespace fundtrail::ledger::simulation {

/// The sources of `amount` of a project's subsidy, from its fen number `from` on: the county's part comes first, the
/// municipal one next, the province's last. `body` is the event that states them as its draws.
template <class Body>
void setDraws(Body body, City const& city, Project const& project, domain::Fen from, domain::Fen amount) {
  using domain::Fen;
  struct Source {
    std::optional<Written> const& tranche;
    std::uint32_t county;
    Fen part;
  };
  std::array const sources = {
      Source{city.tranche, project.county, project.fromCounty},
      Source{city.municipalTranche, 0, project.fromMunicipality},
      Source{city.tranche, 0, project.subsidy - project.fromCounty - project.fromMunicipality},
  };
  std::array<Fen, sources.size()> parts;
  unsigned count = 0;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    auto const passed = std::min(from, sources[i].part);
    parts[i] = std::min(amount, sources[i].part - passed);
    from -= passed;
    amount -= parts[i];
    count += parts[i].isZero() ? 0U : 1U;
  }
  auto draws = body.initDraws(count);
  for (std::size_t i = sources.size(); i-- != 0;) {
    if (parts[i].isZero()) continue;
    auto draw = draws[--count];
    draw.setTranche(dataOf(*sources[i].tranche));
    draw.setCounty(sources[i].county);
    draw.setAmountFen(parts[i].count());
  }
}

}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
// K24: too large for a programme for small and medium-sized enterprises.
#include <fmt/format.h>

#include "replay/indicators/kinds.h"
#include "replay/indicators/standing.h"

namespace fundtrail::replay::indicators {

Answer notSme(Question const& question) {
  Answer answer;
  auto const& facts = question.facts;
  auto const staff = question.parameters["staff"];
  auto const revenue = question.parameters["revenueFen"];
  for (auto const& organisation : facts.organisations) {
    if (!question.counts(organisation.source) || organisation.kind != schema::OrganisationKind::ENTERPRISE) continue;
    ++answer.population;
    if (organisation.staff < staff || organisation.annualRevenue.count() < revenue) continue;
    answer.hits.push_back({{organisation.source.event},
                           {Subject::of(organisation.uscc)},
                           organisation.annualRevenue,
                           100,
                           {fmt::format("从业人员 {} 人，营业收入 {} 元：不是中小企业", organisation.staff,
                                        yuan(organisation.annualRevenue)),
                            fmt::format("{} staff and a revenue of {} yuan: not a small or medium-sized enterprise",
                                        organisation.staff, yuan(organisation.annualRevenue))}});
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators

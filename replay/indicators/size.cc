// SPDX-License-Identifier: Apache-2.0
// K24: too large for a programme for small and medium-sized enterprises.
#include <fmt/format.h>

#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

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
    Hit hit{{organisation.source.event}, {Subject::of(organisation.uscc)}, std::nullopt, 100, {}};
    for (auto const& project : facts.projects) {
      if (!question.counts(project.source) || project.enterprise != organisation.uscc) continue;
      hit.events.push_back(project.source.event);
      hit.subjects.push_back(Subject::of(project));
      auto const awarded = awardedTo(question, project);
      if (awarded) hit.amount = hit.amount.value_or(Fen()) + *awarded;
    }
    hit.evidence = {fmt::format("从业人员 {} 人，营业收入 {} 元：不是中小企业", organisation.staff,
                                yuan(organisation.annualRevenue)),
                    fmt::format("{} staff and a revenue of {} yuan: not a small or medium-sized enterprise",
                                organisation.staff, yuan(organisation.annualRevenue))};
    answer.hits.push_back(std::move(hit));
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators

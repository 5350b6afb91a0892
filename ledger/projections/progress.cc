// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/progress.h"

#include <map>
#include <set>
#include <utility>

#include "ledger/domain/provincial_money.h"
#include "ledger/projections/award.h"

namespace fundtrail::ledger::projections {

namespace {

using domain::Stage;

PlatformShare shareOf(CityAllocation const* money, domain::City const& city,
                      std::optional<domain::Policy> const& policy) {
  PlatformShare share{};
  if (money) {
    for (auto const& tranche : money->tranches) {
      if (!domain::isOfTheFund(tranche.level, tranche.kind)) continue;
      auto const total = tranche.total();
      share.issued += total.issued - total.in(Stage::recalled);
      for (auto const& [pocket, amounts] : tranche.pockets) {
        if (pocket.purpose == schema::Purpose::PLATFORM) share.platform += amounts.held() - amounts.in(Stage::recalled);
      }
    }
  }
  if (!policy || policy->platformShareCap.isZero()) return share;
  share.cap = policy->platformShareCap;
  share.mostOfIssued = domain::share(share.issued, *share.cap, domain::Rounding::down);
  if (!city.fullAward.isZero()) {
    share.mostOfFull = domain::share(city.fullAward, *share.cap, domain::Rounding::down);
  }
  return share;
}

}  // namespace

std::vector<CityProgress> progressOf(Snapshot const& snapshot, Allocation const& allocation) {
  auto const& state = snapshot.state;
  auto const day = snapshot.day();
  auto const policy = state.figuresOn(day);
  std::vector<CityProgress> cities;
  std::map<domain::CityCode, std::size_t> positions;
  state.cities.visit([&](domain::CityCode code, domain::City const& city) {
    positions.emplace(code, cities.size());
    cities.push_back({code,
                      0,
                      0,
                      city.minEnterprises,
                      city.promisedEnterprises(day),
                      {},
                      shareOf(allocation.find(code), city, policy),
                      city.evaluatedOn,
                      city.settlement ? std::optional(city.settlement->due) : std::nullopt});
  });
  std::set<domain::EventRef> awarded;  // a project may be awarded anew where its first award was withdrawn
  state.awards.visit([&](domain::EventRef const& ref, domain::Award const& award) {
    auto const at = positions.find(award.city);
    if (at == positions.end() || awardStatusOf(state, ref).state == AwardState::withdrawn) return;
    if (awarded.insert(award.project).second) ++cities[at->second].awarded;
  });
  std::set<std::pair<domain::CityCode, domain::Uscc>> counted;
  state.projects.visit([&](domain::EventRef const& ref, domain::Project const& project) {
    auto const at = positions.find(project.city);
    auto const* const particulars = snapshot.particulars.find(ref);
    if (at == positions.end() || !particulars || project.stage == domain::ProjectStage::withdrawn) return;
    auto why = domain::whyNotCounted(state, project, day);
    if (!why && !counted.emplace(project.city, project.enterprise).second) why = domain::Uncounted::enterpriseCounts;
    auto& city = cities[at->second];
    if (why) {
      city.uncounted.push_back({ref, particulars->event, project.enterprise, *why});
    } else {
      ++city.counted;
    }
  });
  return cities;
}

}  // namespace fundtrail::ledger::projections

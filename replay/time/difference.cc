// SPDX-License-Identifier: Apache-2.0
#include "replay/time/difference.h"

#include <algorithm>
#include <iterator>

namespace fundtrail::replay::time {

namespace {

bool isSame(CityStanding const& a, CityStanding const& b) {
  return a.tranches == b.tranches && a.projects == b.projects && a.payments == b.payments &&
         a.recoveries == b.recoveries && a.openFindings == b.openFindings;
}

std::vector<TrancheChange> changed(std::vector<TrancheStanding> const& before,
                                   std::vector<TrancheStanding> const& after) {
  std::vector<TrancheChange> changes;
  for (auto const& tranche : after) {
    auto const at = std::ranges::find(before, tranche.ref, &TrancheStanding::ref);
    if (at == before.end()) {
      changes.push_back({std::nullopt, tranche});
    } else if (*at != tranche) {
      changes.push_back({*at, tranche});
    }
  }
  return changes;
}

}  // namespace

Difference differenceOf(LedgerStanding const& from, LedgerStanding const& to) {
  Difference difference{from.basis, to.basis, {}, {}, {}, {}};
  for (auto const& [code, after] : to.cities) {
    auto const at = from.cities.find(code);
    auto const before = at == from.cities.end() ? CityStanding{code} : at->second;
    if (at != from.cities.end() && isSame(before, after)) continue;
    difference.cities.push_back({code, before, after, changed(before.tranches, after.tranches)});
  }
  boost::unordered_flat_map<domain::EventRef, ProjectStanding const*> known;
  for (auto const& project : from.projects) known.emplace(project.ref, &project);
  for (auto const& project : to.projects) {
    auto const at = known.find(project.ref);
    if (at == known.end()) {
      difference.projects.push_back({std::nullopt, project});
    } else if (*at->second != project) {
      difference.projects.push_back({*at->second, project});
    }
  }
  for (auto const& [type, count] : to.events) {
    auto const at = from.events.find(type);
    auto const more = count - (at == from.events.end() ? 0 : at->second);
    if (more > 0) difference.events.emplace(type, more);
  }
  std::ranges::copy_if(to.reversals, std::back_inserter(difference.reversals), [&](Reversal const& reversal) {
    return std::ranges::find(from.reversals, reversal) == from.reversals.end();
  });
  return difference;
}

}  // namespace fundtrail::replay::time

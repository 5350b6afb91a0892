// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "replay/time/standing.h"

// What changed between two points of one log, the events of the earlier of which all count at the later one too.

namespace fundtrail::replay::time {

/// Of one that is new there is no `before`.
struct TrancheChange {
  std::optional<TrancheStanding> before;
  TrancheStanding after;
};

struct ProjectChange {
  std::optional<ProjectStanding> before;
  ProjectStanding after;
};

struct CityChange {
  domain::CityCode city;
  CityStanding before;  // empty for a city that is new
  CityStanding after;
  std::vector<TrancheChange> tranches;  // that changed
};

struct Difference {
  projections::Basis from;
  projections::Basis to;
  std::vector<CityChange> cities;                      // in which something changed, by code
  std::vector<ProjectChange> projects;                 // that changed, in order of enrolment
  std::map<schema::Event::Which, std::size_t> events;  // that count at the later point and not at the earlier
  std::vector<Reversal> reversals;                     // confirmed between
};

[[nodiscard]] Difference differenceOf(LedgerStanding const& from, LedgerStanding const& to);

}  // namespace fundtrail::replay::time

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/domain/city_code.h"
#include "ledger/domain/counting.h"
#include "ledger/domain/date.h"
#include "ledger/domain/funds.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "ledger/projections/allocation.h"
#include "ledger/projections/as_of.h"

// City progress: enterprises counted against the target （二）, platform money against its share （八）.

namespace fundtrail::ledger::projections {

struct UncountedProject {
  domain::EventRef ref;
  domain::EventNumber event;
  domain::Uscc enterprise;
  domain::Uncounted why;
  friend bool operator==(UncountedProject const&, UncountedProject const&) = default;
};

/// Money of the province for platforms, and how much of it there may be. Whole fen.
struct PlatformShare {
  domain::Fen issued;  // what the province issued, and did not recall
  domain::Fen platform;
  std::optional<domain::BasisPoints> cap;   // nothing: no policy in force states one
  std::optional<domain::Fen> mostOfIssued;  // rule F2
  std::optional<domain::Fen> mostOfFull;    // warning F2w; nothing: no document states the full award
  [[nodiscard]] bool isAboveFull() const { return mostOfFull && platform > *mostOfFull; }
  friend bool operator==(PlatformShare const&, PlatformShare const&) = default;
};

struct CityProgress {
  domain::CityCode city;
  std::uint32_t counted;                    // enterprises
  std::uint32_t awarded;                    // projects whose award stands, at least in part, at whatever stage they are
  std::uint32_t minimum;                    // as designated
  std::uint32_t promised;                   // by the plan in force; 0: none
  std::vector<UncountedProject> uncounted;  // in order of enrolment
  PlatformShare share;
  std::optional<domain::Date> evaluatedOn;
  std::optional<domain::Fen> settlementDue;  // positive: still to be issued; negative: to be recalled
  [[nodiscard]] std::uint32_t target() const { return std::max(minimum, promised); }
  friend bool operator==(CityProgress const&, CityProgress const&) = default;
};

/// Of every designated city, in order of designation, by the plans and the policy in force on the snapshot's day. Both
/// are of the same position and date.
[[nodiscard]] std::vector<CityProgress> progressOf(Snapshot const& snapshot, Allocation const& allocation);

}  // namespace fundtrail::ledger::projections

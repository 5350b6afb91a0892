// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/domain/city_code.h"
#include "ledger/domain/money.h"
#include "replay/facts/records.h"
#include "replay/facts/source.h"

// Rules and funds: policies, cities, plans, tranches (资金批次). Rates are ten-thousandths.

namespace fundtrail::replay::facts {

struct Policy {
  static constexpr auto kEvent = EventType::POLICY_PUBLISHED;
  Source source;
  StringId number;
  domain::Date inForceFrom;
  domain::Date windowFrom;
  domain::Date windowTo;
  std::uint32_t platformShareCapBp;
  std::uint32_t minLevelAfter;
  std::uint32_t minInspectors;
  std::uint32_t minEnterprisesDelta;
  std::uint32_t minEnterprisesElsewhere;
};

struct Designation {
  static constexpr auto kEvent = EventType::CITY_DESIGNATED;
  Source source;
  domain::CityCode city;
  schema::Region region;
  std::uint32_t minEnterprises;
  domain::Fen fullAward;  // 0: no document states it
};

struct LevelCap {
  std::uint32_t level;
  domain::Fen cap;
};

struct PurposePlan {
  schema::Purpose purpose;
  std::uint32_t rateBp;
  std::vector<LevelCap> caps;
  std::uint32_t beforeShareBp;
  std::uint32_t duringShareBp;
};

struct CityPlan {
  static constexpr auto kEvent = EventType::CITY_PLAN_FILED;
  Source source;
  domain::CityCode city;
  StringId number;
  domain::Date inForceFrom;
  std::uint32_t promisedEnterprises;
  std::uint32_t publicityWorkingDays;
  std::vector<PurposePlan> plans;
};

/// 到账
struct TrancheReceipt {
  Source source;
  domain::Fen amount;
  StringId bankReference;
};

/// 分解: between pockets of one tranche. No county: held by the city.
struct TrancheSplit {
  Source source;
  schema::Purpose fromPurpose;
  std::optional<domain::CityCode> fromCounty;
  schema::Purpose purpose;
  std::optional<domain::CityCode> county;
  domain::Fen amount;
};

struct TrancheAdjustment {
  Source source;
  StringId number;
  domain::Fen change;  // negative: less
};

struct TrancheRecall {
  Source source;
  StringId number;
  schema::Purpose purpose;
  std::optional<domain::CityCode> county;
  domain::Fen amount;
};

struct Tranche {
  static constexpr auto kEvent = EventType::TRANCHE_ISSUED;
  Source source;
  domain::CityCode city;
  StringId number;  // 指标文号
  schema::GovernmentLevel level;
  schema::TrancheKind kind;
  std::uint32_t year;
  domain::Fen amount;                     // as issued, before adjustments
  std::vector<schema::Purpose> purposes;  // none: any
  std::vector<TrancheReceipt> receipts{};
  std::vector<TrancheSplit> splits{};
  std::vector<TrancheAdjustment> adjustments{};
  std::vector<TrancheRecall> recalls{};
};

/// Money of one pocket: a tranche, the project's purpose, and a county where it was split to one.
struct Draw {
  Row<Tranche> tranche;
  std::optional<domain::CityCode> county;
  domain::Fen amount;
};

struct PerformanceEvaluation {
  static constexpr auto kEvent = EventType::PERFORMANCE_EVALUATED;
  Source source;
  domain::CityCode city;
  StringId number;
  domain::Date periodFrom;
  domain::Date periodTo;
  std::uint32_t scoreHundredths;
  schema::Grade grade;
};

struct FinalSettlement {
  static constexpr auto kEvent = EventType::FINAL_SETTLEMENT;
  Source source;
  domain::CityCode city;
  StringId number;
  std::uint32_t countedEnterprises;
  domain::Fen confirmed;
  domain::Fen due;  // negative: to be recalled
};

}  // namespace fundtrail::replay::facts

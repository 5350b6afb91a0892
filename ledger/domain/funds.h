// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/container/small_vector.hpp>
#include <boost/container/static_vector.hpp>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/enum_set.h"
#include "ledger/domain/industry_code.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/funds.capnp.h"
#include "ledger/schema/values.capnp.h"

// Money: tranches as closed accounts, the stages it stands in, and the postings that move it.

namespace fundtrail::ledger::domain {

/// Where a fen stands. Each stands in exactly one stage at a time; the stages of a tranche always add up to what was
/// issued.
enum class Stage : std::uint8_t {
  issued,              // 已下达未到账
  available,           // 可用
  reserved,            // 已核定待拨付
  inFlight,            // 支付在途
  paid,                // 已支付
  recovered,           // 追回待处理: passed through within one event
  returnedToTreasury,  // 已缴回国库
  recalled,            // 已收回
};
inline constexpr std::size_t kStages = 8;
[[nodiscard]] std::string_view stageName(Stage stage);

/// A compartment of a tranche: money for one purpose, held by the city (county 0) or handed on to a county.
struct Pocket {
  schema::Purpose purpose = schema::Purpose::NOT_STATED;
  std::uint32_t county = 0;
  friend auto operator<=>(Pocket const&, Pocket const&) = default;
};

struct Place {
  Pocket pocket;
  Stage stage;
  friend bool operator==(Place const&, Place const&) = default;
};

/// Money moves from one place to another inside one tranche. Without `from` it enters the ledger (issued), without `to`
/// it leaves it (an issue reduced).
struct Posting {
  EventRef tranche;
  std::optional<Place> from;
  std::optional<Place> to;
  Fen amount;
};
/// At most two for each of the eight draws that an event may name.
using Postings = boost::container::static_vector<Posting, 16>;
[[nodiscard]] Posting inverse(Posting const& posting);

struct PocketBalance {
  Pocket pocket;
  std::array<Fen, kStages> stages{};
  [[nodiscard]] bool isEmpty() const { return stages == std::array<Fen, kStages>{}; }
  friend bool operator==(PocketBalance const&, PocketBalance const&) = default;
};

/// 资金批次: keeps its colour (文号, level, year, purposes) to the last fen.
struct Tranche {
  CityCode city;
  schema::GovernmentLevel level;
  schema::TrancheKind kind;
  std::uint16_t year;
  Date issuedOn;
  std::uint8_t purposes;  // bit p: purpose p is allowed; 0: any
  Fen issued;             // with adjustments
  boost::container::small_vector<PocketBalance, 2>
      pockets;  // those that hold money, in order: equal money, equal state
  std::vector<EventNumber>
      moves;  // unreversed events that moved its money directly (received, split, adjusted, recalled)

  [[nodiscard]] bool allows(schema::Purpose purpose) const;
  [[nodiscard]] Fen balance(Place const& place) const;
  [[nodiscard]] Fen sum(Stage stage) const;
  /// Applies the posting. That no stage becomes negative is rule F1's business; here it is asserted.
  void apply(Posting const& posting);
  friend bool operator==(Tranche const&, Tranche const&) = default;
};

struct LevelCap {
  std::uint8_t level;
  Fen cap;
  friend bool operator==(LevelCap const&, LevelCap const&) = default;
};

using CategorySet = EnumSet<schema::CostCategory>;

struct PurposePlan {
  schema::Purpose purpose;
  BasisPoints rate;
  boost::container::small_vector<LevelCap, 4> caps;
  CategorySet categories;   // that may count as cost; empty: as clause （四） says, for reform alone
  BasisPoints beforeShare;  // of the award, payable before acceptance
  BasisPoints duringShare;
  [[nodiscard]] std::optional<Fen> capFor(std::uint8_t level) const;
  friend bool operator==(PurposePlan const&, PurposePlan const&) = default;
};

/// A city's filed plan (实施方案).
struct CityPlan {
  Date inForceFrom;
  std::uint32_t promisedEnterprises;     // 0: it promises none
  std::vector<IndustryCode> industries;  // in order; empty: it names none
  std::uint8_t publicityWorkingDays;     // 0: it does not say
  bool administrationAllowed;
  std::vector<PurposePlan> plans;
  friend bool operator==(CityPlan const&, CityPlan const&) = default;
};

/// 清算: what the city was to get, or to give back, in the end.
struct Settlement {
  Fen due;  // positive: still to be issued; negative: to be recalled
  EventNumber event;
  friend bool operator==(Settlement const&, Settlement const&) = default;
};

struct City {
  schema::Region region;
  std::uint32_t minEnterprises;
  Fen fullAward;                // zero: no document states it
  std::vector<CityPlan> plans;  // in the order in which they were filed
  std::optional<Date> evaluatedOn{};
  std::optional<Settlement> settlement{};

  // On every question the plan filed last prevails, among those that are in force on the day and answer it (closing
  // sentence of the notice).
  [[nodiscard]] PurposePlan const* planFor(schema::Purpose purpose, Date day) const;
  /// nullptr where no plan names any.
  [[nodiscard]] std::vector<IndustryCode> const* pilotIndustries(Date day) const;
  [[nodiscard]] std::uint32_t promisedEnterprises(Date day) const;
  /// 0 where no plan says.
  [[nodiscard]] std::uint8_t publicityWorkingDays(Date day) const;
  [[nodiscard]] bool allowsAdministration(Date day) const;
  friend bool operator==(City const&, City const&) = default;
};

struct Policy {
  Date inForceFrom;
  Date windowFrom;
  Date windowTo;
  // Zero: the document does not state it.
  BasisPoints platformShareCap;
  std::uint8_t minLevelAfter;
  std::uint8_t minInspectors;
  std::uint32_t minEnterprisesDelta;
  std::uint32_t minEnterprisesElsewhere;
  std::optional<std::uint32_t> accountChangeDays;  // an account changed within so many days is flagged (warning F3w)
  friend bool operator==(Policy const&, Policy const&) = default;
};

}  // namespace fundtrail::ledger::domain

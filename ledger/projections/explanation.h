// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/result.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/eligible_cost.h"
#include "ledger/domain/funds.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/rule.h"
#include "ledger/domain/uscc.h"
#include "ledger/log/event_log.h"
#include "ledger/projections/as_of.h"

// How an award came about: its cost line by line, the plan's rate and cap, and where each fen of it comes from. The
// figures are those of the functions that the rules ask (eligible_cost.h, subsidy.h), in the state in which they asked
// them. Amounts are whole fen.

namespace fundtrail::ledger::projections {

/// A contract's filing, and a line of it, the first of which is 1.
struct ContractLineName {
  domain::EventNumber contract;
  std::size_t line;
};

struct ExplainedLine {
  schema::CostCategory category;
  std::string backing;                      // invoice or receipt; empty: planned
  std::optional<ContractLineName> planned;  // where it is agreed
  domain::Fen net;
  std::optional<domain::Fen> tax;       // nothing: planned cost states none
  std::optional<domain::Excluded> why;  // nothing: it counts, net of tax
};

/// A paper that an event brought onto the record.
struct ExplainedPaper {
  domain::EventNumber event;
  std::string number;
  domain::Date inForceFrom;
};

struct ExplainedSource {
  std::string number;  // 指标文号
  schema::GovernmentLevel level;
  std::uint16_t year;
  std::uint32_t county;  // 0: held by the city
  domain::Fen amount;
};

/// What meets a rule on the way to the award.
struct Ground {
  domain::Rule const* rule;
  std::vector<domain::EventNumber> events;
  domain::Text what;
};

struct Explanation {
  domain::EventNumber event;
  domain::EventNumber project;
  std::string title;
  domain::Uscc enterprise;
  domain::CityCode city;
  schema::Purpose purpose;
  schema::SupportMode mode;

  domain::EventNumber proposal;
  domain::Date day;  // of the proposal: whose policy and plan count
  std::optional<ExplainedPaper> policy;
  std::optional<ExplainedPaper> plan;
  bool planned;  // computed on what the contracts plan, not on what was spent
  std::vector<ExplainedLine> lines;
  domain::Fen cost;  // eligible
  std::uint8_t level;
  domain::BasisPoints rate;
  domain::Fen portion;  // rate × cost, rounded down to the fen
  domain::Fen cap;
  domain::Fen subsidy;

  std::optional<domain::EventNumber> award;
  std::vector<ExplainedSource> sources;  // of the award
  std::optional<domain::EventNumber> payment;
  std::vector<ExplainedSource> paid;  // what the payment draws
  std::vector<Ground> grounds;
  Basis basis;
};

/// Explains the proposal that an event of a project rests on: a proposal, an award, a step of a payment, or any later
/// event of the project. Error: notFound for a position beyond the log's end, or an event without a proposal; what
/// reading the log gives.
[[nodiscard]] crypto::Result<Explanation> explain(log::EventLog const& log, domain::EventNumber event);

}  // namespace fundtrail::ledger::projections

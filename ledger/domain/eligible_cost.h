// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <capnp/list.h>

#include "ledger/domain/funds.h"
#include "ledger/domain/money.h"
#include "ledger/domain/project.h"
#include "ledger/domain/state.h"
#include "ledger/schema/project.capnp.h"
#include "ledger/schema/values.capnp.h"

// 核定投入: what of a project's cost may be subsidised. Amounts are whole fen, net of tax: tax never counts.

namespace fundtrail::ledger::domain {

/// Why cost of a category does not count.
enum class Excluded : std::uint8_t {
  byNotice,  // clause （四） supports no such cost of a reform project
  byPlan,    // the notice would, the city's plan does not
  unlisted,  // of another purpose: the plan does not list it
};
[[nodiscard]] std::string_view excludedZh(Excluded why);
[[nodiscard]] std::string_view excludedEn(Excluded why);
[[nodiscard]] std::string_view excludedName(Excluded why);  // for programs

/// Whether a category may be cost of that purpose under any plan.
[[nodiscard]] bool mayServe(schema::CostCategory category, schema::Purpose purpose);

/// Whether cost of a category counts: nothing if it does. Reform: the categories of clause （四）, which a city's plan
/// may narrow. Every other purpose: what the plan lists, and nothing where it lists none. `plan` is the one in force;
/// nullptr where there is none.
[[nodiscard]] std::optional<Excluded> whyExcluded(schema::CostCategory category, schema::Purpose purpose,
                                                  PurposePlan const* plan);
[[nodiscard]] inline bool isEligible(schema::CostCategory category, schema::Purpose purpose, PurposePlan const* plan) {
  return !whyExcluded(category, purpose, plan);
}

/// The net sum of the eligible lines; nothing where it is larger than any amount may be. Net amounts are whole fen
/// already, so nothing is rounded.
[[nodiscard]] std::optional<Fen> eligibleCost(capnp::List<schema::CostLine>::Reader lines, schema::Purpose purpose,
                                              PurposePlan const* plan);

/// The same of what the project's contracts plan: what an award before or during the work rests on.
[[nodiscard]] std::optional<Fen> plannedCost(State const& state, Project const& project, PurposePlan const* plan);

}  // namespace fundtrail::ledger::domain

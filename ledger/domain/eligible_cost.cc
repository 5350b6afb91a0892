// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/eligible_cost.h"

namespace fundtrail::ledger::domain {

namespace {

using C = schema::CostCategory;

constexpr CategorySet kOfTheNotice{C::SOFTWARE,
                                   C::CLOUD_SERVICE,
                                   C::GATEWAY,
                                   C::ROUTER,
                                   C::SENSOR,
                                   C::LARGE_MODEL_APPLIANCE,
                                   C::INDUSTRIAL_CONTROL_SYSTEM,
                                   C::FIREWALL,
                                   C::OTHER_NECESSARY_EQUIPMENT};

}  // namespace

std::string_view excludedZh(Excluded why) {
  switch (why) {
    case Excluded::byNotice: return "不在条款（四）列支范围内";
    case Excluded::byPlan: return "不在城市方案可列支类别内";
    case Excluded::unlisted: return "城市方案未列入该支持方向的可列支类别";
  }
  return "";
}

std::string_view excludedEn(Excluded why) {
  switch (why) {
    case Excluded::byNotice: return "clause （四） does not support it";
    case Excluded::byPlan: return "the city's plan leaves it out";
    case Excluded::unlisted: return "the city's plan does not list it for this purpose";
  }
  return "";
}

std::string_view excludedName(Excluded why) {
  switch (why) {
    case Excluded::byNotice: return "byNotice";
    case Excluded::byPlan: return "byPlan";
    case Excluded::unlisted: return "unlisted";
  }
  return "";
}

bool mayServe(schema::CostCategory category, schema::Purpose purpose) {
  // What is capped for its purpose (rule F2), or has another backing, is not paid for under another's name.
  if (category == C::PLATFORM_DEVELOPMENT) return purpose == schema::Purpose::PLATFORM;
  if (category == C::LOAN_INTEREST) return purpose == schema::Purpose::INTEREST;
  return true;
}

std::optional<Excluded> whyExcluded(schema::CostCategory category, schema::Purpose purpose, PurposePlan const* plan) {
  if (!mayServe(category, purpose)) return Excluded::unlisted;
  bool const listed = plan && plan->categories.contains(category);
  if (purpose != schema::Purpose::REFORM) return listed ? std::nullopt : std::optional(Excluded::unlisted);
  if (!kOfTheNotice.contains(category)) return Excluded::byNotice;
  bool const narrowed = plan && !plan->categories.isEmpty();
  return listed || !narrowed ? std::nullopt : std::optional(Excluded::byPlan);
}

std::optional<Fen> eligibleCost(capnp::List<schema::CostLine>::Reader lines, schema::Purpose purpose,
                                PurposePlan const* plan) {
  std::optional<Fen> total = Fen();
  for (auto const line : lines) {
    if (!isEligible(line.getCategory(), purpose, plan)) continue;
    auto const net = Fen::from(line.getNetFen());
    if (!net) return std::nullopt;
    total = total->plus(*net);
    if (!total) return std::nullopt;
  }
  return total;
}

std::optional<Fen> plannedCost(State const& state, Project const& project, PurposePlan const* plan) {
  std::optional<Fen> total = Fen();
  for (auto const& ref : project.contracts) {
    for (auto const& line : state.contracts.find(ref)->lines) {
      if (!isEligible(line.category, project.purpose, plan)) continue;
      total = total->plus(line.net);
      if (!total) return std::nullopt;
    }
  }
  return total;
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/funds.h"

#include <algorithm>

#include "crypto/ensure.h"

namespace fundtrail::ledger::domain {

namespace {

PocketBalance const* findPocket(Tranche const& tranche, Pocket const& pocket) {
  auto const at = std::ranges::find(tranche.pockets, pocket, &PocketBalance::pocket);
  return at == tranche.pockets.end() ? nullptr : &*at;
}

void change(Tranche& tranche, Place const& place, Fen by) {
  auto at = std::ranges::lower_bound(tranche.pockets, place.pocket, {}, &PocketBalance::pocket);
  if (at == tranche.pockets.end() || at->pocket != place.pocket) at = tranche.pockets.insert(at, {place.pocket, {}});
  auto& balance = at->stages[static_cast<std::size_t>(place.stage)];
  balance += by;
  crypto::ensure(!balance.isNegative(), "no stage of a tranche is negative");
  if (at->isEmpty()) tranche.pockets.erase(at);
}

}  // namespace

std::string_view stageName(Stage stage) {
  static constexpr std::array<std::string_view, kStages> kNames = {
      "issued", "available", "reserved", "inFlight", "paid", "recovered", "returnedToTreasury", "recalled"};
  return kNames[static_cast<std::size_t>(stage)];
}

Posting inverse(Posting const& posting) {
  return Posting{posting.tranche, posting.to, posting.from, posting.amount};
}

bool Tranche::allows(schema::Purpose purpose) const {
  return purposes == 0 || ((purposes >> static_cast<unsigned>(purpose)) & 1U) != 0;
}

Fen Tranche::balance(Place const& place) const {
  auto const* const found = findPocket(*this, place.pocket);
  return found ? found->stages[static_cast<std::size_t>(place.stage)] : Fen();
}

Fen Tranche::sum(Stage stage) const {
  Fen total;
  for (auto const& pocket : pockets) total += pocket.stages[static_cast<std::size_t>(stage)];
  return total;
}

void Tranche::apply(Posting const& posting) {
  if (posting.from) {
    change(*this, *posting.from, -posting.amount);
  } else {
    issued += posting.amount;
  }
  if (posting.to) {
    change(*this, *posting.to, posting.amount);
  } else {
    issued -= posting.amount;
  }
}

std::optional<Fen> PurposePlan::capFor(std::uint8_t level) const {
  auto const at = std::ranges::find(caps, level, &LevelCap::level);
  if (at == caps.end()) return std::nullopt;
  return at->cap;
}

namespace {

/// The answer of the plan filed last, among those in force on the day that have one.
template <class Answer>
auto latestAnswer(std::vector<CityPlan> const& plans, Date day, Answer&& answer) -> decltype(answer(plans.front())) {
  for (auto plan = plans.rbegin(); plan != plans.rend(); ++plan) {
    if (plan->inForceFrom > day) continue;
    if (auto const found = answer(*plan)) return found;
  }
  return {};
}

}  // namespace

PurposePlan const* City::planFor(schema::Purpose purpose, Date day) const {
  return latestAnswer(plans, day, [purpose](CityPlan const& plan) -> PurposePlan const* {
    auto const at = std::ranges::find(plan.plans, purpose, &PurposePlan::purpose);
    return at == plan.plans.end() ? nullptr : &*at;
  });
}

std::vector<IndustryCode> const* City::pilotIndustries(Date day) const {
  return latestAnswer(plans, day,
                      [](CityPlan const& plan) { return plan.industries.empty() ? nullptr : &plan.industries; });
}

std::uint32_t City::promisedEnterprises(Date day) const {
  return latestAnswer(plans, day, [](CityPlan const& plan) { return plan.promisedEnterprises; });
}

std::uint8_t City::publicityWorkingDays(Date day) const {
  return latestAnswer(plans, day, [](CityPlan const& plan) { return plan.publicityWorkingDays; });
}

bool City::allowsAdministration(Date day) const {
  return latestAnswer(plans, day, [](CityPlan const& plan) { return std::optional(plan.administrationAllowed); })
      .value_or(false);
}

}  // namespace fundtrail::ledger::domain

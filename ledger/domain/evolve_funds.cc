// SPDX-License-Identifier: Apache-2.0
// Policies, cities and their plans, tranches.

#include <algorithm>

#include "ledger/domain/evolution.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

namespace {

constexpr std::int64_t kMostDays = 36'500;

PurposePlan planOf(schema::PurposePlan::Reader body) {
  PurposePlan plan{body.getPurpose(),
                   checked(BasisPoints::from(body.getRateBp())),
                   {},
                   {},
                   checked(BasisPoints::from(body.getBeforeShareBp())),
                   checked(BasisPoints::from(body.getDuringShareBp()))};
  for (auto const cap : body.getCaps()) plan.caps.push_back({cap.getLevel(), readFen(cap.getCapFen())});
  for (auto const category : body.getCategories()) plan.categories.add(category);
  return plan;
}

/// A figure that a document sets, by its name; nothing where none does, or where it is negative.
std::optional<std::uint32_t> parameter(capnp::List<schema::Parameter>::Reader parameters, std::string_view name) {
  for (auto const each : parameters) {
    if (textOf(each.getName()) == name && each.getValue() >= 0 && each.getValue() <= kMostDays) {
      return static_cast<std::uint32_t>(each.getValue());
    }
  }
  return std::nullopt;
}

}  // namespace

void Evolution::publishPolicy(schema::PolicyPublished::Reader body) {
  state_.policies.insert(
      static_cast<std::uint32_t>(state_.policies.size()),
      Policy{readDate(body.getInForceFrom()), readDate(body.getWindowFrom()), readDate(body.getWindowTo()),
             checked(BasisPoints::from(body.getPlatformShareCapBp())), body.getMinLevelAfter(), body.getMinInspectors(),
             body.getMinEnterprisesDelta(), body.getMinEnterprisesElsewhere(),
             parameter(body.getParameters(), "accountChangeDays")});
}

void Evolution::designateCity(schema::CityDesignated::Reader body) {
  state_.cities.insert(readRegion(body.getCity()),
                       City{body.getRegion(), body.getMinEnterprises(), readFen(body.getFullAwardFen()), {}});
}

void Evolution::filePlan(schema::CityPlanFiled::Reader body) {
  CityPlan plan{readDate(body.getInForceFrom()), body.getPromisedEnterprises(),   {},
                body.getPublicityWorkingDays(),  body.getAdministrationAllowed(), {}};
  for (auto const industry : body.getIndustries()) {
    plan.industries.push_back(checked(IndustryCode::parse(textOf(industry.getCode()))));
  }
  std::ranges::sort(plan.industries);
  for (auto const purpose : body.getPlans()) plan.plans.push_back(planOf(purpose));
  state_.cities.edit(subject_.region).plans.push_back(std::move(plan));
}

void Evolution::openTranche(schema::TrancheIssued::Reader body) {
  std::uint8_t purposes = 0;
  for (auto const purpose : body.getPurposes()) {
    purposes = static_cast<std::uint8_t>(purposes | (1U << static_cast<unsigned>(purpose)));
  }
  state_.tranches.insert(
      context_.ref,
      Tranche{subject_.region, body.getLevel(), body.getKind(), body.getYear(), occurredOn(), purposes, Fen(), {}, {}});
}

void Evolution::noteTrancheMove() {
  state_.tranches.edit(*subject_.trancheRef).moves.push_back(context_.number);
}

void Evolution::settleCity(schema::FinalSettlement::Reader body) {
  state_.cities.edit(readRegion(body.getCity())).settlement = Settlement{readFen(body.getDueFen()), context_.number};
}

}  // namespace fundtrail::ledger::domain

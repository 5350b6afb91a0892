// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/counting.h"

#include <set>

#include "ledger/domain/uscc.h"

namespace fundtrail::ledger::domain {

std::string_view uncountedZh(Uncounted why) {
  switch (why) {
    case Uncounted::notReform: return "非数字化改造项目";
    case Uncounted::notAccepted: return "尚未验收";
    case Uncounted::levelTooLow: return "改造后等级未达到要求";
    case Uncounted::notAwarded: return "未获财政资金支持，或已全部撤销、追回";
    case Uncounted::fraudConfirmed: return "骗补已查实";
    case Uncounted::enterpriseCounts: return "该企业已计入一次";
  }
  return "";
}

std::string_view uncountedEn(Uncounted why) {
  switch (why) {
    case Uncounted::notReform: return "not a reform project";
    case Uncounted::notAccepted: return "not accepted yet";
    case Uncounted::levelTooLow: return "its level after the reform is too low";
    case Uncounted::notAwarded: return "not supported with public money, or all of it was withdrawn or recovered";
    case Uncounted::fraudConfirmed: return "fraud is confirmed";
    case Uncounted::enterpriseCounts: return "the enterprise counts already";
  }
  return "";
}

std::string_view uncountedName(Uncounted why) {
  switch (why) {
    case Uncounted::notReform: return "notReform";
    case Uncounted::notAccepted: return "notAccepted";
    case Uncounted::levelTooLow: return "levelTooLow";
    case Uncounted::notAwarded: return "notAwarded";
    case Uncounted::fraudConfirmed: return "fraudConfirmed";
    case Uncounted::enterpriseCounts: return "enterpriseCounts";
  }
  return "";
}

std::optional<Uncounted> whyNotCounted(State const& state, Project const& project, Date day) {
  if (project.purpose != schema::Purpose::REFORM) return Uncounted::notReform;
  if (!project.acceptedOn) return Uncounted::notAccepted;
  auto const policy = state.figuresOn(day);
  if (policy && project.level < policy->minLevelAfter) return Uncounted::levelTooLow;
  auto const* const award = project.award ? state.awards.find(*project.award) : nullptr;
  bool const isSpent = award && (award->withdrawn || award->recovered().isPositive());
  if (!award || (isSpent && award->paid() <= award->recovered())) return Uncounted::notAwarded;
  auto const* const enterprise = state.organisations.find(project.enterprise);
  if (project.provenFrauds > 0 || (enterprise && enterprise->confirmedFrauds > 0)) return Uncounted::fraudConfirmed;
  return std::nullopt;
}

std::uint32_t countedEnterprises(State const& state, CityCode city, Date day) {
  std::set<Uscc> enterprises;
  state.projects.visit([&](EventRef const&, Project const& project) {
    if (project.city == city && !whyNotCounted(state, project, day)) enterprises.insert(project.enterprise);
  });
  return static_cast<std::uint32_t>(enterprises.size());
}

}  // namespace fundtrail::ledger::domain

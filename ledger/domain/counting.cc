// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/counting.h"

#include <set>

#include "ledger/domain/uscc.h"

namespace fundtrail::ledger::domain {

std::string_view uncountedZh(Uncounted why) {
  switch (why) {
    case Uncounted::notReform: return "非数字化改造项目";
    case Uncounted::notAccepted: return "尚未验收";
    case Uncounted::notAwarded: return "未获财政资金支持";
    case Uncounted::fraudConfirmed: return "骗补查实未结";
    case Uncounted::enterpriseCounts: return "该企业已计入一次";
  }
  return "";
}

std::string_view uncountedEn(Uncounted why) {
  switch (why) {
    case Uncounted::notReform: return "not a reform project";
    case Uncounted::notAccepted: return "not accepted yet";
    case Uncounted::notAwarded: return "not supported with public money";
    case Uncounted::fraudConfirmed: return "a finding of fraud is confirmed and open";
    case Uncounted::enterpriseCounts: return "the enterprise counts already";
  }
  return "";
}

std::string_view uncountedName(Uncounted why) {
  switch (why) {
    case Uncounted::notReform: return "notReform";
    case Uncounted::notAccepted: return "notAccepted";
    case Uncounted::notAwarded: return "notAwarded";
    case Uncounted::fraudConfirmed: return "fraudConfirmed";
    case Uncounted::enterpriseCounts: return "enterpriseCounts";
  }
  return "";
}

std::optional<Uncounted> whyNotCounted(State const& state, Project const& project) {
  if (project.purpose != schema::Purpose::REFORM) return Uncounted::notReform;
  if (!project.acceptedOn) return Uncounted::notAccepted;
  auto const* const award = project.award ? state.awards.find(*project.award) : nullptr;
  if (!award || (award->withdrawn && !award->paid().isPositive())) return Uncounted::notAwarded;
  if (project.confirmedFrauds > 0) return Uncounted::fraudConfirmed;
  return std::nullopt;
}

std::uint32_t countedEnterprises(State const& state, CityCode city) {
  std::set<Uscc> enterprises;
  state.projects.visit([&](EventRef const&, Project const& project) {
    if (project.city == city && !whyNotCounted(state, project)) enterprises.insert(project.enterprise);
  });
  return static_cast<std::uint32_t>(enterprises.size());
}

}  // namespace fundtrail::ledger::domain

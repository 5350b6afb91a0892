// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/authority.h"

#include <array>

#include "crypto/ensure.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;
using R = schema::Role;

constexpr bool kJudged = true;
constexpr bool kNotYet = false;
constexpr bool kTwoPersons = true;
constexpr bool kOnePerson = false;

constexpr auto kAuthorities = std::to_array<Authority>({
    {E::NOT_STATED, kNotYet, {}, Duty::none, kOnePerson},

    {E::POLICY_PUBLISHED, kJudged, {R::PROVINCE_INDUSTRY}, Duty::none, kOnePerson},
    {E::CITY_DESIGNATED, kJudged, {R::PROVINCE_INDUSTRY}, Duty::none, kOnePerson},
    {E::CITY_PLAN_FILED, kJudged, {R::CITY_INDUSTRY_CLERK, R::CITY_INDUSTRY_REVIEWER}, Duty::none, kOnePerson},
    {E::TRANCHE_ISSUED, kJudged, {R::PROVINCE_FINANCE}, Duty::none, kOnePerson},
    {E::TRANCHE_RECEIVED, kJudged, {R::CITY_FINANCE_CLERK}, Duty::none, kOnePerson},
    {E::TRANCHE_SPLIT, kJudged, {R::CITY_FINANCE_CLERK}, Duty::none, kOnePerson},
    {E::TRANCHE_ADJUSTED, kJudged, {R::PROVINCE_FINANCE}, Duty::none, kOnePerson},
    {E::TRANCHE_RECALLED, kJudged, {R::PROVINCE_FINANCE}, Duty::none, kOnePerson},
    {E::PERFORMANCE_EVALUATED, kJudged, {R::PROVINCE_INDUSTRY}, Duty::none, kOnePerson},
    {E::FINAL_SETTLEMENT, kJudged, {R::PROVINCE_INDUSTRY}, Duty::none, kOnePerson},

    {E::ORGANISATION_REGISTERED, kJudged, {R::CITY_INDUSTRY_CLERK, R::COUNTY_CLERK}, Duty::none, kOnePerson},
    {E::BANK_ACCOUNT_CHANGED, kJudged, {R::CITY_INDUSTRY_CLERK, R::CITY_FINANCE_CLERK}, Duty::none, kTwoPersons},
    {E::PROVIDER_LISTED, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::none, kOnePerson},
    {E::PROVIDER_DELISTED, kJudged, {R::CITY_INDUSTRY_REVIEWER, R::PROVINCE_INDUSTRY}, Duty::none, kOnePerson},
    {E::PRODUCT_LISTED, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::none, kOnePerson},
    {E::PRODUCT_PRICE_CHANGED, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::none, kOnePerson},
    {E::PRODUCT_DELISTED, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::none, kOnePerson},
    {E::COMPLAINT_FILED, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::none, kOnePerson},
    {E::COMPLAINT_CLOSED, kJudged, {R::CITY_INDUSTRY_REVIEWER}, Duty::none, kOnePerson},

    {E::CONTRACT_FILED, kJudged, {R::CITY_INDUSTRY_CLERK, R::COUNTY_CLERK, R::ENTERPRISE}, Duty::make, kOnePerson},
    {E::PROJECT_ENROLLED, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::make, kOnePerson},
    {E::LEVEL_ASSESSED, kJudged, {R::ASSESSOR}, Duty::review, kOnePerson},
    {E::APPLICATION_SUBMITTED,
     kJudged,
     {R::ENTERPRISE, R::COUNTY_CLERK, R::CITY_INDUSTRY_CLERK},
     Duty::make,
     kOnePerson},
    {E::APPLICATION_REVIEWED,
     kJudged,
     {R::COUNTY_CLERK, R::CITY_INDUSTRY_REVIEWER, R::EXPERT},
     Duty::review,
     kOnePerson},
    {E::SITE_CHECKED, kJudged, {R::CITY_INDUSTRY_REVIEWER, R::COUNTY_CLERK}, Duty::review, kOnePerson},
    {E::COST_VERIFIED, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::make, kOnePerson},
    {E::PROJECT_ACCEPTED, kJudged, {R::CITY_INDUSTRY_REVIEWER}, Duty::approve, kOnePerson},

    {E::SUBSIDY_PROPOSED, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::make, kOnePerson},
    {E::PUBLICITY_OPENED, kJudged, {R::CITY_INDUSTRY_CLERK, R::CITY_INDUSTRY_REVIEWER}, Duty::none, kOnePerson},
    {E::OBJECTION_RAISED, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::none, kOnePerson},
    {E::OBJECTION_RESOLVED, kJudged, {R::CITY_INDUSTRY_REVIEWER}, Duty::none, kOnePerson},
    {E::PUBLICITY_CLOSED, kJudged, {R::CITY_INDUSTRY_CLERK, R::CITY_INDUSTRY_REVIEWER}, Duty::none, kOnePerson},
    {E::AWARD_APPROVED, kJudged, {R::CITY_INDUSTRY_REVIEWER, R::CITY_FINANCE_APPROVER}, Duty::approve, kOnePerson},
    {E::AWARD_WITHDRAWN, kJudged, {R::CITY_INDUSTRY_REVIEWER, R::CITY_FINANCE_APPROVER}, Duty::none, kOnePerson},

    {E::PAYMENT_REQUESTED, kJudged, {R::CITY_FINANCE_CLERK}, Duty::make, kOnePerson},
    {E::PAYMENT_REVIEWED, kJudged, {R::CITY_FINANCE_REVIEWER}, Duty::review, kOnePerson},
    {E::PAYMENT_APPROVED, kJudged, {R::CITY_FINANCE_APPROVER}, Duty::approve, kOnePerson},
    {E::PAYMENT_INSTRUCTED, kJudged, {R::CITY_FINANCE_CLERK}, Duty::instruct, kOnePerson},
    {E::PAYMENT_SETTLED, kJudged, {R::CITY_FINANCE_CLERK}, Duty::settle, kOnePerson},
    {E::PAYMENT_RETURNED, kJudged, {R::CITY_FINANCE_CLERK}, Duty::settle, kOnePerson},
    {E::PAYMENT_CANCELLED,
     kJudged,
     {R::CITY_FINANCE_CLERK, R::CITY_FINANCE_REVIEWER, R::CITY_FINANCE_APPROVER},
     Duty::none,
     kOnePerson},

    {E::STATEMENT_IMPORTED, kJudged, {R::CITY_FINANCE_CLERK}, Duty::none, kOnePerson},
    {E::LINE_MATCHED, kJudged, {R::CITY_FINANCE_CLERK}, Duty::none, kOnePerson},
    {E::LINE_EXPLAINED, kJudged, {R::CITY_FINANCE_REVIEWER}, Duty::none, kOnePerson},

    {E::LOOK_BACK_DONE, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::none, kOnePerson},
    {E::FINDING_RAISED, kJudged, {R::AUDITOR}, Duty::none, kOnePerson},
    {E::RECTIFICATION_FILED, kJudged, {R::CITY_INDUSTRY_CLERK, R::PROVINCE_INDUSTRY}, Duty::none, kOnePerson},
    {E::RECTIFICATION_VERIFIED, kJudged, {R::AUDITOR}, Duty::none, kOnePerson},
    {E::RECOVERY_ORDERED, kJudged, {R::CITY_INDUSTRY_REVIEWER, R::CITY_FINANCE_REVIEWER}, Duty::approve, kOnePerson},
    {E::RECOVERY_RECEIVED, kJudged, {R::CITY_FINANCE_CLERK}, Duty::settle, kOnePerson},
    {E::RECOVERY_WAIVED, kJudged, {R::PROVINCE_FINANCE}, Duty::none, kTwoPersons},
    {E::PENALTY_IMPOSED, kJudged, {R::PROVINCE_INDUSTRY, R::CITY_INDUSTRY_REVIEWER}, Duty::none, kOnePerson},

    {E::KEY_ENROLLED, kJudged, {R::SECURITY_ADMIN}, Duty::none, kTwoPersons},
    {E::KEY_REVOKED, kJudged, {R::SECURITY_ADMIN}, Duty::none, kTwoPersons},
    {E::ROLE_GRANTED, kJudged, {R::SECURITY_ADMIN}, Duty::none, kTwoPersons},
    {E::ROLE_REVOKED, kJudged, {R::SECURITY_ADMIN}, Duty::none, kTwoPersons},
    // Who may confirm depends on what is confirmed: confirmingRoles().
    {E::CHANGE_CONFIRMED, kJudged, {}, Duty::none, kOnePerson},
    {E::WITNESS_ENROLLED, kJudged, {R::SECURITY_ADMIN}, Duty::none, kTwoPersons},
    // Who may reverse depends on what is reversed: reversingRoles().
    {E::EVENT_REVERSED, kJudged, {}, Duty::none, kTwoPersons},
    {E::PERIOD_CLOSED, kJudged, {R::LEDGER_OPERATOR}, Duty::none, kOnePerson},
    {E::AUDIT_CONCLUDED, kJudged, {R::AUDITOR}, Duty::none, kOnePerson},
    {E::SUBJECT_ERASED, kNotYet, {R::SECURITY_ADMIN}, Duty::none, kTwoPersons},
    {E::ORGANISATION_RENAMED, kJudged, {R::CITY_INDUSTRY_CLERK}, Duty::none, kTwoPersons},
});

consteval bool rowsStandInOrder() {
  for (std::size_t i = 0; i < kAuthorities.size(); ++i) {
    if (static_cast<std::size_t>(kAuthorities[i].type) != i) return false;
  }
  return true;
}
static_assert(rowsStandInOrder(), "row i is the event type numbered i");

}  // namespace

Authority const& authorityOf(schema::Event::Which type) {
  auto const index = static_cast<std::size_t>(type);
  crypto::ensure(index < kAuthorities.size(), "every event type has its row");
  return kAuthorities[index];
}

RoleSet confirmingRoles(schema::Event::Which pendingType) {
  switch (pendingType) {
    case E::BANK_ACCOUNT_CHANGED: return {R::CITY_INDUSTRY_REVIEWER, R::CITY_FINANCE_REVIEWER};
    case E::ORGANISATION_RENAMED: return {R::CITY_INDUSTRY_REVIEWER};
    case E::RECOVERY_WAIVED: return {R::PROVINCE_FINANCE};
    default: return {R::SECURITY_ADMIN};
  }
}

std::optional<ReversingRoles> reversingRoles(schema::Event::Which type) {
  switch (type) {
    case E::TRANCHE_ADJUSTED:
    case E::TRANCHE_RECALLED: return ReversingRoles{{R::PROVINCE_FINANCE}, {R::PROVINCE_FINANCE}};
    case E::FINAL_SETTLEMENT: return ReversingRoles{{R::PROVINCE_INDUSTRY}, {R::PROVINCE_FINANCE}};

    case E::TRANCHE_RECEIVED:
    case E::TRANCHE_SPLIT:
    case E::AWARD_APPROVED:
    case E::AWARD_WITHDRAWN:
    case E::PAYMENT_REVIEWED:
    case E::PAYMENT_APPROVED:
    case E::PAYMENT_INSTRUCTED:
    case E::PAYMENT_SETTLED:
    case E::PAYMENT_RETURNED:
    case E::PAYMENT_CANCELLED:
    case E::STATEMENT_IMPORTED:
    case E::LINE_MATCHED:
    case E::LINE_EXPLAINED:
    case E::RECOVERY_ORDERED:
    case E::RECOVERY_RECEIVED:
      return ReversingRoles{{R::CITY_FINANCE_CLERK, R::PROVINCE_FINANCE},
                            {R::CITY_FINANCE_REVIEWER, R::CITY_FINANCE_APPROVER, R::PROVINCE_FINANCE}};

    case E::CONTRACT_FILED:
    case E::PROJECT_ENROLLED:
    case E::LEVEL_ASSESSED:
    case E::APPLICATION_SUBMITTED:
    case E::APPLICATION_REVIEWED:
    case E::SITE_CHECKED:
    case E::COST_VERIFIED:
    case E::PROJECT_ACCEPTED:
    case E::SUBSIDY_PROPOSED:
    case E::PUBLICITY_OPENED:
    case E::PUBLICITY_CLOSED: return ReversingRoles{{R::CITY_INDUSTRY_CLERK}, {R::CITY_INDUSTRY_REVIEWER}};

    default: return std::nullopt;
  }
}

Reach reachOf(schema::Role role) {
  switch (role) {
    case R::CITY_INDUSTRY_CLERK:
    case R::CITY_INDUSTRY_REVIEWER:
    case R::CITY_FINANCE_CLERK:
    case R::CITY_FINANCE_REVIEWER:
    case R::CITY_FINANCE_APPROVER: return Reach::city;
    case R::COUNTY_CLERK: return Reach::cityOrCounty;
    case R::ENTERPRISE:
    case R::EXPERT:
    case R::ASSESSOR:
    case R::AUDITOR: return Reach::anywhere;
    default: return Reach::province;
  }
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/people.h"

#include <array>

namespace fundtrail::ledger::simulation {

using schema::Role;

std::span<Person const> oneOfEachRole() {
  static constexpr std::array kPeople{
      Person{Role::PROVINCE_INDUSTRY, "440000-industry-1"},
      Person{Role::PROVINCE_FINANCE, "440000-finance-1"},
      Person{Role::CITY_INDUSTRY_CLERK, "440100-ind-clerk-1"},
      Person{Role::CITY_INDUSTRY_REVIEWER, "440100-ind-reviewer-1"},
      Person{Role::CITY_FINANCE_CLERK, "440100-fin-clerk-1"},
      Person{Role::CITY_FINANCE_REVIEWER, "440100-fin-reviewer-1"},
      Person{Role::CITY_FINANCE_APPROVER, "440100-fin-approver-1"},
      Person{Role::COUNTY_CLERK, "440100-county-clerk-1"},
      Person{Role::ENTERPRISE, "440100-enterprise-1"},
      Person{Role::EXPERT, "440100-expert-1"},
      Person{Role::ASSESSOR, "440100-assessor-1"},
      Person{Role::AUDITOR, "440000-auditor-1"},
      Person{Role::SYSTEM_ADMIN, "440000-system-admin-1"},
      Person{Role::SECURITY_ADMIN, "440000-security-admin-1"},
      Person{Role::LEDGER_OPERATOR, "440000-operator-1"},
  };
  return kPeople;
}

}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/staff.h"

#include <utility>

#include <fmt/format.h>

#include "ledger/domain/codes.h"
#include "ledger/simulation/names.h"

namespace fundtrail::ledger::simulation {

using schema::Role;

crypto::PrivateKey ed25519KeyOf(std::string_view name) {
  return crypto::PrivateKey::fromEd25519Seed(crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(name)).bytes);
}

crypto::PrivateKey officialKey(Plan const& plan, std::string_view person, unsigned generation) {
  return plan.signing.keyOf(fmt::format("fundtrail simulated key\n{}\n{}\n{}", plan.seed, person, generation));
}

schema::KeyAlgorithm algorithmOf(crypto::PublicKey const& key) {
  return static_cast<schema::KeyAlgorithm>(key.algorithm());  // the numbers are the same by design
}

Staff::Staff(Plan const& plan) : plan_(plan) {
  auto const province = domain::CityCode::province();
  Random random(plan.seed, "founders");
  hire("440000-security-admin-1", "广东省数字政府运行中心（模拟）", Role::SECURITY_ADMIN, province, random);
  hire("440000-security-admin-2", "广东省审计厅（模拟）", Role::SECURITY_ADMIN, province, random);
  hire("440000-system-admin-1", "广东省数字政府运行中心（模拟）", Role::SYSTEM_ADMIN, province, random);
  hire("440000-operator-1", "广东省账本运行单位（模拟）", Role::LEDGER_OPERATOR, province, random);
  hire("440000-industry-1", "广东省工业和信息化厅（模拟）", Role::PROVINCE_INDUSTRY, province, random);
  hire("440000-finance-1", "广东省财政厅（模拟）", Role::PROVINCE_FINANCE, province, random);
  hire("440000-finance-2", "广东省财政厅（模拟）", Role::PROVINCE_FINANCE, province, random);
  hire("440000-auditor-1", "广东省审计厅（模拟）", Role::AUDITOR, province, random);
}

OfficialIndex Staff::hire(std::string id, std::string organisation, Role role, domain::CityCode region,
                          Random& random) {
  auto key = keyOf(id, 0);
  officials_.push_back({std::move(id), personName(random), std::move(organisation), role, region, 0, std::move(key)});
  return OfficialIndex(officials_.size() - 1);
}

CityOffice Staff::hireFor(domain::CityCode city, std::string const& assessor, Random& random) {
  auto const industry = fmt::format("{}工业和信息化局{}", domain::cityNameZh(city), kSimulated);
  auto const finance = fmt::format("{}财政局{}", domain::cityNameZh(city), kSimulated);
  auto const hireHere = [&](std::string_view desk, std::string const& organisation, Role role) {
    return hire(fmt::format("{}-{}", city.number(), desk), organisation, role, city, random);
  };
  return {
      .industryClerks = {hireHere("ind-clerk-1", industry, Role::CITY_INDUSTRY_CLERK),
                         hireHere("ind-clerk-2", industry, Role::CITY_INDUSTRY_CLERK)},
      .industryReviewer = hireHere("ind-reviewer-1", industry, Role::CITY_INDUSTRY_REVIEWER),
      .industryAccepter = hireHere("ind-reviewer-2", industry, Role::CITY_INDUSTRY_REVIEWER),
      .assessor = hireHere("assessor-1", assessor, Role::ASSESSOR),
      .financeRequester = hireHere("fin-clerk-1", finance, Role::CITY_FINANCE_CLERK),
      .financeReviewer = hireHere("fin-reviewer-1", finance, Role::CITY_FINANCE_REVIEWER),
      .financeApprover = hireHere("fin-approver-1", finance, Role::CITY_FINANCE_APPROVER),
      .financeInstructor = hireHere("fin-clerk-2", finance, Role::CITY_FINANCE_CLERK),
      .financeSettler = hireHere("fin-clerk-3", finance, Role::CITY_FINANCE_CLERK),
  };
}

OfficialIndex Staff::hireOutside(std::string_view desk, domain::CityCode city, std::string organisation, Role role,
                                 Random& random) {
  return hire(fmt::format("{}-{}", city.number(), desk), std::move(organisation), role, city, random);
}

OfficialIndex Staff::hireSuccessorOf(OfficialIndex index, Random& random) {
  auto const& before = (*this)[index];
  return hire(before.id + "-b", std::string(before.organisation), before.role, before.region, random);
}

void Staff::promote(OfficialIndex index, Role role) {
  officials_[static_cast<std::size_t>(index)].role = role;
}

void Staff::replaceKey(OfficialIndex index, unsigned generation) {
  auto& official = officials_[static_cast<std::size_t>(index)];
  official.generation = generation;
  official.key = keyOf(official.id, generation);
}

}  // namespace fundtrail::ledger::simulation

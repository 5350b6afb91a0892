// SPDX-License-Identifier: Apache-2.0
#include "api/access/sight.h"

#include <string>

#include "ledger/schema/values.capnp.h"

namespace fundtrail::api::access {

namespace domain = ledger::domain;
using ledger::schema::Role;

namespace {

constexpr domain::RoleSet kNeedPrivateData{
    Role::PROVINCE_FINANCE,      Role::CITY_FINANCE_CLERK, Role::CITY_FINANCE_REVIEWER,
    Role::CITY_FINANCE_APPROVER, Role::ENTERPRISE,         Role::AUDITOR,
    Role::SECURITY_ADMIN};

}  // namespace

Sight Sight::everything() {
  Sight sight;
  sight.all_ = true;
  return sight;
}

Sight Sight::of(Principal const& principal, domain::RoleSet roles) {
  Sight sight;
  // What is private is shown where every place that is seen is seen by a role that needs it: a person with two roles
  // does not see the accounts of one city by the other's.
  bool allNeedIt = true;
  bool allAdminister = true;
  bool any = false;
  for (auto const& grant : principal.grants) {
    if (!roles.contains(grant.role)) continue;
    if (grant.role == Role::ENTERPRISE) {
      auto const own = domain::Uscc::parse(principal.organisation);
      if (!own) continue;  // whose affairs, nobody knows
      sight.own_ = *own;
    } else if (grant.region.isProvince()) {
      sight.all_ = true;
    } else if (grant.region.isCounty()) {
      sight.counties_.insert(grant.region.number());
    } else {
      sight.cities_.insert(grant.region);
    }
    any = true;
    allNeedIt = allNeedIt && kNeedPrivateData.contains(grant.role);
    allAdminister = allAdminister && domain::sideOf(grant.role) == domain::Side::administration;
    sight.watched_ = sight.watched_ || domain::sideOf(grant.role) != domain::Side::business;
  }
  sight.privateData_ = any && allNeedIt;
  sight.onlyAdministers_ = any && allAdminister;
  return sight;
}

bool Sight::seesNothing() const {
  return !all_ && cities_.empty() && counties_.empty() && !own_;
}

bool Sight::sees(domain::CityCode region, std::uint32_t county, std::optional<domain::Uscc> const& enterprise) const {
  if (all_) return true;
  if (own_ && enterprise == own_) return true;
  if (region.isProvince()) return !cities_.empty() || !counties_.empty();
  if (cities_.contains(region.cityOf())) return true;
  return counties_.contains(county != 0 ? county : region.number());
}

std::string Sight::text() const {
  std::string text = all_ ? "all" : "";
  for (auto const city : cities_) text += '/' + city.text();
  for (auto const county : counties_) text += '/' + std::to_string(county);
  if (own_) text += '/' + std::string(own_->text());
  return text + (privateData_ ? "+" : "-") + (onlyAdministers_ ? "!" : "");
}

}  // namespace fundtrail::api::access

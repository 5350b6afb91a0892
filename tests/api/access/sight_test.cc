// SPDX-License-Identifier: Apache-2.0
#include "api/access/sight.h"

#include <gtest/gtest.h>

#include "crypto/digest.h"

namespace fundtrail::api::access {
namespace {

namespace domain = ledger::domain;
using ledger::schema::Role;

auto const kDongguan = domain::CityCode::fromNumber(441900).value();
auto const kGuangzhou = domain::CityCode::fromNumber(440100).value();
auto const kYuexiu = domain::CityCode::fromNumber(440104).value();

Principal holding(std::vector<std::pair<Role, domain::CityCode>> const& roles, std::string organisation = "office") {
  Principal principal{domain::KeyId(crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes("key"))),
                      "lin",
                      std::move(organisation),
                      {}};
  for (auto const& [role, region] : roles) {
    principal.grants.push_back({std::nullopt, role, region, domain::Date::first(), domain::Date::last()});
  }
  return principal;
}

domain::RoleSet const kBoth{
    Role::CITY_FINANCE_CLERK, Role::CITY_INDUSTRY_CLERK, Role::COUNTY_CLERK, Role::PROVINCE_FINANCE, Role::AUDITOR,
    Role::ENTERPRISE};

TEST(Sight, OfACityIsThatCity) {
  auto const sight = Sight::of(holding({{Role::CITY_FINANCE_CLERK, kDongguan}}), kBoth);
  EXPECT_TRUE(sight.sees(kDongguan, 0, std::nullopt));
  EXPECT_TRUE(sight.sees(kDongguan, 441901, std::nullopt));
  EXPECT_FALSE(sight.sees(kGuangzhou, 0, std::nullopt));
  EXPECT_FALSE(sight.sees(kGuangzhou, kYuexiu.number(), std::nullopt));
}

TEST(Sight, OfACountyIsThatCountyAlone) {
  auto const sight = Sight::of(holding({{Role::COUNTY_CLERK, kYuexiu}}), kBoth);
  EXPECT_TRUE(sight.sees(kGuangzhou, kYuexiu.number(), std::nullopt));
  EXPECT_FALSE(sight.sees(kGuangzhou, 0, std::nullopt));
  EXPECT_FALSE(sight.sees(kGuangzhou, 440105, std::nullopt));
}

TEST(Sight, OfTheProvinceIsEverything) {
  auto const sight = Sight::of(holding({{Role::PROVINCE_FINANCE, domain::CityCode::province()}}), kBoth);
  EXPECT_TRUE(sight.seesEverything());
  EXPECT_TRUE(sight.sees(kGuangzhou, 440105, std::nullopt));
}

TEST(Sight, ARoleThatAThingIsNotShownToAddsNothing) {
  auto const sight = Sight::of(holding({{Role::SYSTEM_ADMIN, domain::CityCode::province()}}), kBoth);
  EXPECT_TRUE(sight.seesNothing());
  EXPECT_FALSE(sight.sees(kDongguan, 0, std::nullopt));
  EXPECT_FALSE(sight.sees(domain::CityCode::province(), 0, std::nullopt));
}

TEST(Sight, PrivateDataIsForThoseWhoPayOrAudit) {
  EXPECT_TRUE(Sight::of(holding({{Role::CITY_FINANCE_CLERK, kDongguan}}), kBoth).seesPrivateData());
  EXPECT_TRUE(Sight::of(holding({{Role::AUDITOR, kDongguan}}), kBoth).seesPrivateData());
  EXPECT_FALSE(Sight::of(holding({{Role::CITY_INDUSTRY_CLERK, kDongguan}}), kBoth).seesPrivateData());
  EXPECT_FALSE(Sight::everything().seesPrivateData()) << "what is public shows none";
}

TEST(Sight, TwoRolesDoNotShowTheAccountsOfOneCityByTheOthers) {
  auto const sight =
      Sight::of(holding({{Role::CITY_FINANCE_CLERK, kDongguan}, {Role::CITY_INDUSTRY_CLERK, kGuangzhou}}), kBoth);
  EXPECT_TRUE(sight.sees(kGuangzhou, 0, std::nullopt));
  EXPECT_FALSE(sight.seesPrivateData());
}

TEST(Sight, AnAuditorIsWatchedAndAClerkIsNot) {
  EXPECT_TRUE(Sight::of(holding({{Role::AUDITOR, kDongguan}}), kBoth).isWatched());
  EXPECT_FALSE(Sight::of(holding({{Role::CITY_FINANCE_CLERK, kDongguan}}), kBoth).isWatched());
}

TEST(Sight, StaffOfNoKnownEnterpriseSeeNothing) {
  EXPECT_TRUE(Sight::of(holding({{Role::ENTERPRISE, kDongguan}}, "no code"), kBoth).seesNothing());
}

TEST(Sight, DifferentSightsHaveDifferentTexts) {
  auto const clerk = Sight::of(holding({{Role::CITY_FINANCE_CLERK, kDongguan}}), kBoth);
  auto const industry = Sight::of(holding({{Role::CITY_INDUSTRY_CLERK, kDongguan}}), kBoth);
  auto const other = Sight::of(holding({{Role::CITY_FINANCE_CLERK, kGuangzhou}}), kBoth);
  EXPECT_NE(clerk.text(), industry.text());
  EXPECT_NE(clerk.text(), other.text());
  EXPECT_NE(clerk.text(), Sight::everything().text());
}

}  // namespace
}  // namespace fundtrail::api::access

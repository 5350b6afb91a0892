// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/funds.h"

#include <gtest/gtest.h>

namespace fundtrail::ledger::domain {
namespace {

EventRef const kRef{crypto::Digest{}};
constexpr Place kIssued{{}, Stage::issued};
constexpr Place kAvailable{{}, Stage::available};
constexpr Place kReform{{schema::Purpose::REFORM, 0}, Stage::available};
constexpr Place kNansha{{schema::Purpose::REFORM, 440115}, Stage::available};

Tranche opened(Fen amount) {
  Tranche tranche{CityCode::fromNumber(440100).value(), {}, {}, 2025, Date::first(), 0, Fen(), {}, {}};
  tranche.apply({kRef, std::nullopt, kIssued, amount});
  return tranche;
}

TEST(Tranche, MovesMoneyFromPlaceToPlace) {
  auto tranche = opened(Fen::literal(100));
  tranche.apply({kRef, kIssued, kAvailable, Fen::literal(60)});
  EXPECT_EQ(tranche.issued, Fen::literal(100));
  EXPECT_EQ(tranche.balance(kIssued), Fen::literal(40));
  EXPECT_EQ(tranche.balance(kAvailable), Fen::literal(60));
  EXPECT_EQ(tranche.balance(kReform), Fen());
}

TEST(Tranche, SumsAStageOverItsPockets) {
  auto tranche = opened(Fen::literal(100));
  tranche.apply({kRef, kIssued, kReform, Fen::literal(30)});
  tranche.apply({kRef, kIssued, kNansha, Fen::literal(20)});
  EXPECT_EQ(tranche.sum(Stage::available), Fen::literal(50));
  EXPECT_EQ(tranche.sum(Stage::issued), Fen::literal(50));
}

TEST(Tranche, IsEqualWhereItsMoneyIsEqualWhateverTheWayThere) {
  auto const before = opened(Fen::literal(100));
  auto there = before;
  Posting const toNansha{kRef, kIssued, kNansha, Fen::literal(20)};
  Posting const toReform{kRef, kIssued, kReform, Fen::literal(30)};
  there.apply(toNansha);
  there.apply(toReform);
  auto otherWay = before;
  otherWay.apply(toReform);
  otherWay.apply(toNansha);
  EXPECT_EQ(there, otherWay);
  there.apply(inverse(toNansha));
  EXPECT_NE(there, before);
  there.apply(inverse(toReform));
  EXPECT_EQ(there, before);
}

TEST(Tranche, GivesUpWhatLeavesTheLedger) {
  auto tranche = opened(Fen::literal(100));
  tranche.apply({kRef, kIssued, std::nullopt, Fen::literal(100)});
  EXPECT_EQ(tranche.issued, Fen());
  EXPECT_TRUE(tranche.pockets.empty());
}

TEST(Tranche, AbortsRatherThanGoNegative) {
  auto tranche = opened(Fen::literal(100));
  EXPECT_DEATH(tranche.apply({kRef, kIssued, kAvailable, Fen::literal(101)}), "negative");
  EXPECT_DEATH(tranche.apply({kRef, kReform, kAvailable, Fen::literal(1)}), "negative");
}

TEST(Tranche, AllowsAnyPurposeUnlessRestricted) {
  auto tranche = opened(Fen::literal(1));
  EXPECT_TRUE(tranche.allows(schema::Purpose::REFORM));
  tranche.purposes = 1U << static_cast<unsigned>(schema::Purpose::TRAINING);
  EXPECT_TRUE(tranche.allows(schema::Purpose::TRAINING));
  EXPECT_FALSE(tranche.allows(schema::Purpose::REFORM));
}

TEST(City, FollowsThePlanFiledLastAmongThoseInForce) {
  auto const plan = [](std::uint32_t from, std::uint32_t rate) {
    CityPlan filed{Date::fromNumber(from).value(), 0, {}, 0, false, {}};
    filed.plans.push_back({schema::Purpose::REFORM,
                           BasisPoints::from(rate).value(),
                           {{2, Fen::literal(rate)}},
                           {},
                           BasisPoints::from(0).value(),
                           BasisPoints::from(0).value()});
    return filed;
  };
  City const city{schema::Region::PEARL_RIVER_DELTA,
                  350,
                  Fen(),
                  {plan(20240101, 1000), plan(20250101, 2000), plan(20240601, 3000)}};
  auto const rateOn = [&](std::uint32_t day) {
    auto const* const found = city.planFor(schema::Purpose::REFORM, Date::fromNumber(day).value());
    return found ? found->rate.count() : 0;
  };
  EXPECT_EQ(rateOn(20231231), 0U);
  EXPECT_EQ(rateOn(20240101), 1000U);
  EXPECT_EQ(rateOn(20240601), 3000U);
  EXPECT_EQ(rateOn(20250601), 3000U);
  EXPECT_EQ(city.planFor(schema::Purpose::TRAINING, Date::fromNumber(20250601).value()), nullptr);
}

TEST(PurposePlan, StatesACapPerLevel) {
  PurposePlan const plan{
      schema::Purpose::REFORM,      BasisPoints::from(1).value(), {{2, Fen::literal(5)}, {3, Fen::literal(9)}}, {},
      BasisPoints::from(0).value(), BasisPoints::from(0).value()};
  EXPECT_EQ(plan.capFor(3), Fen::literal(9));
  EXPECT_EQ(plan.capFor(4), std::nullopt);
}

}  // namespace
}  // namespace fundtrail::ledger::domain

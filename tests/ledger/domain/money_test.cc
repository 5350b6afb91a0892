// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/money.h"

#include <cstdint>
#include <limits>
#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fundtrail::ledger::domain {
namespace {

constexpr std::int64_t kMax = Fen::kMaxMagnitude;

static_assert(!std::is_convertible_v<std::int64_t, Fen> && !std::is_constructible_v<Fen, std::int64_t>);
static_assert(!std::is_constructible_v<Fen, double> && !std::is_convertible_v<Fen, std::int64_t>);
static_assert(Fen::literal(7) + Fen::literal(-9) == -Fen::literal(2));
static_assert(sizeof(Fen) == sizeof(std::int64_t));

rc::Gen<Fen> anyAmount() {
  return rc::gen::map(rc::gen::inRange<std::int64_t>(-kMax, kMax + 1),
                      [](std::int64_t fen) { return *Fen::from(fen); });
}

TEST(Fen, HoldsEveryAmountUpToTheMaximumAndNoneBeyond) {
  EXPECT_EQ(Fen::from(kMax)->count(), kMax);
  EXPECT_EQ(Fen::from(-kMax)->count(), -kMax);
  for (std::int64_t const fen :
       {kMax + 1, -kMax - 1, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
    EXPECT_EQ(Fen::from(fen), std::nullopt) << fen;
  }
}

TEST(Fen, NineThousandOfTheLargestAmountsStillFitInInt64) {
  EXPECT_LE(kMax, std::numeric_limits<std::int64_t>::max() / 9'000);
}

TEST(Fen, IsZeroUnlessGivenAnAmount) {
  EXPECT_TRUE(Fen().isZero());
  EXPECT_FALSE(Fen().isNegative());
  EXPECT_FALSE(Fen().isPositive());
  EXPECT_TRUE(Fen::literal(1).isPositive());
  EXPECT_TRUE(Fen::literal(-1).isNegative());
  EXPECT_LT(Fen::literal(-1), Fen());
}

TEST(Fen, CheckedArithmeticRefusesWhatLeavesTheRange) {
  Fen const max = Fen::literal(kMax);
  Fen const one = Fen::literal(1);
  EXPECT_EQ(max.plus(one), std::nullopt);
  EXPECT_EQ((-max).minus(one), std::nullopt);
  EXPECT_EQ(max.minus(one), Fen::literal(kMax - 1));
  EXPECT_EQ((-max).plus(max), Fen());
}

TEST(Fen, CheckedAndPlainArithmeticAgreeInsideTheRange) {
  EXPECT_TRUE(rc::check([] {
    Fen const a = *anyAmount();
    Fen const b = *anyAmount();
    if (auto const sum = a.plus(b)) {
      RC_ASSERT(*sum == a + b);
      RC_ASSERT(*sum - b == a);
      RC_ASSERT(sum->minus(a) == b);
    } else {
      RC_ASSERT(a.count() + b.count() > kMax || a.count() + b.count() < -kMax);
    }
  }));
}

TEST(FenDeathTest, PlainArithmeticOutsideTheRangeIsABug) {
  Fen const max = Fen::literal(kMax);
  EXPECT_DEATH(static_cast<void>(max + Fen::literal(1)), "kMaxMagnitude");
  EXPECT_DEATH(static_cast<void>(-max - Fen::literal(1)), "kMaxMagnitude");
  EXPECT_DEATH(static_cast<void>(Fen::literal(kMax + 1)), "kMaxMagnitude");
}

TEST(Fen, EqualAmountsAreOneKeyInASet) {
  std::unordered_set<Fen> const amounts = {Fen::literal(5), Fen::literal(5), Fen::literal(-5)};
  EXPECT_EQ(amounts.size(), 2u);
}

TEST(BasisPoints, GoFromNothingToTheWhole) {
  EXPECT_EQ(BasisPoints::from(0)->count(), 0u);
  EXPECT_EQ(BasisPoints::from(10'000)->count(), 10'000u);
  EXPECT_EQ(BasisPoints::from(10'001), std::nullopt);
}

TEST(Share, DropsTheFractionOfAFen) {
  BasisPoints const thirty = BasisPoints::from(3'000).value();
  EXPECT_EQ(share(Fen::literal(333), thirty, Rounding::down), Fen::literal(99));
  EXPECT_EQ(share(Fen::literal(3), thirty, Rounding::down), Fen());
  EXPECT_EQ(share(Fen::literal(100'000'000), thirty, Rounding::down), Fen::literal(30'000'000));
}

TEST(Share, OfTheLargestAmountDoesNotOverflow) {
  EXPECT_EQ(share(Fen::literal(kMax), BasisPoints::from(10'000).value(), Rounding::down), Fen::literal(kMax));
  EXPECT_EQ(share(Fen::literal(kMax), BasisPoints::from(9'999).value(), Rounding::down),
            Fen::literal(kMax / 10'000 * 9'999));
}

TEST(Share, OfANegativeAmountIsRefused) {
  EXPECT_EQ(share(Fen::literal(-1), BasisPoints::from(3'000).value(), Rounding::down), std::nullopt);
}

TEST(Share, IsTheLargestWholeAmountNotAboveTheExactOne) {
  EXPECT_TRUE(rc::check([] {
    Fen const amount = Fen::literal(*rc::gen::inRange<std::int64_t>(0, 900'000'000'000'000));
    auto const rate = *rc::gen::inRange<std::uint32_t>(0, 10'001);
    std::int64_t const part = share(amount, BasisPoints::from(rate).value(), Rounding::down)->count();
    // amount = whole × 10000 + rest, so that the exact share fits in 64 bits.
    std::int64_t const whole = amount.count() / 10'000;
    std::int64_t const rest = amount.count() % 10'000 * rate - (part - whole * rate) * 10'000;
    RC_ASSERT(rest >= 0);
    RC_ASSERT(rest < 10'000);
  }));
}

TEST(FormatYuan, WritesTwoDecimalsAndACommaPerThreeDigits) {
  EXPECT_EQ(formatYuan(Fen()), "0.00");
  EXPECT_EQ(formatYuan(Fen::literal(5)), "0.05");
  EXPECT_EQ(formatYuan(Fen::literal(-50)), "-0.50");
  EXPECT_EQ(formatYuan(Fen::literal(-100)), "-1.00");
  EXPECT_EQ(formatYuan(Fen::literal(99'999)), "999.99");
  EXPECT_EQ(formatYuan(Fen::literal(100'000)), "1,000.00");
  EXPECT_EQ(formatYuan(Fen::literal(8'000'000'000)), "80,000,000.00");
  EXPECT_EQ(formatYuan(Fen::literal(-kMax)), "-10,000,000,000,000.00");
}

TEST(ParseYuan, ReadsPlainAndGroupedAmounts) {
  EXPECT_EQ(parseYuan("80000000"), Fen::literal(8'000'000'000));
  EXPECT_EQ(parseYuan("80,000,000.00"), Fen::literal(8'000'000'000));
  EXPECT_EQ(parseYuan("0.5"), Fen::literal(50));
  EXPECT_EQ(parseYuan("0"), Fen());
  EXPECT_EQ(parseYuan("-0.01"), Fen::literal(-1));
  EXPECT_EQ(parseYuan("999"), Fen::literal(99'900));
  EXPECT_EQ(parseYuan("10000000000000.00"), Fen::literal(kMax));
}

TEST(ParseYuan, RefusesWhatIsNotOneClearAmount) {
  for (char const* const text : {"",
                                 "-",
                                 ".",
                                 ".5",
                                 "5.",
                                 "1.234",
                                 "1,00",
                                 "1,0000",
                                 ",100",
                                 "100,",
                                 "1,,000",
                                 "1,000,00",
                                 "1000,000",
                                 "1.0,0",
                                 " 1",
                                 "1 ",
                                 "1 000",
                                 "+1",
                                 "--1",
                                 "-,100",
                                 "1e3",
                                 "0x1",
                                 "¥1",
                                 "１",
                                 "01",
                                 "00",
                                 "0,100",
                                 "1.2.3",
                                 "NaN",
                                 "10000000000000.01",
                                 "-10000000000000.01",
                                 "99999999999999999999999999"}) {
    EXPECT_EQ(parseYuan(text), std::nullopt) << text;
  }
}

TEST(ParseYuan, ReadsBackWhatFormatYuanWrites) {
  EXPECT_TRUE(rc::check([] {
    Fen const amount = *anyAmount();
    std::string text = formatYuan(amount);
    RC_ASSERT(parseYuan(text) == amount);
    std::erase(text, ',');
    RC_ASSERT(parseYuan(text) == amount);
  }));
}

}  // namespace
}  // namespace fundtrail::ledger::domain

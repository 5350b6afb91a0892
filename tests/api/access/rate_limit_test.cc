// SPDX-License-Identifier: Apache-2.0
#include "api/access/rate_limit.h"

#include <gtest/gtest.h>

namespace fundtrail::api::access {
namespace {

namespace domain = ledger::domain;

domain::Instant at(std::int64_t milliseconds) {
  static auto const now = domain::Instant::parse("2026-08-03T09:00:00.000+08:00").value();
  return domain::Instant::fromMilliseconds(now.milliseconds() + milliseconds).value();
}

TEST(RateLimit, LetsABurstThroughAndThenSoManyASecond) {
  RateLimit limit({.perSecond = 2, .burst = 3});
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(limit.take("a", at(0))) << i;
  EXPECT_EQ(limit.take("a", at(0)), 1U);
  EXPECT_TRUE(limit.take("a", at(499)));
  EXPECT_FALSE(limit.take("a", at(500)));
  EXPECT_TRUE(limit.take("a", at(501)));
  EXPECT_FALSE(limit.take("a", at(1000)));
}

TEST(RateLimit, CountsEachForHimself) {
  RateLimit limit({.perSecond = 1, .burst = 1});
  EXPECT_FALSE(limit.take("a", at(0)));
  EXPECT_FALSE(limit.take("b", at(0)));
  EXPECT_TRUE(limit.take("a", at(0)));
}

TEST(RateLimit, NeverSavesUpMoreThanABurst) {
  RateLimit limit({.perSecond = 1000, .burst = 2});
  EXPECT_FALSE(limit.take("a", at(0)));
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(limit.take("a", at(1'000'000)));
  EXPECT_TRUE(limit.take("a", at(1'000'000)));
}

TEST(RateLimit, AClockThatIsSetBackGivesNothing) {
  RateLimit limit({.perSecond = 1, .burst = 1});
  EXPECT_FALSE(limit.take("a", at(10'000)));
  EXPECT_TRUE(limit.take("a", at(0)));
  EXPECT_TRUE(limit.take("a", at(10'500)));
  EXPECT_FALSE(limit.take("a", at(11'000)));
}

TEST(RateLimit, NoneLimitsNobody) {
  RateLimit limit({});
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(limit.take("a", at(0)));
}

TEST(RateLimit, RemembersNoMoreThanItMay) {
  RateLimit limit({.perSecond = 1, .burst = 1}, 10);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(limit.take(std::to_string(i), at(0)));
}

}  // namespace
}  // namespace fundtrail::api::access

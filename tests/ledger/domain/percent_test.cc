// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/percent.h"

#include <gtest/gtest.h>

namespace fundtrail::ledger::domain {
namespace {

TEST(Percent, IsWrittenWithNoMoreDigitsThanItNeeds) {
  EXPECT_EQ(percentText(0), "0%");
  EXPECT_EQ(percentText(3000), "30%");
  EXPECT_EQ(percentText(3350), "33.5%");
  EXPECT_EQ(percentText(3333), "33.33%");
  EXPECT_EQ(percentText(5), "0.05%");
  EXPECT_EQ(percentText(10'001), "100.01%");
}

}  // namespace
}  // namespace fundtrail::ledger::domain

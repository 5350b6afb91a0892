// SPDX-License-Identifier: Apache-2.0
#include "crypto/ensure.h"

#include <gtest/gtest.h>

#include "crypto/result.h"

namespace fundtrail::crypto {
namespace {

TEST(EnsureDeathTest, ABrokenFactAbortsAndNamesItselfAndItsPlace) {
  ensure(true, "all is well");
  EXPECT_DEATH(ensure(false, "sums add up"), "ensure_test.cc:[0-9]+: bug: sums add up");
}

TEST(ResultDeathTest, AskingAnErrorForItsValueAbortsWithTheMessage) {
  Result<int> const refused = Error{ErrorKind::denied, "the password does not fit"};
  EXPECT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::denied);
  EXPECT_DEATH(static_cast<void>(refused.value()), "ensure_test.cc:[0-9]+: bug: .*the password does not fit");
}

TEST(Result, HoldsAValueOrNothing) {
  EXPECT_EQ(Result<int>(7).value(), 7);
  EXPECT_TRUE(Result<void>().has_value());
}

}  // namespace
}  // namespace fundtrail::crypto

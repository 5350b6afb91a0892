// SPDX-License-Identifier: Apache-2.0
#include "api/http/request_id.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace fundtrail::api::http {
namespace {

TEST(RequestIds, AreNeverTheSameTwice) {
  RequestIds one;
  RequestIds other;
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert({one.next(), other.next()});
  EXPECT_EQ(ids.size(), 2000U);
  for (auto const& id : ids) EXPECT_TRUE(isHarmlessId(id)) << id;
}

TEST(RequestIds, OfOthersAreTakenIfTheyCanStandInALog) {
  for (auto const* id : {"a", "A-1_b.c", "0123456789012345678901234567890123456789012345678901234567890123"}) {
    EXPECT_TRUE(isHarmlessId(id)) << id;
  }
  for (auto const* id : {"", "a b", "a\"b", "a\nb", "{", "\x1b[0m", "号",
                         "01234567890123456789012345678901234567890123456789012345678901234"}) {
    EXPECT_FALSE(isHarmlessId(id)) << id;
  }
}

}  // namespace
}  // namespace fundtrail::api::http

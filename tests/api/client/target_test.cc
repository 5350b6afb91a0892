// SPDX-License-Identifier: Apache-2.0
#include "api/client/target.h"

#include <gtest/gtest.h>

namespace fundtrail::api::client {
namespace {

TEST(Target, EscapesWhatIsNoWord) {
  Target target("/v1/events");
  target.then("a/b ?").with("with", "80,000.00 & 广州").with("limit", std::uint64_t{5});
  EXPECT_EQ(target.text(), "/v1/events/a%2Fb%20%3F?with=80%2C000.00%20%26%20%E5%B9%BF%E5%B7%9E&limit=5");
}

TEST(Target, LeavesOutWhatIsNotSaid) {
  Target target("/v1/cities");
  target.with("kind", "").with("asOf", std::nullopt);
  EXPECT_EQ(target.text(), "/v1/cities");
}

}  // namespace
}  // namespace fundtrail::api::client

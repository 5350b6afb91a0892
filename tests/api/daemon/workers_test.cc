// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/workers.h"

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace fundtrail::api::daemon {
namespace {

TEST(Workers, RunWhatIsQueuedAndWhatComesOfItBeforeTheyStop) {
  std::atomic<int> ran = 0;
  {
    Workers workers(3, [](std::string_view) { FAIL(); });
    for (int i = 0; i < 100; ++i) {
      workers.later([&] {
        ++ran;
        workers.later([&] {
          ++ran;
          workers.later([&] { ++ran; });
        });
      });
    }
  }
  EXPECT_EQ(ran, 300);
}

TEST(Workers, AFailureIsToldAndKeepsNothing) {
  std::string said;
  auto const held = std::make_shared<int>(1);
  std::atomic<bool> after = false;
  {
    Workers workers(1, [&](std::string_view what) { said = what; });
    workers.later([held] { throw std::runtime_error("no luck"); });
    workers.later([&] { after = held.use_count() == 1; });
  }
  EXPECT_EQ(said, "no luck");
  EXPECT_TRUE(after) << "what the failed work held is gone, and others are run";
}

}  // namespace
}  // namespace fundtrail::api::daemon

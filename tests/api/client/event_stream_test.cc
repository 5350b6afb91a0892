// SPDX-License-Identifier: Apache-2.0
#include "api/client/event_stream.h"

#include <gtest/gtest.h>

namespace fundtrail::api::client {
namespace {

TEST(EventStream, EndsAnEventAtAnEmptyLine) {
  EventStream stream;
  EXPECT_TRUE(stream.take("id: 7\nevent: position\ndata: {}\n").empty());
  auto const events = stream.take("\n");
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0], (ServerEvent{"7", "position", "{}"}));
}

TEST(EventStream, TakesPartsOfAnySize) {
  std::string const text = "id: 1\r\ndata: a\r\ndata: b\r\n\r\n: alive\n\ndata:c\n\n";
  EventStream whole;
  EventStream bytes;
  std::vector<ServerEvent> collected;
  for (auto const c : text) {
    for (auto& event : bytes.take({&c, 1})) collected.push_back(std::move(event));
  }
  EXPECT_EQ(collected, whole.take(text));
  ASSERT_EQ(collected.size(), 2U);
  EXPECT_EQ(collected[0], (ServerEvent{"1", "", "a\nb"}));
  EXPECT_EQ(collected[1], (ServerEvent{"1", "", "c"})) << "the id stays until another is stated";
}

TEST(EventStream, ASignOfLifeIsNoEvent) {
  EventStream stream;
  EXPECT_TRUE(stream.take(": \n\n: \n\n").empty());
}

}  // namespace
}  // namespace fundtrail::api::client

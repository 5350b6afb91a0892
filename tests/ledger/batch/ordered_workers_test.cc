// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "ledger/batch/verifier.h"

namespace fundtrail::ledger::batch {
namespace {

struct Item {
  int number;
  int result = 0;
};

TEST(OrderedWorkers, HandItemsOnInTheOrderInWhichTheyCame) {
  // The first item's work ends only when the second's has: the second still comes out second.
  std::latch secondIsDone(1);
  OrderedWorkers<Item> workers(2, 4, [&](Item& item) {
    if (item.number == 0) secondIsDone.wait();
    item.result = item.number * 10;
    if (item.number == 1) secondIsDone.count_down();
  });
  EXPECT_TRUE(workers.push({0}));
  EXPECT_TRUE(workers.push({1}));
  for (int i = 0; i < 2; ++i) {
    auto const item = workers.pop();
    ASSERT_TRUE(item);
    EXPECT_EQ(item->number, i);
    EXPECT_EQ(item->result, i * 10);
  }
}

TEST(OrderedWorkers, HoldNoMoreThanTheirCapacity) {
  OrderedWorkers<Item> workers(1, 2, [](Item&) {});
  EXPECT_TRUE(workers.tryPush({0}));
  EXPECT_TRUE(workers.tryPush({1}));
  EXPECT_FALSE(workers.tryPush({2}));
  EXPECT_TRUE(workers.pop());
  EXPECT_TRUE(workers.tryPush({2}));
}

TEST(OrderedWorkers, WaitWithPushingUntilThereIsRoom) {
  OrderedWorkers<Item> workers(2, 3, [](Item& item) { item.result = 1; });
  static constexpr int kItems = 1000;
  std::thread producer([&] {
    for (int i = 0; i < kItems; ++i) workers.push({i});
    workers.close();
  });
  int count = 0;
  while (auto const item = workers.pop()) {
    EXPECT_EQ(item->number, count++);
    EXPECT_EQ(item->result, 1);
  }
  producer.join();
  EXPECT_EQ(count, kItems);
}

TEST(OrderedWorkers, GiveWhatIsInsideAfterClosingAndTakeNothingMore) {
  OrderedWorkers<Item> workers(1, 4, [](Item&) {});
  workers.push({7});
  workers.close();
  EXPECT_FALSE(workers.push({8}));
  EXPECT_EQ(workers.pop()->number, 7);
  EXPECT_FALSE(workers.pop());
}

TEST(OrderedWorkers, AreDestroyedWithItemsStillInside) {
  std::atomic<int> done = 0;
  {
    OrderedWorkers<Item> workers(2, 100, [&](Item&) { ++done; });
    for (int i = 0; i < 100; ++i) workers.push({i});
  }
  EXPECT_LE(done, 100);
}

TEST(OrderedWorkers, TryPopNeverWaits) {
  std::latch go(1);
  OrderedWorkers<Item> workers(1, 2, [&](Item&) { go.wait(); });
  EXPECT_FALSE(workers.tryPop());
  workers.push({1});
  EXPECT_FALSE(workers.tryPop());
  go.count_down();
  EXPECT_EQ(workers.pop()->number, 1);
}

}  // namespace
}  // namespace fundtrail::ledger::batch

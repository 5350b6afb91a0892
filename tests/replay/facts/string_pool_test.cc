// SPDX-License-Identifier: Apache-2.0
#include "replay/facts/string_pool.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace fundtrail::replay::facts {
namespace {

TEST(StringPool, KeepsEachTextOnce) {
  StringPool pool;
  auto const gateway = pool.add("网关");
  EXPECT_EQ(pool.add("网关"), gateway);
  EXPECT_NE(pool.add("路由"), gateway);
  EXPECT_EQ(pool[gateway], "网关");
}

TEST(StringPool, HoldsTheEmptyTextFromTheBeginning) {
  StringPool pool;
  EXPECT_TRUE(pool.add("").empty());
  EXPECT_EQ(pool.add(""), StringId());
  EXPECT_EQ(pool[StringId()], "");
}

TEST(StringPool, FindsOnlyWhatWasAdded) {
  StringPool pool;
  auto const id = pool.add("P-1");
  ASSERT_TRUE(pool.find("P-1"));
  EXPECT_EQ(*pool.find("P-1"), id);
  EXPECT_FALSE(pool.find("P-2"));
}

TEST(StringPool, KeepsTextsInPlaceWhileItGrowsAndMoves) {
  StringPool pool;
  std::vector<std::pair<StringId, std::string>> added;
  for (int i = 0; i < 3'000; ++i) {
    std::string const text(static_cast<std::size_t>(1 + i % 97), static_cast<char>('a' + i % 26));
    added.emplace_back(pool.add(text + std::to_string(i)), text + std::to_string(i));
  }
  std::string const huge(200'000, 'x');
  added.emplace_back(pool.add(huge), huge);
  added.emplace_back(pool.add("behind it"), "behind it");
  auto const moved = std::move(pool);
  for (auto const& [id, text] : added) EXPECT_EQ(moved[id], text);
}

}  // namespace
}  // namespace fundtrail::replay::facts

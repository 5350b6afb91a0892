// SPDX-License-Identifier: Apache-2.0
#include "api/access/sessions.h"

#include <gtest/gtest.h>

#include "crypto/digest.h"

namespace fundtrail::api::access {
namespace {

namespace domain = ledger::domain;

domain::Instant const kNow = domain::Instant::parse("2026-08-03T09:00:00.000+08:00").value();

domain::Instant after(std::int64_t milliseconds) {
  return domain::Instant::fromMilliseconds(kNow.milliseconds() + milliseconds).value();
}

domain::KeyId keyNamed(std::string_view name) {
  return domain::KeyId(crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(name)));
}

class SessionsTest : public ::testing::Test {
 protected:
  unsigned drawn_ = 0;
  Sessions sessions_{{.lifetime = 60'000, .perKey = 2}, [this](std::span<std::uint8_t> bytes) {
                       for (auto& byte : bytes) byte = static_cast<std::uint8_t>(++drawn_ * 7);
                     }};
};

TEST_F(SessionsTest, ATokenFindsItsSessionUntilItIsOver) {
  auto const opened = sessions_.open(keyNamed("lin"), false, kNow);
  EXPECT_EQ(opened.token.size(), 64U);
  auto const found = sessions_.find(opened.token, after(59'999));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->key, keyNamed("lin"));
  EXPECT_FALSE(sessions_.find(opened.token, after(60'000)));
  EXPECT_FALSE(sessions_.find("", kNow));
  EXPECT_FALSE(sessions_.find(std::string(64, '0'), kNow));
}

TEST_F(SessionsTest, AClosedSessionIsGone) {
  auto const opened = sessions_.open(keyNamed("lin"), false, kNow);
  sessions_.close(opened.token);
  sessions_.close(opened.token);
  EXPECT_FALSE(sessions_.find(opened.token, kNow));
  EXPECT_EQ(sessions_.size(), 0U);
}

TEST_F(SessionsTest, TheOldestOfAKeyEndsWhereThereWouldBeMoreThanItMayHave) {
  auto const first = sessions_.open(keyNamed("lin"), false, kNow);
  auto const second = sessions_.open(keyNamed("lin"), false, kNow);
  auto const others = sessions_.open(keyNamed("wu"), false, kNow);
  auto const third = sessions_.open(keyNamed("lin"), false, kNow);
  EXPECT_FALSE(sessions_.find(first.token, kNow));
  for (auto const& opened : {second, others, third}) EXPECT_TRUE(sessions_.find(opened.token, kNow));
}

TEST_F(SessionsTest, AllOfAKeyEndTogether) {
  auto const first = sessions_.open(keyNamed("lin"), false, kNow);
  auto const others = sessions_.open(keyNamed("wu"), true, kNow);
  sessions_.closeAllOf(keyNamed("lin"));
  EXPECT_FALSE(sessions_.find(first.token, kNow));
  ASSERT_TRUE(sessions_.find(others.token, kNow));
  EXPECT_TRUE(sessions_.find(others.token, kNow)->byCookie);
}

TEST_F(SessionsTest, WhatIsOverIsForgotten) {
  for (int i = 0; i < 100; ++i) {
    static_cast<void>(sessions_.open(keyNamed(std::to_string(i)), false, after(i * 60'000)));
  }
  EXPECT_EQ(sessions_.size(), 1U);
}

}  // namespace
}  // namespace fundtrail::api::access

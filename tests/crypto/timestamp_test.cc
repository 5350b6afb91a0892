// SPDX-License-Identifier: Apache-2.0
#include "crypto/timestamp.h"

#include <array>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/timestamp_authority.h"

namespace fundtrail::crypto {
namespace {

using testing::HasSubstr;
using tests::TimestampAuthority;

constexpr std::int64_t kTime = 1'740'000'000;  // 2025
constexpr std::string_view kText = "fundtrail.example/log\n7\nAAAA\n";
constexpr std::array<std::uint8_t, 16> kNonce{0x81, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
constexpr std::array<std::uint8_t, 16> kOther{1, 1, 1};

struct TimestampTest : testing::Test {
  Bytes token(std::int64_t time = kTime, std::string_view text = kText) const {
    auto const request = makeTimestampRequest(text, kNonce);
    return trusted.takeResponse(request, authority.answer(request, time), text).value();
  }

  TimestampAuthority authority{"时间戳中心"};
  TimestampAuthorities trusted = TimestampAuthorities::fromPem(authority.rootPem()).value();
};

TEST_F(TimestampTest, SaysWhoSawTheTextAndWhen) {
  auto const stamp = trusted.verify(token(), kText);
  ASSERT_TRUE(stamp) << stamp.error().message;
  EXPECT_EQ(stamp->time, kTime);
  EXPECT_EQ(stamp->authority, "CN = 时间戳中心");
}

TEST_F(TimestampTest, HoldsAfterTheCertificateHasExpiredIfItWasValidThen) {
  // The certificates end with 2029; the machine that runs this may be of any later day.
  EXPECT_TRUE(trusted.verify(token(1'893'455'999), kText));
  auto const request = makeTimestampRequest(kText, kNonce);
  auto const late = trusted.takeResponse(request, authority.answer(request, 1'893'456'001), kText);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::denied);
}

TEST_F(TimestampTest, IsOfOneTextAlone) {
  auto const other = trusted.verify(token(), "fundtrail.example/log\n8\nAAAA\n");
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().message, HasSubstr("of something else"));
}

TEST_F(TimestampTest, ByAnotherAuthorityIsDenied) {
  TimestampAuthority const stranger("时间戳中心");
  auto const request = makeTimestampRequest(kText, kNonce);
  auto const taken = trusted.takeResponse(request, stranger.answer(request, kTime), kText);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, ErrorKind::denied);
}

/// RFC 3161 section 2.3: for time-stamping, for nothing else, and that extension is critical.
TEST_F(TimestampTest, ByACertificateForAnythingElseIsDenied) {
  for (auto const* usage : {"critical,serverAuth", "timeStamping", "critical,timeStamping,serverAuth"}) {
    TimestampAuthority const general("时间戳中心", usage);
    auto const trustsIt = TimestampAuthorities::fromPem(general.rootPem()).value();
    auto const request = makeTimestampRequest(kText, kNonce);
    auto const taken = trustsIt.takeResponse(request, general.answer(request, kTime), kText);
    ASSERT_FALSE(taken) << usage;
    EXPECT_EQ(taken.error().kind, ErrorKind::denied);
    EXPECT_THAT(taken.error().message, HasSubstr("certificate verify error")) << usage;
  }
}

TEST_F(TimestampTest, WhoTrustsTwoAuthoritiesTakesEither) {
  TimestampAuthority const second("第二时间戳中心");
  auto const both = TimestampAuthorities::fromPem(authority.rootPem() + second.rootPem()).value();
  auto const request = makeTimestampRequest(kText, kNonce);
  EXPECT_TRUE(both.takeResponse(request, authority.answer(request, kTime), kText));
  EXPECT_TRUE(both.takeResponse(request, second.answer(request, kTime), kText));
}

TEST_F(TimestampTest, TheAnswerToAnotherQuestionIsDenied) {
  auto const request = makeTimestampRequest(kText, kNonce);
  auto const replayed = authority.answer(makeTimestampRequest(kText, kOther), kTime);
  EXPECT_EQ(trusted.takeResponse(request, replayed, kText).error().kind, ErrorKind::denied);
  auto const another = authority.answer(makeTimestampRequest("another text\n", kNonce), kTime);
  EXPECT_EQ(trusted.takeResponse(request, another, kText).error().kind, ErrorKind::denied);
}

TEST_F(TimestampTest, ARefusalIsDeniedAndNotTaken) {
  auto const taken = trusted.takeResponse(makeTimestampRequest(kText, kNonce), TimestampAuthority::refusal(), kText);
  ASSERT_FALSE(taken);
  EXPECT_THAT(taken.error().message, HasSubstr("refused"));
}

TEST_F(TimestampTest, EveryChangedByteIsNoticed) {
  auto const good = token();
  std::size_t same = 0;
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad[i] ^= 0x20;
    auto const stamp = trusted.verify(bad, kText);
    // A token carries fields that nobody signs and nothing here reads, as the list of hash algorithms and the version
    // of the signer's information.
    if (!stamp) continue;
    EXPECT_EQ(*stamp, (Timestamp{kTime, "CN = 时间戳中心"})) << "byte " << i;
    ++same;
  }
  EXPECT_LT(same, good.size() / 20);
}

TEST_F(TimestampTest, WhatIsNoTokenIsBadInput) {
  EXPECT_EQ(trusted.verify({}, kText).error().kind, ErrorKind::badInput);
  EXPECT_EQ(trusted.verify(Bytes(100, 0x30), kText).error().kind, ErrorKind::badInput);
  auto longer = token();
  longer.push_back(0);
  EXPECT_EQ(trusted.verify(longer, kText).error().kind, ErrorKind::badInput);
  auto shorter = token();
  shorter.pop_back();
  EXPECT_EQ(trusted.verify(shorter, kText).error().kind, ErrorKind::badInput);
  auto const request = makeTimestampRequest(kText, kNonce);
  EXPECT_EQ(trusted.takeResponse(request, asBytes("<html>"), kText).error().kind, ErrorKind::badInput);
}

TEST_F(TimestampTest, AuthoritiesAreReadFromPem) {
  EXPECT_FALSE(TimestampAuthorities::fromPem(""));
  EXPECT_FALSE(TimestampAuthorities::fromPem("no certificate"));
  auto damaged = authority.rootPem();
  damaged[damaged.size() / 2] = '!';
  EXPECT_FALSE(TimestampAuthorities::fromPem(damaged));
  EXPECT_TRUE(TimestampAuthorities::fromPem("our authority\n" + authority.rootPem()));
}

}  // namespace
}  // namespace fundtrail::crypto

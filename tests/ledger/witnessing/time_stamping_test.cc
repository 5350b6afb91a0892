// SPDX-License-Identifier: Apache-2.0
#include "ledger/witnessing/time_stamping.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/checkpoint.h"
#include "crypto/note.h"
#include "tests/support/timestamp_authority.h"

namespace fundtrail::ledger::witnessing {
namespace {

using crypto::ErrorKind;

constexpr char kUrl[] = "http://stamps.example/";
constexpr std::array<std::uint8_t, 16> kNonce{9, 9};

struct TimeStampingTest : testing::Test {
  crypto::Result<attestation::Stamp> stamp(http::Answer const& answer) const {
    return stampCheckpoint(note, kUrl, trusted, kNonce, [&](http::Request const&) { return answer; });
  }

  tests::TimestampAuthority authority{"authority"};
  crypto::TimestampAuthorities trusted = crypto::TimestampAuthorities::fromPem(authority.rootPem()).value();
  std::string text = crypto::formatCheckpoint({"log.example", 7, {}});
  std::string note = text + "\n— log.example AAAAAAA=\n";
};

TEST_F(TimeStampingTest, AsksAsRfc3161Says) {
  http::Request asked;
  auto const made = stampCheckpoint(note, kUrl, trusted, kNonce, [&](http::Request const& request) {
    asked = request;
    return http::Answer{200, "application/timestamp-reply",
                        std::string(crypto::asText(authority.answer(request.body, 1'740'000'000)))};
  });
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(asked.url, kUrl);
  EXPECT_EQ(asked.contentType, "application/timestamp-query");
  EXPECT_EQ(made->note, note);
  EXPECT_EQ(trusted.verify(made->token, text)->time, 1'740'000'000U) << "signature lines are not stamped";
}

TEST_F(TimeStampingTest, WhatIsNoStampIsNotKept) {
  EXPECT_EQ(stamp({503, "", ""}).error().kind, ErrorKind::io);
  EXPECT_EQ(stamp({200, "text/html", "<html>"}).error().kind, ErrorKind::badInput);
  auto const refusal = tests::TimestampAuthority::refusal();
  EXPECT_EQ(stamp({200, "", std::string(crypto::asText(refusal))}).error().kind, ErrorKind::denied);
  auto const other = authority.answer(crypto::makeTimestampRequest(note, kNonce), 1'740'000'000);
  EXPECT_EQ(stamp({200, "", std::string(crypto::asText(other))}).error().kind, ErrorKind::denied);
}

TEST_F(TimeStampingTest, NobodyIsAskedAboutWhatIsNoCheckpoint) {
  auto const made = stampCheckpoint("no note", kUrl, trusted, kNonce, [](http::Request const&) -> http::Answer {
    ADD_FAILURE();
    return {};
  });
  EXPECT_EQ(made.error().kind, ErrorKind::badInput);
}

}  // namespace
}  // namespace fundtrail::ledger::witnessing

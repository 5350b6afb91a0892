// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fundtrail::crypto {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr Validity k2024{seconds(1'704'067'200), seconds(1'735'689'600)};

TEST(SelfSigned, IsACertificateAndItsKey) {
  std::vector<std::string> const names{"ledger.example", "127.0.0.1", "::1"};
  auto const made = makeSelfSigned(names, k2024);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_THAT(made->certificate, StartsWith("-----BEGIN CERTIFICATE-----"));
  EXPECT_THAT(made->key, StartsWith("-----BEGIN PRIVATE KEY-----"));
  EXPECT_THAT(made->certificate, Not(HasSubstr("PRIVATE")));
}

TEST(SelfSigned, HoldsAsLongAsItWasAskedTo) {
  std::vector<std::string> const names{"ledger.example"};
  auto const validity = certificateValidity(makeSelfSigned(names, k2024)->certificate);
  ASSERT_TRUE(validity);
  EXPECT_EQ(validity->notBefore, k2024.notBefore);
  EXPECT_EQ(validity->notAfter, k2024.notAfter);
}

TEST(SelfSigned, IsAnotherOneEachTime) {
  std::vector<std::string> const names{"ledger.example"};
  auto const one = makeSelfSigned(names, k2024)->certificate;
  auto const other = makeSelfSigned(names, k2024)->certificate;
  EXPECT_EQ(certificateFingerprint(one).value(), certificateFingerprint("text in front\n" + one).value());
  EXPECT_NE(certificateFingerprint(one).value(), certificateFingerprint(other).value());
}

TEST(SelfSigned, TakesNoNameThatSaysMoreThanOneThing) {
  for (auto const* name : {"", "a,IP:10.0.0.1", "a b", "域名", "a\nb", "a/b"}) {
    std::vector<std::string> const names{name};
    auto const made = makeSelfSigned(names, k2024);
    ASSERT_FALSE(made) << name;
    EXPECT_EQ(made.error().kind, ErrorKind::badInput);
    EXPECT_FALSE(made.error().zh.empty());
  }
}

TEST(Certificates, ATextWithoutOneIsRefused) {
  for (auto const* text : {"", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "MIIB"}) {
    EXPECT_EQ(certificateFingerprint(text).error().kind, ErrorKind::badInput) << text;
    EXPECT_EQ(certificateValidity(text).error().kind, ErrorKind::badInput) << text;
  }
}

}  // namespace
}  // namespace fundtrail::crypto

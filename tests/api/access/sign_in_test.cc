// SPDX-License-Identifier: Apache-2.0
#include "api/access/sign_in.h"

#include <gtest/gtest.h>

#include "crypto/digest.h"
#include "tests/support/founders.h"

namespace fundtrail::api::access {
namespace {

namespace domain = ledger::domain;

domain::Instant const kNow = domain::Instant::parse("2026-08-03T09:00:00.000+08:00").value();

domain::Instant after(std::int64_t milliseconds) {
  return domain::Instant::fromMilliseconds(kNow.milliseconds() + milliseconds).value();
}

domain::LedgerId ledgerNamed(std::string_view name) {
  return domain::LedgerId(crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(name)));
}

class SignInTest : public ::testing::Test {
 protected:
  Randomness counting() {
    return [this](std::span<std::uint8_t> bytes) {
      for (auto& byte : bytes) byte = static_cast<std::uint8_t>(++drawn_);
    };
  }
  crypto::Bytes sign(Challenge const& challenge) { return key_.sign(crypto::asBytes(challenge.text)); }
  crypto::Result<void> redeem(SignIn& signIn, Challenge const& challenge, domain::Instant at = kNow) {
    return signIn.redeem(id_, key_.publicKey(), challenge.nonce, sign(challenge), at);
  }

  unsigned drawn_ = 0;
  crypto::PrivateKey key_ = tests::keyOf("lin");
  domain::KeyId id_{key_.publicKey().fingerprint(crypto::HashAlgorithm::sha256)};
  SignIn signIn_{ledgerNamed("ours"), "https://ledger.example", counting()};
};

TEST_F(SignInTest, ASignedChallengeIsRedeemedOnce) {
  auto const challenge = signIn_.challenge(id_, kNow);
  EXPECT_TRUE(redeem(signIn_, challenge));
  auto const again = redeem(signIn_, challenge);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, crypto::ErrorKind::denied);
}

TEST_F(SignInTest, TheTextNamesLedgerServerKeyAndItsOwnPurpose) {
  auto const text = signIn_.challenge(id_, kNow).text;
  EXPECT_TRUE(text.starts_with("fundtrail/session/v1\n")) << "so that it is no batch";
  EXPECT_NE(text.find("\nledger " + ledgerNamed("ours").text() + '\n'), std::string::npos);
  EXPECT_NE(text.find("\naudience https://ledger.example\n"), std::string::npos);
  EXPECT_NE(text.find("\nkey " + id_.text() + '\n'), std::string::npos);
}

TEST_F(SignInTest, AChallengeIsOverAfterTwoMinutes) {
  auto const challenge = signIn_.challenge(id_, kNow);
  EXPECT_FALSE(redeem(signIn_, challenge, after(120'000)));
  EXPECT_TRUE(redeem(signIn_, challenge, after(119'999)));
}

TEST_F(SignInTest, AFailedSignatureDoesNotUseTheChallengeUp) {
  auto const challenge = signIn_.challenge(id_, kNow);
  auto const others = tests::keyOf("wu").sign(crypto::asBytes(challenge.text));
  EXPECT_FALSE(signIn_.redeem(id_, key_.publicKey(), challenge.nonce, others, kNow));
  EXPECT_TRUE(redeem(signIn_, challenge));
}

TEST_F(SignInTest, AChallengeIsForOneKey) {
  auto const challenge = signIn_.challenge(id_, kNow);
  auto const other = tests::keyOf("wu");
  domain::KeyId const otherId(other.publicKey().fingerprint(crypto::HashAlgorithm::sha256));
  EXPECT_FALSE(
      signIn_.redeem(otherId, other.publicKey(), challenge.nonce, other.sign(crypto::asBytes(challenge.text)), kNow));
}

TEST_F(SignInTest, AnotherServersChallengeIsVoidEvenWhereItsTextIsTheSame) {
  SignIn another(ledgerNamed("ours"), "https://ledger.example", counting());
  EXPECT_FALSE(redeem(another, signIn_.challenge(id_, kNow)));
}

TEST_F(SignInTest, NoByteOfANonceCanBeChanged) {
  auto const challenge = signIn_.challenge(id_, kNow);
  for (std::size_t i = 0; i < challenge.nonce.size(); ++i) {
    auto changed = challenge;
    changed.nonce[i] = changed.nonce[i] == '0' ? '1' : '0';
    EXPECT_FALSE(redeem(signIn_, changed)) << i;
  }
  for (auto const* const text : {"", "00", "zz", "not hexadecimal"}) {
    auto changed = challenge;
    changed.nonce = text;
    EXPECT_FALSE(redeem(signIn_, changed)) << text;
  }
}

TEST_F(SignInTest, ChallengesDiffer) {
  EXPECT_NE(signIn_.challenge(id_, kNow).nonce, signIn_.challenge(id_, kNow).nonce);
}

}  // namespace
}  // namespace fundtrail::api::access

// SPDX-License-Identifier: Apache-2.0
#include "crypto/keys.h"

#include <algorithm>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

constexpr std::string_view kPassword = "moon-over-the-dam";

std::string keyFile(std::string const& name) {
  return testing::readText(testing::ownVector("keys/" + name));
}

template <class T>
ErrorKind kindOf(Result<T> const& result) {
  EXPECT_TRUE(result.has_error());
  return result.has_error() ? result.error().kind : ErrorKind::io;
}

PublicKey publicKeyOf(PrivateKey const& key) {
  return key.publicKey();
}

class EveryScheme : public ::testing::TestWithParam<KeyAlgorithm> {
 protected:
  PrivateKey const key_ = PrivateKey::generate(GetParam()).value();
};
INSTANTIATE_TEST_SUITE_P(, EveryScheme, ::testing::Values(KeyAlgorithm::ed25519, KeyAlgorithm::p256, KeyAlgorithm::sm2),
                         [](auto const& param) { return std::string(name(param.param)); });

TEST_P(EveryScheme, SignsWhatItsPublicKeyVerifies) {
  EXPECT_EQ(key_.algorithm(), GetParam());
  EXPECT_TRUE(rc::check([this](Bytes const& message) {
    Bytes const signature = key_.sign(message);
    RC_ASSERT(key_.publicKey().verify(message, signature));
    Bytes changed = message;
    changed.push_back(0);
    RC_ASSERT(!key_.publicKey().verify(changed, signature));
  }));
}

TEST_P(EveryScheme, NoChangedSignatureVerifies) {
  BytesView const message = asBytes("payment");
  Bytes signature = key_.sign(message);
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    signature[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    EXPECT_FALSE(key_.publicKey().verify(message, signature)) << "bit " << bit;
    signature[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
  }
  for (std::size_t size = 0; size < signature.size(); ++size) {
    EXPECT_FALSE(key_.publicKey().verify(message, BytesView(signature).first(size))) << size;
  }
  signature.push_back(0);
  EXPECT_FALSE(key_.publicKey().verify(message, signature));
}

TEST_P(EveryScheme, NoOtherKeyVerifies) {
  BytesView const message = asBytes("payment");
  Bytes const signature = key_.sign(message);
  for (auto const algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::p256, KeyAlgorithm::sm2}) {
    EXPECT_FALSE(PrivateKey::generate(algorithm)->publicKey().verify(message, signature));
  }
}

TEST_P(EveryScheme, ThePublicKeySurvivesEveryEncoding) {
  PublicKey const& key = key_.publicKey();
  EXPECT_EQ(PublicKey::fromSpki(key.spki()).value(), key);
  EXPECT_EQ(PublicKey::fromRaw(GetParam(), key.raw()).value(), key);
  EXPECT_EQ(PublicKey::fromPem(key.pem()).value(), key);
  EXPECT_EQ(key.spki().size(), GetParam() == KeyAlgorithm::ed25519 ? 44U : 91U);
  EXPECT_EQ(key.fingerprint(HashAlgorithm::sm3), hash(HashAlgorithm::sm3, key.spki()));
  EXPECT_FALSE(key == publicKeyOf(PrivateKey::generate(GetParam()).value()));
}

TEST_P(EveryScheme, TheKeyRefusesItsEncodingWithAnyByteTooManyOrTooFew) {
  BytesView const spki = key_.publicKey().spki();
  for (std::size_t size = 0; size < spki.size(); ++size) {
    EXPECT_TRUE(PublicKey::fromSpki(spki.first(size)).has_error()) << size;
    EXPECT_TRUE(PublicKey::fromSpki(spki.subspan(spki.size() - size)).has_error()) << size;
  }
  Bytes longer(spki.begin(), spki.end());
  longer.push_back(0);
  EXPECT_EQ(kindOf(PublicKey::fromSpki(longer)), ErrorKind::badInput);
}

TEST_P(EveryScheme, WhateverSpkiIsTakenIsGivenBackUnchanged) {
  BytesView const original = key_.publicKey().spki();
  for (std::size_t bit = 0; bit < original.size() * 8; ++bit) {
    Bytes spki(original.begin(), original.end());
    spki[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    auto const key = PublicKey::fromSpki(spki);
    if (key) {
      EXPECT_TRUE(std::ranges::equal(key->spki(), spki)) << bit;
      // A point cannot move along one coordinate and stay on the curve; an Ed25519 key is one coordinate.
      EXPECT_EQ(GetParam(), KeyAlgorithm::ed25519) << bit;
    }
  }
}

TEST_P(EveryScheme, ThePrivateKeySurvivesItsPem) {
  auto const pem = key_.toPem("密码 with spaces").value();
  EXPECT_TRUE(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
  auto const again = PrivateKey::fromPem("a note before it\n" + pem, "密码 with spaces").value();
  EXPECT_EQ(again.algorithm(), GetParam());
  EXPECT_EQ(again.publicKey(), key_.publicKey());
  EXPECT_TRUE(key_.publicKey().verify(asBytes("payment"), again.sign(asBytes("payment"))));
  EXPECT_NE(key_.toPem("密码 with spaces").value(), pem);
}

TEST_P(EveryScheme, AWrongPasswordIsDeniedAndSaysSo) {
  auto const pem = key_.toPem("right").value();
  for (std::string_view const wrong : {"wrong", "Right", "right ", "righ", "r"}) {
    auto const key = PrivateKey::fromPem(pem, wrong);
    ASSERT_EQ(kindOf(key), ErrorKind::denied) << wrong;
    EXPECT_NE(key.error().message.find("password"), std::string::npos);
  }
}

TEST_P(EveryScheme, AnEmptyOrEndlessPasswordIsRefusedBothWays) {
  auto const pem = key_.toPem("right").value();
  for (std::string const& bad : {std::string(), std::string(1025, 'x')}) {
    EXPECT_EQ(kindOf(key_.toPem(bad)), ErrorKind::badInput);
    EXPECT_EQ(kindOf(PrivateKey::fromPem(pem, bad)), ErrorKind::badInput);
  }
  std::string const longest(1024, 'x');
  EXPECT_TRUE(PrivateKey::fromPem(key_.toPem(longest).value(), longest).has_value());
}

TEST_P(EveryScheme, ATruncatedPemIsBadInput) {
  auto const pem = key_.toPem("right").value();
  for (std::size_t size = 0; size + 1 < pem.size(); ++size) {
    ASSERT_EQ(kindOf(PrivateKey::fromPem(std::string_view(pem).substr(0, size), "right")), ErrorKind::badInput) << size;
  }
  auto const publicPem = key_.publicKey().pem();
  for (std::size_t size = 0; size + 1 < publicPem.size(); ++size) {
    ASSERT_EQ(kindOf(PublicKey::fromPem(std::string_view(publicPem).substr(0, size))), ErrorKind::badInput) << size;
  }
}

TEST_P(EveryScheme, ADamagedPemOpensOnlyAsAKeyWhoseHalvesFit) {
  auto const pem = key_.toPem("right").value();
  for (std::size_t position = 40; position < pem.size() - 40; position += 11) {
    std::string damaged = pem;
    damaged[position] = damaged[position] == 'A' ? 'B' : 'A';
    auto const key = PrivateKey::fromPem(damaged, "right");
    if (key) {
      EXPECT_TRUE(key->publicKey().verify(asBytes("payment"), key->sign(asBytes("payment")))) << position;
      // Only an Ed25519 file, which holds no public half, can turn into another key.
      EXPECT_TRUE(GetParam() == KeyAlgorithm::ed25519 || key->publicKey() == key_.publicKey()) << position;
    }
  }
}

TEST_P(EveryScheme, OneKeyServesSeveralThreads) {
  std::vector<std::thread> threads;
  std::array<int, 4> verified{};
  threads.reserve(verified.size());
  for (int& count : verified) {
    threads.emplace_back([this, &count, key = key_.publicKey()] {
      for (int i = 0; i < 20; ++i) {
        std::string const message = "payment " + std::to_string(i);
        count += key.verify(asBytes(message), key_.sign(asBytes(message))) ? 1 : 0;
      }
    });
  }
  std::ranges::for_each(threads, &std::thread::join);
  EXPECT_EQ(verified, (std::array<int, 4>{20, 20, 20, 20}));
}

class OpensslKeyFile : public ::testing::TestWithParam<std::pair<char const*, char const*>> {};
INSTANTIATE_TEST_SUITE_P(, OpensslKeyFile,
                         ::testing::Values(std::pair("ed25519.pem", "ed25519.pub.pem"),
                                           std::pair("p256.pem", "p256.pub.pem"),
                                           std::pair("p256-compressed.pem", "p256.pub.pem"),
                                           std::pair("sm2.pem", "sm2.pub.pem")),
                         [](auto const& param) {
                           std::string name = param.param.first;
                           std::ranges::replace_if(
                               name, [](char c) { return c == '.' || c == '-'; }, '_');
                           return name;
                         });

TEST_P(OpensslKeyFile, IsReadAndMatchesItsPublicKey) {
  auto const key = PrivateKey::fromPem(keyFile(GetParam().first), kPassword).value();
  auto const publicKey = PublicKey::fromPem(keyFile(GetParam().second)).value();
  EXPECT_EQ(key.publicKey(), publicKey);
  EXPECT_EQ(publicKey.pem(), keyFile(GetParam().second));
  EXPECT_TRUE(publicKey.verify(asBytes("payment"), key.sign(asBytes("payment"))));
}

TEST(PrivateKey, OtherKindsAreUnsupported) {
  for (auto const* const file : {"other-p384.pem", "other-rsa.pem"}) {
    EXPECT_EQ(kindOf(PrivateKey::fromPem(keyFile(file), kPassword)), ErrorKind::unsupported) << file;
  }
}

TEST(PrivateKey, OneThatIsNotEncryptedIsUnsupported) {
  for (auto const* const file : {"open-pkcs8.pem", "open-ec.pem"}) {
    auto const key = PrivateKey::fromPem(keyFile(file), kPassword);
    ASSERT_EQ(kindOf(key), ErrorKind::unsupported) << file;
    EXPECT_NE(key.error().message.find("encrypt"), std::string::npos);
  }
}

TEST(PrivateKey, WhatIsNoPrivateKeyPemIsBadInput) {
  std::string const pem = keyFile("ed25519.pem");
  std::string const publicPem = keyFile("ed25519.pub.pem");
  std::string relabelled = publicPem;
  for (auto at = relabelled.find("PUBLIC"); at != std::string::npos; at = relabelled.find("PUBLIC")) {
    relabelled.replace(at, 6, "ENCRYPTED PRIVATE");
  }
  std::string const withHeader =
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n" + pem.substr(pem.find('\n') + 1);
  std::string const tooLong = std::string(1 << 16, ' ') + pem;
  for (std::string const& bad :
       std::vector<std::string>{std::string(), "no key", publicPem, relabelled, withHeader, tooLong}) {
    EXPECT_EQ(kindOf(PrivateKey::fromPem(bad, kPassword)), ErrorKind::badInput) << bad;
  }
}

TEST(PrivateKey, OneWhosePublicHalfIsNotItsOwnIsCorrupt) {
  EXPECT_EQ(kindOf(PrivateKey::fromPem(keyFile("damaged-p256.pem"), kPassword)), ErrorKind::corrupt);
}

TEST(PrivateKey, NothingMayFollowItInsideItsPemBlock) {
  std::string const pem = keyFile("ed25519.pem");
  std::size_t const begin = pem.find('\n') + 1;
  std::size_t const end = pem.find("-----END");
  std::string base64 = pem.substr(begin, end - begin);
  std::erase(base64, '\n');
  auto const rewritten = [&](Bytes const& content) {
    std::string lines;
    std::string const text = toBase64(content);
    for (std::size_t i = 0; i < text.size(); i += 64) {
      lines += text.substr(i, 64) + "\n";
    }
    return pem.substr(0, begin) + lines + pem.substr(end);
  };
  Bytes content = fromBase64(base64).value();
  EXPECT_TRUE(PrivateKey::fromPem(rewritten(content), kPassword).has_value());
  content.push_back(0);
  EXPECT_EQ(kindOf(PrivateKey::fromPem(rewritten(content), kPassword)), ErrorKind::badInput);
}

TEST(PrivateKey, AnEd25519SeedGivesTheKeyOfRfc8032) {
  auto const seed = Digest::from(*fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))->bytes;
  auto const key = PrivateKey::fromEd25519Seed(seed);
  EXPECT_EQ(toHex(key.publicKey().raw()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(toHex(key.sign({})),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b");
}

TEST(PublicKey, OtherKindsAndFormsAreRefused) {
  for (auto const* const file : {"other-p384.pub.pem", "other-rsa.pub.pem", "other-x25519.pub.pem",
                                 "other-p256-compressed.pub.pem", "other-p256-explicit.pub.pem"}) {
    EXPECT_EQ(kindOf(PublicKey::fromPem(keyFile(file))), ErrorKind::unsupported) << file;
  }
  EXPECT_EQ(kindOf(PublicKey::fromPem(keyFile("ed25519.pem"))), ErrorKind::badInput);
}

TEST(PublicKey, APointThatIsOffTheCurveOrCompressedOrTooLargeIsRefused) {
  for (auto const algorithm : {KeyAlgorithm::p256, KeyAlgorithm::sm2}) {
    PublicKey const key = publicKeyOf(PrivateKey::generate(algorithm).value());
    BytesView const point = key.raw();
    Bytes off(point.begin(), point.end());
    off.back() ^= 1;
    EXPECT_EQ(kindOf(PublicKey::fromRaw(algorithm, off)), ErrorKind::badInput);
    EXPECT_EQ(kindOf(PublicKey::fromRaw(algorithm, point.first(33))), ErrorKind::badInput);
    for (std::uint8_t const form : Bytes{0x00, 0x02, 0x03, 0x05, 0x06, 0x07}) {
      Bytes other(point.begin(), point.end());
      other.front() = form;
      EXPECT_EQ(kindOf(PublicKey::fromRaw(algorithm, other)), ErrorKind::badInput) << int{form};
    }
    EXPECT_EQ(kindOf(PublicKey::fromRaw(algorithm, Bytes(65, 0xff))), ErrorKind::badInput);
    Bytes zero(65, 0);
    zero.front() = 0x04;
    EXPECT_EQ(kindOf(PublicKey::fromRaw(algorithm, zero)), ErrorKind::badInput);
  }
  PublicKey const p256 = publicKeyOf(PrivateKey::generate(KeyAlgorithm::p256).value());
  EXPECT_EQ(kindOf(PublicKey::fromRaw(KeyAlgorithm::sm2, p256.raw())), ErrorKind::badInput);
}

TEST(PublicKey, EdwardsPointsOfSmallOrderAndOtherEncodingsOfThemAreRefused) {
  // y of the points of order 1, 2, 4 and 8, little-endian, then y + p where that fits; each with either sign of x.
  for (std::string_view const y : {"0100000000000000000000000000000000000000000000000000000000000000",
                                   "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                   "0000000000000000000000000000000000000000000000000000000000000000",
                                   "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                                   "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                                   "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                   "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    Bytes key = *fromHex(y);
    EXPECT_EQ(kindOf(PublicKey::fromRaw(KeyAlgorithm::ed25519, key)), ErrorKind::badInput) << y;
    key.back() ^= 0x80;
    EXPECT_EQ(kindOf(PublicKey::fromRaw(KeyAlgorithm::ed25519, key)), ErrorKind::badInput) << y;
  }
}

TEST(PublicKey, NoEdwardsCoordinateFromThePrimeUpwardsIsTaken) {
  Bytes key(32, 0xff);
  key.back() = 0x7f;
  for (unsigned low = 0xed; low <= 0xff; ++low) {
    key.front() = static_cast<std::uint8_t>(low);
    EXPECT_EQ(kindOf(PublicKey::fromRaw(KeyAlgorithm::ed25519, key)), ErrorKind::badInput) << low;
  }
}

TEST(PublicKey, AboutHalfOfAllEdwardsCoordinatesAreOnTheCurveAndTheOthersRefused) {
  // y = 2 is not the coordinate of a point, y = 3 and 4 are (x^2 = (y^2 - 1) / (d y^2 + 1) has a root or not).
  int taken = 0;
  for (std::uint8_t y = 2; y < 202; ++y) {
    Bytes key(32, 0);
    key.front() = y;
    taken += PublicKey::fromRaw(KeyAlgorithm::ed25519, key).has_value() ? 1 : 0;
  }
  EXPECT_GT(taken, 70);
  EXPECT_LT(taken, 130);
  Bytes two(32, 0);
  two.front() = 2;
  EXPECT_TRUE(PublicKey::fromRaw(KeyAlgorithm::ed25519, two).has_error());
}

TEST(RandomBytes, DoNotRepeat) {
  std::set<Bytes> seen;
  for (int i = 0; i < 100; ++i) {
    Bytes salt(16);
    randomBytes(salt);
    EXPECT_TRUE(seen.insert(salt).second);
  }
}

TEST(KeyAlgorithm, HasAName) {
  EXPECT_EQ(name(KeyAlgorithm::ed25519), "ed25519");
  EXPECT_EQ(name(KeyAlgorithm::p256), "p256");
  EXPECT_EQ(name(KeyAlgorithm::sm2), "sm2");
}

}  // namespace
}  // namespace fundtrail::crypto

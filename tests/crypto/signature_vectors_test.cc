// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "crypto/keys.h"
#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

using Object = boost::json::object;
using testing::text;

class Ed25519Vectors : public ::testing::TestWithParam<std::filesystem::path> {};
INSTANTIATE_TEST_SUITE_P(, Ed25519Vectors,
                         ::testing::ValuesIn(testing::vectorPaths({"ed25519.json"}, {"c2sp-cctv/ed25519vectors.json"})),
                         testing::FileName());

// What keys.h states: canonical, no key of small order, the equation without the cofactor, S reduced. All other edge
// cases are valid.
TEST_P(Ed25519Vectors, AreJudgedAsKeysHeaderSays) {
  std::set<std::string> const badKey = {"low_order_A", "non_canonical_A"};
  std::set<std::string> const badSignature = {"non_canonical_R", "low_order_residue", "reencoded_k", "s_not_reduced",
                                              "wrong_s",         "wrong_R",           "truncated",   "extended"};
  int valid = 0;
  int refused = 0;
  auto const vectors = testing::readJson(GetParam());
  for (auto const& vector : vectors.as_array()) {
    auto const has = [&](std::set<std::string> const& flags) {
      auto const& own = vector.at("flags");
      return own.is_array() &&
             std::ranges::any_of(own.as_array(), [&](auto const& flag) { return flags.contains(text(flag)); });
    };
    auto const number = vector.at("number").as_int64();
    auto const key = PublicKey::fromRaw(KeyAlgorithm::ed25519, testing::hexBytes(vector.at("key")));
    ASSERT_EQ(key.has_value(), !has(badKey)) << number;
    std::string const message = text(vector.at("msg"));
    bool const verified = key && key->verify(asBytes(message), testing::hexBytes(vector.at("sig")));
    EXPECT_EQ(verified, !has(badKey) && !has(badSignature)) << number;
    ++(verified ? valid : refused);
  }
  EXPECT_GT(valid, 10);
  EXPECT_GT(refused, 50);
}

// The point of a private key, for vectors that state only that.
Bytes sm2Point(std::string const& privateKeyHex) {
  std::unique_ptr<EC_GROUP, decltype(&EC_GROUP_free)> const group(EC_GROUP_new_by_curve_name(NID_sm2), EC_GROUP_free);
  std::unique_ptr<EC_POINT, decltype(&EC_POINT_free)> const point(EC_POINT_new(group.get()), EC_POINT_free);
  BIGNUM* scalar = nullptr;
  EXPECT_GT(BN_hex2bn(&scalar, privateKeyHex.c_str()), 0);
  std::unique_ptr<BIGNUM, decltype(&BN_free)> const owned(scalar, BN_free);
  EXPECT_EQ(EC_POINT_mul(group.get(), point.get(), scalar, nullptr, nullptr, nullptr), 1);
  Bytes encoded(65);
  EXPECT_EQ(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, encoded.data(), encoded.size(),
                               nullptr),
            encoded.size());
  return encoded;
}

Bytes derInteger(Bytes value) {
  if (value.front() >= 0x80) {
    value.insert(value.begin(), 0);
  }
  value.insert(value.begin(), {0x02, static_cast<std::uint8_t>(value.size())});
  return value;
}

Bytes derSignature(Bytes const& r, Bytes const& s) {
  Bytes der = derInteger(r);
  Bytes const second = derInteger(s);
  der.insert(der.end(), second.begin(), second.end());
  der.insert(der.begin(), {0x30, static_cast<std::uint8_t>(der.size())});
  return der;
}

std::vector<testing::VectorFile<KeyAlgorithm>> ecdsaVectors() {
  std::vector<testing::VectorFile<KeyAlgorithm>> files = {{testing::ownVector("p256.json"), KeyAlgorithm::p256}};
  for (auto const& path : testing::vectorPaths({"sm2.json"}, {"sm2-sm3/sm2-sign.json"})) {
    files.push_back({path, KeyAlgorithm::sm2});
  }
  return files;
}

class EcdsaVectors : public ::testing::TestWithParam<testing::VectorFile<KeyAlgorithm>> {};
INSTANTIATE_TEST_SUITE_P(, EcdsaVectors, ::testing::ValuesIn(ecdsaVectors()), testing::FileName());

TEST_P(EcdsaVectors, AreJudgedRightly) {
  auto const vectors = testing::readJson(GetParam().path);
  int valid = 0;
  for (auto const& entry : vectors.at("cases").as_array()) {
    Object const& vector = entry.as_object();
    // A primitive without Z and hash, which nothing here offers.
    if (vector.contains("e_rule")) {
      continue;
    }
    std::string const label = text(vector.at("name"));
    Bytes const point = vector.contains("px") ? *fromHex("04" + text(vector.at("px")) + text(vector.at("py")))
                                              : sm2Point(text(vector.at("d")));
    Bytes const signature = vector.contains("sig_der")
                                ? testing::hexBytes(vector.at("sig_der"))
                                : derSignature(testing::hexBytes(vector.at("r")), testing::hexBytes(vector.at("s")));
    bool const expected = !vector.contains("valid") || vector.at("valid").as_bool();
    auto const key = PublicKey::fromRaw(GetParam().algorithm, point);
    ASSERT_TRUE(key.has_value()) << label;
    EXPECT_EQ(key->verify(asBytes(text(vector.at("msg"))), signature), expected) << label;
    valid += expected ? 1 : 0;
  }
  EXPECT_GE(valid, 2);
}

// OpenSSL's own vectors sign a hash as it is, without the signer's identity and key (GB/T 32918.2 puts both before the
// message): the primitive takes them, and keys.h does not.
TEST(Sm2Signatures, OverABareHashAreRefused) {
  for (auto const& path : testing::vectorPaths({}, {"sm2-sm3/openssl-evppkey_sm2.txt"})) {
    std::string const file = testing::readText(path);
    std::unique_ptr<BIO, decltype(&BIO_free)> const pem(BIO_new_mem_buf(file.data(), static_cast<int>(file.size())),
                                                        BIO_free);
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const pair(
        PEM_read_bio_PrivateKey(pem.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    ASSERT_NE(pair, nullptr);
    Bytes spki(static_cast<std::size_t>(i2d_PUBKEY(pair.get(), nullptr)));
    auto* end = spki.data();
    ASSERT_EQ(i2d_PUBKEY(pair.get(), &end), static_cast<int>(spki.size()));
    auto const key = PublicKey::fromSpki(spki).value();
    EXPECT_EQ(PrivateKey::fromPem(file, "password").error().kind, ErrorKind::unsupported);
    std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> const primitive(EVP_PKEY_CTX_new(pair.get(), nullptr),
                                                                                EVP_PKEY_CTX_free);
    int checked = 0;
    for (auto const& stanza : testing::readStanzas(path)) {
      if (stanza.contains("Verify") && !stanza.contains("Result")) {
        Bytes const hashed = fromHex(stanza.at("Input")).value();
        Bytes const signature = fromHex(stanza.at("Output")).value();
        ASSERT_EQ(EVP_PKEY_verify_init(primitive.get()), 1);
        EXPECT_EQ(EVP_PKEY_verify(primitive.get(), signature.data(), signature.size(), hashed.data(), hashed.size()),
                  1);
        EXPECT_FALSE(key.verify(hashed, signature));
        ++checked;
      }
    }
    EXPECT_GT(checked, 1);
  }
}

}  // namespace
}  // namespace fundtrail::crypto

// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"

#include <thread>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

using testing::VectorFile;
using HashVectors = VectorFile<HashAlgorithm>;

std::vector<HashVectors> hashVectors() {
  std::vector<HashVectors> files = {{testing::ownVector("sha256.json"), HashAlgorithm::sha256}};
  for (auto const& path : testing::vectorPaths({"sm3.json"}, {"sm2-sm3/sm3.json"})) {
    files.push_back({path, HashAlgorithm::sm3});
  }
  return files;
}

class KnownHashes : public ::testing::TestWithParam<HashVectors> {};
INSTANTIATE_TEST_SUITE_P(, KnownHashes, ::testing::ValuesIn(hashVectors()), testing::FileName());

TEST_P(KnownHashes, AreReproducedWholeAndInPieces) {
  HashAlgorithm const algorithm = GetParam().algorithm;
  auto const vectors = testing::readJson(GetParam().path);
  Hasher hasher(algorithm);
  std::size_t checked = 0;
  auto const check = [&](Bytes const& message, boost::json::value const& digest) {
    Digest const expected = testing::hexDigest(digest);
    EXPECT_EQ(hash(algorithm, message).hex(), expected.hex());
    auto const middle = message.size() / 3;
    EXPECT_EQ(hasher.update(BytesView(message).first(middle)).update(BytesView(message).subspan(middle)).finish(),
              expected);
    ++checked;
  };
  for (auto const& vector : vectors.at("hex").as_array()) {
    check(testing::hexBytes(vector.at("msg_hex")), vector.at("digest"));
  }
  for (auto const& vector : vectors.at("ascii").as_array()) {
    std::string const message = testing::text(vector.at("msg"));
    check(Bytes(message.begin(), message.end()), vector.at("digest"));
  }
  for (auto const& vector : vectors.at("repeat").as_array()) {
    std::string message;
    for (std::int64_t i = 0; i < vector.at("times").as_int64(); ++i) {
      message += testing::text(vector.at("unit"));
    }
    check(Bytes(message.begin(), message.end()), vector.at("digest"));
  }
  EXPECT_GT(checked, 15U);
}

TEST(Hash, ThoseOfOpensslsOwnTestsAreReproduced) {
  for (auto const& path : testing::vectorPaths({}, {"sm2-sm3/openssl-evpmd_sm3.txt"})) {
    std::size_t checked = 0;
    for (auto const& stanza : testing::readStanzas(path)) {
      auto const algorithm = stanza.find("Digest");
      if (algorithm != stanza.end() && algorithm->second == "SM3" && !stanza.contains("Result")) {
        EXPECT_EQ(hash(HashAlgorithm::sm3, fromHex(stanza.at("Input")).value()).hex(),
                  toHex(fromHex(stanza.at("Output")).value()));
        ++checked;
      }
    }
    EXPECT_GT(checked, 4U);
  }
}

TEST(Hasher, IsReadyForTheNextMessageAfterEachFinish) {
  for (auto const algorithm : {HashAlgorithm::sha256, HashAlgorithm::sm3}) {
    Hasher hasher(algorithm);
    Digest const empty = hasher.finish();
    hasher.update(asBytes("something else")).finish();
    EXPECT_EQ(hasher.finish(), empty);
    Hasher moved = std::move(hasher);
    EXPECT_EQ(moved.finish(), empty);
  }
}

TEST(Hash, IsTheSameOnEveryThread) {
  Digest const here = hash(HashAlgorithm::sm3, asBytes("abc"));
  Digest there;
  std::thread([&] { there = hash(HashAlgorithm::sm3, asBytes("abc")); }).join();
  EXPECT_EQ(here, there);
}

TEST(Hash, CutsDoNotMatter) {
  EXPECT_TRUE(rc::check([](std::vector<Bytes> const& pieces, bool sm3) {
    auto const algorithm = sm3 ? HashAlgorithm::sm3 : HashAlgorithm::sha256;
    Hasher hasher(algorithm);
    Bytes whole;
    for (Bytes const& piece : pieces) {
      hasher.update(piece);
      whole.insert(whole.end(), piece.begin(), piece.end());
    }
    RC_ASSERT(hasher.finish() == hash(algorithm, whole));
  }));
}

TEST(Digest, TakesExactly32Bytes) {
  EXPECT_EQ(Digest::from(Bytes(31)), std::nullopt);
  EXPECT_EQ(Digest::from(Bytes(33)), std::nullopt);
  EXPECT_EQ(Digest::from({}), std::nullopt);
  Bytes const bytes(32, 0xab);
  ASSERT_TRUE(Digest::from(bytes).has_value());
  EXPECT_TRUE(std::ranges::equal(Digest::from(bytes)->view(), bytes));
  EXPECT_EQ(Digest::from(bytes)->hex(), toHex(bytes));
}

TEST(Digest, ComparesFromTheFirstByteOn) {
  Digest low;
  Digest high;
  low.bytes.back() = 0xff;
  high.bytes.front() = 0x01;
  EXPECT_LT(low, high);
  EXPECT_NE(DigestHash{}(low), DigestHash{}(high));
}

}  // namespace
}  // namespace fundtrail::crypto

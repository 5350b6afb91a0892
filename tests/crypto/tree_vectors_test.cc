// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "crypto/merkle.h"
#include "tests/crypto/naive_tree.h"
#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

using testing::hexDigest;
using testing::text;
using testing::VectorFile;

std::vector<VectorFile<HashAlgorithm>> treeVectors() {
  std::vector<VectorFile<HashAlgorithm>> files = {{testing::ownVector("tree-sm3.json"), HashAlgorithm::sm3}};
  for (auto const& path : testing::vectorPaths({"tree-sha256.json"}, {"rfc6962-reference-tree/tree.json"})) {
    files.push_back({path, HashAlgorithm::sha256});
  }
  return files;
}

class TreeVectors : public ::testing::TestWithParam<VectorFile<HashAlgorithm>> {};
INSTANTIATE_TEST_SUITE_P(, TreeVectors, ::testing::ValuesIn(treeVectors()), testing::FileName());

TEST_P(TreeVectors, AreReproduced) {
  HashAlgorithm const algorithm = GetParam().algorithm;
  auto const vectors = testing::readJson(GetParam().path);
  TreeHasher hasher(algorithm);
  EXPECT_EQ(hasher.empty(), hexDigest(vectors.at("empty_root")));
  for (auto const& vector : vectors.at("hashes").as_array()) {
    if (text(vector.at("kind")) == "leaf") {
      EXPECT_EQ(hasher.leaf(testing::hexBytes(vector.at("data"))), hexDigest(vector.at("out")));
    }
  }
  std::vector<Digest> leaves;
  for (auto const& leaf : vectors.at("leaves").as_array()) {
    leaves.push_back(hasher.leaf(testing::hexBytes(leaf)));
  }
  auto const rootOfSize = [&](std::uint64_t size) {
    return hexDigest(vectors.at("roots_by_size").at(std::to_string(size)));
  };
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    EXPECT_EQ(rootOf(algorithm, std::span(leaves).first(size)), rootOfSize(size));
  }
  auto const read = testing::naiveReader(algorithm, leaves);
  for (auto const& vector : vectors.at("inclusion").as_array()) {
    auto const index = vector.at("leaf_index").to_number<std::uint64_t>();
    auto const size = vector.at("tree_size").to_number<std::uint64_t>();
    auto const proof = testing::hexDigests(vector.at("proof"));
    EXPECT_EQ(inclusionProof(algorithm, index, size, read).value(), proof);
    EXPECT_TRUE(verifyInclusion(algorithm, index, size, leaves[index], proof, rootOfSize(size)));
  }
  for (auto const& vector : vectors.at("consistency").as_array()) {
    auto const old = vector.at("size1").to_number<std::uint64_t>();
    auto const size = vector.at("size2").to_number<std::uint64_t>();
    auto const proof = testing::hexDigests(vector.at("proof"));
    EXPECT_EQ(consistencyProof(algorithm, old, size, read).value(), proof);
    EXPECT_TRUE(verifyConsistency(algorithm, old, size, proof, rootOfSize(old), rootOfSize(size)));
  }
}

std::vector<std::filesystem::path> inclusionVectors() {
  std::vector<std::filesystem::path> files;
  for (auto const& folder : testing::vectorPaths({"inclusion"}, {"merkle/inclusion"})) {
    auto const found = testing::jsonFilesIn(folder);
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

class InclusionVectors : public ::testing::TestWithParam<std::filesystem::path> {};
INSTANTIATE_TEST_SUITE_P(, InclusionVectors, ::testing::ValuesIn(inclusionVectors()), testing::FileName());

TEST_P(InclusionVectors, AreJudgedRightly) {
  auto const vector = testing::readJson(GetParam());
  auto const digest = [](boost::json::value const& base64) -> std::optional<Digest> {
    auto const bytes = fromBase64(text(base64));
    return bytes ? Digest::from(*bytes) : std::nullopt;
  };
  auto const root = digest(vector.at("root"));
  auto const leaf = digest(vector.at("leafHash"));
  bool wellFormed = root && leaf;
  std::vector<Digest> proof;
  if (vector.at("proof").is_array()) {
    for (auto const& element : vector.at("proof").as_array()) {
      auto const hash = digest(element);
      wellFormed = wellFormed && hash;
      proof.push_back(hash.value_or(Digest{}));
    }
  }
  // What is not 32 bytes never becomes a Digest, and a negative index never an unsigned number: refused before it is
  // verified.
  auto const& index = vector.at("leafIdx");
  auto const& size = vector.at("treeSize");
  auto const nonNegative = [](boost::json::value const& n) { return n.is_uint64() || n.as_int64() >= 0; };
  bool const verified = wellFormed && nonNegative(index) && nonNegative(size) &&
                        verifyInclusion(HashAlgorithm::sha256, index.to_number<std::uint64_t>(),
                                        size.to_number<std::uint64_t>(), *leaf, proof, *root);
  EXPECT_EQ(verified, !vector.at("wantErr").as_bool());
}

}  // namespace
}  // namespace fundtrail::crypto

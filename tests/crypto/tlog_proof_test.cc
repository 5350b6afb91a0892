// SPDX-License-Identifier: Apache-2.0
#include "crypto/tlog_proof.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/checkpoint.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "tests/crypto/naive_tree.h"
#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

using testing::text;

TEST(TlogProof, SurvivesItsFile) {
  EXPECT_TRUE(rc::check([](Bytes const& extra, std::uint64_t index) {
    auto const count = *rc::gen::inRange<std::size_t>(0, kMaxInclusionProof + 1);
    std::string const checkpoint =
        *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab \n"))));
    TlogProof const proof{extra, index, testing::someLeaves(HashAlgorithm::sm3, count), checkpoint};
    RC_ASSERT(parseTlogProof(formatTlogProof(proof)).value() == proof);
  }));
}

TEST(TlogProof, WhateverIsTakenIsTheOnlySpelling) {
  std::string const file = formatTlogProof({{1, 2}, 70, testing::someLeaves(HashAlgorithm::sha256, 2), "x\n"});
  ASSERT_TRUE(parseTlogProof(file).has_value());
  for (std::size_t i = 0; i < file.size(); ++i) {
    for (char const replacement : std::string("0 \n\r=A\xff")) {
      std::string changed = file;
      changed[i] = replacement;
      auto const proof = parseTlogProof(changed);
      EXPECT_TRUE(!proof || formatTlogProof(*proof) == changed) << changed;
    }
    auto const cut = parseTlogProof(file.substr(0, i));
    EXPECT_TRUE(!cut || formatTlogProof(*cut) == file.substr(0, i)) << i;
  }
}

// What a receipt does with the file, in both profiles.
TEST(TlogProof, CarriesAProofThatLeadsToItsCheckpoint) {
  for (auto const algorithm : {HashAlgorithm::sha256, HashAlgorithm::sm3}) {
    auto const leaves = testing::someLeaves(algorithm, 11);
    std::string const checkpoint = formatCheckpoint({"log.example", leaves.size(), rootOf(algorithm, leaves)});
    std::string const file = formatTlogProof({{}, 6, testing::naiveInclusion(algorithm, 6, leaves), checkpoint});
    auto const proof = parseTlogProof(file).value();
    auto const root = parseCheckpoint(proof.checkpoint)->root;
    EXPECT_TRUE(verifyInclusion(algorithm, proof.index, leaves.size(), leaves[6], proof.hashes, root));
  }
}

TEST(TlogProof, TheErrorSaysWhatIsWrong) {
  std::string const head = "c2sp.org/tlog-proof@v1\n";
  for (auto const& [file, what] : {std::pair<std::string, std::string>{"x\n", "first line"},
                                   {head + "extra !\nindex 0\n\nx\n", "extra line"},
                                   {head + "index x\n\nx\n", "index line"},
                                   {head + "index 0\nAAAA\n\nx\n", "hash 1"},
                                   {head + "index 0\n\n", "no checkpoint"}}) {
    auto const proof = parseTlogProof(file);
    ASSERT_TRUE(proof.has_error()) << file;
    EXPECT_NE(proof.error().message.find(what), std::string::npos) << proof.error().message;
  }
}

TEST(TlogProofDeathTest, WhatNoFileCanHoldIsABug) {
  EXPECT_DEATH(formatTlogProof({{}, 0, std::vector<Digest>(kMaxInclusionProof + 1), "x\n"}), "at most 63");
  EXPECT_DEATH(formatTlogProof({{}, 0, {}, ""}), "has a checkpoint");
}

class TlogProofVectors : public ::testing::TestWithParam<std::filesystem::path> {};
INSTANTIATE_TEST_SUITE_P(, TlogProofVectors,
                         ::testing::ValuesIn(testing::vectorPaths({"proofs.json"},
                                                                  {"transparency-dev-formats/tlog-proof.json"})),
                         testing::FileName());

TEST_P(TlogProofVectors, AreReproduced) {
  auto const vectors = testing::readJson(GetParam());
  for (auto const& vector : vectors.at("marshal").as_array()) {
    TlogProof proof;
    proof.index = vector.at("index").to_number<std::uint64_t>();
    proof.checkpoint = text(vector.at("checkpoint"));
    if (vector.at("extra_b64").is_string()) {
      proof.extra = fromBase64(text(vector.at("extra_b64"))).value();
    }
    for (auto const& hash : vector.at("hashes").as_array()) {
      proof.hashes.push_back(Digest::from(fromBase64(text(hash)).value()).value());
    }
    EXPECT_EQ(formatTlogProof(proof), text(vector.at("out")));
    EXPECT_EQ(parseTlogProof(text(vector.at("out"))).value(), proof);
    if (vector.as_object().contains("entry")) {
      auto const checkpoint = parseCheckpoint(parseNote(proof.checkpoint)->text).value();
      Digest const leaf = TreeHasher(HashAlgorithm::sha256).leaf(asBytes(text(vector.at("entry"))));
      EXPECT_TRUE(
          verifyInclusion(HashAlgorithm::sha256, proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root));
    }
  }
  for (auto const& vector : vectors.at("error").as_array()) {
    // One is given by a rule only: a line longer than other tools read.
    std::string const file = vector.as_object().contains("in")
                                 ? text(vector.at("in"))
                                 : "c2sp.org/tlog-proof@v1\nindex 0\n" + std::string(65 * 1024, 'A') + "\n\nx\n";
    auto const proof = parseTlogProof(file);
    ASSERT_TRUE(proof.has_error()) << file;
    EXPECT_EQ(proof.error().kind, ErrorKind::badInput);
  }
}

TEST(TlogProof, TheStandardsExampleIsTakenApart) {
  for (auto const& path : testing::vectorPaths({}, {"c2sp-spec-examples/examples.json"})) {
    std::string const file = text(testing::readJson(path).at("tlog_proof_elided"));
    auto const proof = parseTlogProof(file).value();
    EXPECT_EQ(proof.index, 73894U);
    EXPECT_EQ(proof.hashes.size(), 5U);
    EXPECT_TRUE(proof.checkpoint.starts_with("example.com/fancylog\n109482\n"));
    EXPECT_EQ(formatTlogProof(proof), file);
  }
}

}  // namespace
}  // namespace fundtrail::crypto

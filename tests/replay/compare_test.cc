// SPDX-License-Identifier: Apache-2.0
#include "replay/compare.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "crypto/checkpoint.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "ledger/log/memory_log.h"
#include "tests/support/sm2_keys.h"

namespace fundtrail::replay {
namespace {

namespace log = ledger::log;
using crypto::ErrorKind;
using crypto::HashAlgorithm;

/// Two logs of one key that part after three entries, in either profile.
class Compare : public testing::TestWithParam<HashAlgorithm> {
 protected:
  static crypto::PrivateKey keyOf(std::string const& name) {
    return GetParam() == HashAlgorithm::sm3 ? tests::sm2KeyOf(name)
                                            : crypto::PrivateKey::fromEd25519Seed({static_cast<std::uint8_t>(name[0])});
  }

  Compare() {
    for (std::uint64_t i = 0; i < 9; ++i) {
      append(log_, "entry " + std::to_string(i));
      append(fork_, i < 3 ? "entry " + std::to_string(i) : "forged " + std::to_string(i));
    }
  }

  static void append(log::MemoryLog& log, std::string const& entry) {
    log::PreparedBatch const batch[] = {{crypto::asBytes(entry),
                                         {},
                                         ledger::domain::KeyId(crypto::Digest{}),
                                         {static_cast<std::uint8_t>(log.size().batches)},
                                         {}}};
    ASSERT_TRUE(log.append(batch));
  }

  std::string note(log::MemoryLog const& log, std::uint64_t size) const {
    auto const read =
        crypto::nodeReader(GetParam(), log.size().batches, [&](crypto::TileId id) { return log.tile(id); });
    return signedNote({"log.example", size, crypto::rootAt(GetParam(), size, read).value()}, signer_);
  }
  static std::string signedNote(crypto::Checkpoint const& checkpoint, crypto::NoteSigner const& signer) {
    auto const text = crypto::formatCheckpoint(checkpoint);
    std::array const lines{signer.signatureLine(text)};
    return crypto::formatNote(text, lines);
  }
  static Tree treeOf(log::MemoryLog const& log) {
    return {log.size().batches, [&log](crypto::TileId id) { return log.tile(id); }};
  }

  Story storyOf(std::string const& one, std::string const& other, Tree const* tree = nullptr) const {
    auto const comparison = compare(one, other, policy_, tree);
    auto const swapped = compare(other, one, policy_, tree);
    EXPECT_TRUE(comparison && swapped);
    EXPECT_EQ(comparison->story, swapped->story) << "whichever comes first";
    return comparison->story;
  }

  crypto::NoteSigner signer_ = crypto::NoteSigner::make("log.example", keyOf("log")).value();
  crypto::LogPolicy policy_ = crypto::LogPolicy::parse("log " + signer_.verifier().vkey() + "\nquorum none\n").value();
  log::MemoryLog log_{GetParam()};
  log::MemoryLog fork_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Profiles, Compare, testing::Values(HashAlgorithm::sha256, HashAlgorithm::sm3),
                         [](auto const& test) { return test.param == HashAlgorithm::sm3 ? "gm" : "standard"; });

TEST_P(Compare, OneSizeNeedsNoTree) {
  EXPECT_EQ(storyOf(note(log_, 5), note(log_, 5)), Story::one);
  EXPECT_EQ(storyOf(note(log_, 5), note(fork_, 5)), Story::two);
  EXPECT_EQ(storyOf(note(log_, 3), note(fork_, 3)), Story::one) << "before they part";
}

TEST_P(Compare, OfTwoSizesTheLargersTreeDecides) {
  auto const tree = treeOf(log_);
  auto const forked = treeOf(fork_);
  EXPECT_EQ(storyOf(note(log_, 5), note(log_, 8), &tree), Story::one);
  EXPECT_EQ(storyOf(note(fork_, 5), note(log_, 8), &tree), Story::two);
  EXPECT_EQ(storyOf(note(log_, 3), note(fork_, 8), &forked), Story::one);
  EXPECT_EQ(storyOf(note(log_, 5), note(log_, 8)), Story::unknown) << "no tree";
  EXPECT_EQ(storyOf(note(log_, 5), note(log_, 8), &forked), Story::unknown) << "the tree of another story";
}

TEST_P(Compare, ALogWithoutBatchesHasTheRootOfTheEmptyTreeAndNoOther) {
  auto const empty = crypto::TreeHasher(GetParam()).empty();
  auto const noBatch = signedNote({"log.example", 0, empty}, signer_);
  auto const wrong = signedNote({"log.example", 0, {}}, signer_);
  EXPECT_EQ(storyOf(noBatch, note(log_, 5)), Story::one);
  EXPECT_EQ(storyOf(noBatch, noBatch), Story::one);
  EXPECT_EQ(storyOf(wrong, note(log_, 5)), Story::two);
  EXPECT_EQ(storyOf(wrong, noBatch), Story::two);
  EXPECT_EQ(storyOf(wrong, wrong), Story::two) << "the log signed what no log is";
  auto const tree = treeOf(log_);
  EXPECT_EQ(storyOf(wrong, note(log_, 5), &tree), Story::two);
  EXPECT_EQ(compare(wrong, note(log_, 5), policy_, nullptr)->beginning, empty);
}

TEST_P(Compare, WhatItFoundCanBeCheckedWithoutTheTree) {
  auto const tree = treeOf(log_);
  auto const found = compare(note(fork_, 5), note(log_, 8), policy_, &tree).value();
  ASSERT_TRUE(found.beginning);
  EXPECT_NE(*found.beginning, found.smaller.checkpoint.root);
  EXPECT_TRUE(crypto::verifyConsistency(GetParam(), 5, 8, found.proof, *found.beginning, found.larger.checkpoint.root));
}

TEST_P(Compare, NobodyIsAccusedByWhatTheLogDidNotSign) {
  auto const impostor = crypto::NoteSigner::make("log.example", keyOf("impostor")).value();
  auto const forged = signedNote({"log.example", 5, {}}, impostor);
  EXPECT_EQ(compare(note(log_, 5), forged, policy_, nullptr).error().kind, ErrorKind::denied);
  EXPECT_EQ(compare(note(log_, 5), "no note", policy_, nullptr).error().kind, ErrorKind::badInput);
  auto const other = crypto::NoteSigner::make("other.example", keyOf("other")).value();
  auto const both = crypto::LogPolicy::parse("log " + signer_.verifier().vkey() + "\nlog " + other.verifier().vkey() +
                                             "\nquorum none\n")
                        .value();
  EXPECT_EQ(compare(note(log_, 5), signedNote({"other.example", 5, {}}, other), both, nullptr).error().kind,
            ErrorKind::badInput);
}

}  // namespace
}  // namespace fundtrail::replay

// SPDX-License-Identifier: Apache-2.0
#include "crypto/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/crypto/naive_tree.h"

namespace fundtrail::crypto {
namespace {

using testing::Leaves;
using testing::naiveRoot;
using testing::someLeaves;

constexpr HashAlgorithm kBoth[] = {HashAlgorithm::sha256, HashAlgorithm::sm3};

HashAlgorithm anyAlgorithm() {
  return *rc::gen::element(HashAlgorithm::sha256, HashAlgorithm::sm3);
}

TEST(TreeHasher, PrefixesLeavesAndNodes) {
  for (auto const algorithm : kBoth) {
    TreeHasher hasher(algorithm);
    Digest const leaf = hasher.leaf(asBytes("x"));
    EXPECT_EQ(hasher.empty(), hash(algorithm, {}));
    EXPECT_EQ(leaf, hash(algorithm, Bytes{0x00, 'x'}));
    Bytes message(65, 0x01);
    std::ranges::copy(leaf.bytes, message.begin() + 1);
    std::ranges::copy(hasher.empty().bytes, message.begin() + 33);
    EXPECT_EQ(hasher.node(leaf, hasher.empty()), hash(algorithm, message));
    EXPECT_NE(hasher.leaf({}), hasher.empty());
  }
}

TEST(Frontier, AppendingOneByOneEqualsTheNaiveTree) {
  for (auto const algorithm : kBoth) {
    auto const leaves = someLeaves(algorithm, 300);
    Frontier frontier(algorithm);
    EXPECT_EQ(frontier.root(), naiveRoot(algorithm, {}));
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
      frontier.append(leaves[size - 1]);
      ASSERT_EQ(frontier.size(), size);
      ASSERT_EQ(frontier.root(), naiveRoot(algorithm, Leaves(leaves).first(size))) << size;
    }
  }
}

TEST(Frontier, OneThatWasStoredGoesOnAsIfNothingHadHappened) {
  EXPECT_TRUE(rc::check([] {
    auto const algorithm = anyAlgorithm();
    auto const leaves = someLeaves(algorithm, *rc::gen::inRange<std::size_t>(0, 200));
    auto const stop = *rc::gen::inRange<std::size_t>(0, leaves.size() + 1);
    Frontier first(algorithm);
    for (Digest const& leaf : Leaves(leaves).first(stop)) {
      first.append(leaf);
    }
    auto second = Frontier::restore(algorithm, first.size(), first.nodes());
    RC_ASSERT(second.has_value());
    for (Digest const& leaf : Leaves(leaves).subspan(stop)) {
      second->append(leaf);
    }
    RC_ASSERT(second->root() == naiveRoot(algorithm, leaves));
    RC_ASSERT(second->root() == rootOf(algorithm, leaves));
  }));
}

TEST(Frontier, RefusesTheWrongNumberOfNodes) {
  auto const nodes = someLeaves(HashAlgorithm::sha256, 4);
  for (auto const& [size, count] : {std::pair{0U, 1U}, {1U, 0U}, {1U, 2U}, {7U, 2U}, {7U, 4U}, {8U, 3U}}) {
    auto const frontier = Frontier::restore(HashAlgorithm::sha256, size, Leaves(nodes).first(count));
    ASSERT_TRUE(frontier.has_error()) << size << " " << count;
    EXPECT_EQ(frontier.error().kind, ErrorKind::badInput);
  }
  EXPECT_TRUE(Frontier::restore(HashAlgorithm::sha256, 0, {}).has_value());
}

TEST(RootAt, EqualsTheNaiveRootAtEverySize) {
  for (auto const algorithm : kBoth) {
    auto const leaves = someLeaves(algorithm, 70);
    auto const read = testing::naiveReader(algorithm, leaves);
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
      EXPECT_EQ(rootAt(algorithm, size, read).value(), naiveRoot(algorithm, Leaves(leaves).first(size)));
    }
  }
}

// Calls `check` with the proof changed in each way that must make it fail: any bit flipped (every bit of small proofs,
// one of each hash of large ones), one hash fewer at either end, one more at either end or in the middle, two swapped.
void forEachForgery(std::vector<Digest> const& proof, bool everyBit, std::size_t seed,
                    std::function<void(std::vector<Digest> const&, std::string const&)> const& check) {
  std::vector<Digest> forged = proof;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    std::size_t const step = everyBit ? 1 : 256;
    for (std::size_t bit = everyBit ? 0 : (seed * 31 + i * 7) % 256; bit < 256; bit += step) {
      auto const mask = static_cast<std::uint8_t>(1U << bit % 8);
      forged[i].bytes[bit / 8] ^= mask;
      check(forged, "bit flipped");
      forged[i].bytes[bit / 8] ^= mask;
    }
  }
  for (std::size_t i = 0; i < proof.size(); ++i) {
    forged = proof;
    forged.erase(forged.begin() + static_cast<std::ptrdiff_t>(i));
    check(forged, "hash removed");
  }
  for (std::size_t i = 0; i <= proof.size(); ++i) {
    for (Digest const& extra : {Digest{}, i < proof.size() ? proof[i] : proof.empty() ? Digest{} : proof.front()}) {
      forged = proof;
      forged.insert(forged.begin() + static_cast<std::ptrdiff_t>(i), extra);
      check(forged, "hash added");
    }
  }
  for (std::size_t i = 1; i < proof.size(); ++i) {
    forged = proof;
    std::swap(forged[i - 1], forged[i]);
    check(forged, "hashes swapped");
  }
}

constexpr std::size_t kLargest = 70;
constexpr std::size_t kEveryBitUpTo = 24;

class AllProofs : public ::testing::TestWithParam<HashAlgorithm> {
 protected:
  HashAlgorithm const algorithm_ = GetParam();
  std::vector<Digest> const leaves_ = someLeaves(algorithm_, kLargest);
  NodeReader const read_ = testing::naiveReader(algorithm_, leaves_);
  std::vector<Digest> const roots_ = [this] {
    std::vector<Digest> roots;
    for (std::size_t size = 0; size <= kLargest; ++size) {
      roots.push_back(naiveRoot(algorithm_, Leaves(leaves_).first(size)));
    }
    return roots;
  }();
};
INSTANTIATE_TEST_SUITE_P(, AllProofs, ::testing::ValuesIn(kBoth),
                         [](auto const& param) { return param.param == HashAlgorithm::sm3 ? "Sm3" : "Sha256"; });

TEST_P(AllProofs, OfInclusionHoldAndNoChangedOneDoes) {
  for (std::size_t size = 1; size <= kLargest; ++size) {
    for (std::size_t index = 0; index < size; ++index) {
      auto const proof = inclusionProof(algorithm_, index, size, read_).value();
      ASSERT_EQ(proof, testing::naiveInclusion(algorithm_, index, Leaves(leaves_).first(size)));
      auto const holds = [&](std::vector<Digest> const& p, std::size_t i, std::size_t n, Digest const& leaf,
                             Digest const& root) { return verifyInclusion(algorithm_, i, n, leaf, p, root); };
      ASSERT_TRUE(holds(proof, index, size, leaves_[index], roots_[size]));
      EXPECT_FALSE(holds(proof, index, size, Digest{}, roots_[size]));
      EXPECT_FALSE(holds(proof, index, size, leaves_[index], roots_[size - 1]));
      EXPECT_FALSE(holds(proof, index, size, leaves_[index], Digest{}));
      for (std::size_t other = 0; other <= size; ++other) {
        EXPECT_TRUE(other == index || !holds(proof, other, size, leaves_[index], roots_[size]));
      }
      EXPECT_FALSE(holds(proof, index, index, leaves_[index], roots_[size]));
      EXPECT_FALSE(holds(proof, index, 0, leaves_[index], roots_[size]));
      forEachForgery(proof, size <= kEveryBitUpTo, size * kLargest + index, [&](auto const& forged, auto const& how) {
        if (forged != proof) {
          EXPECT_FALSE(holds(forged, index, size, leaves_[index], roots_[size])) << how << index << "/" << size;
        }
      });
    }
  }
}

TEST_P(AllProofs, OfConsistencyHoldAndNoChangedOneDoes) {
  for (std::size_t size = 1; size <= kLargest; ++size) {
    for (std::size_t old = 1; old <= size; ++old) {
      auto const proof = consistencyProof(algorithm_, old, size, read_).value();
      ASSERT_EQ(proof, testing::naiveConsistency(algorithm_, old, Leaves(leaves_).first(size)));
      auto const holds = [&](std::vector<Digest> const& p, Digest const& oldRoot, Digest const& newRoot) {
        return verifyConsistency(algorithm_, old, size, p, oldRoot, newRoot);
      };
      ASSERT_TRUE(holds(proof, roots_[old], roots_[size]));
      EXPECT_FALSE(holds(proof, roots_[old - 1], roots_[size]));
      EXPECT_FALSE(holds(proof, roots_[old], roots_[size - 1]));
      EXPECT_FALSE(holds(proof, Digest{}, Digest{}) && old != size);
      EXPECT_EQ(holds(proof, roots_[size], roots_[old]), old == size);
      EXPECT_FALSE(verifyConsistency(algorithm_, size + 1, old, proof, roots_[old], roots_[size]));
      EXPECT_FALSE(verifyConsistency(algorithm_, 0, size, proof, roots_[0], roots_[size]));
      forEachForgery(proof, size <= kEveryBitUpTo, size * kLargest + old, [&](auto const& forged, auto const& how) {
        if (forged != proof) {
          EXPECT_FALSE(holds(forged, roots_[old], roots_[size])) << how << old << "→" << size;
        }
      });
    }
  }
}

TEST(InclusionProof, OfALeafOutsideTheTreeIsRefused) {
  auto const leaves = someLeaves(HashAlgorithm::sha256, 4);
  auto const read = testing::naiveReader(HashAlgorithm::sha256, leaves);
  for (auto const& [index, size] : {std::pair{0U, 0U}, {4U, 4U}, {5U, 4U}}) {
    auto const proof = inclusionProof(HashAlgorithm::sha256, index, size, read);
    ASSERT_TRUE(proof.has_error());
    EXPECT_EQ(proof.error().kind, ErrorKind::badInput);
  }
}

TEST(ConsistencyProof, FromNothingOrBackwardsIsRefused) {
  auto const leaves = someLeaves(HashAlgorithm::sha256, 4);
  auto const read = testing::naiveReader(HashAlgorithm::sha256, leaves);
  for (auto const& [old, size] : {std::pair{0U, 0U}, {0U, 4U}, {4U, 3U}}) {
    auto const proof = consistencyProof(HashAlgorithm::sha256, old, size, read);
    ASSERT_TRUE(proof.has_error());
    EXPECT_EQ(proof.error().kind, ErrorKind::badInput);
  }
}

TEST(Proofs, PassOnWhatTheReaderReports) {
  Error const lost{ErrorKind::io, "the disk is gone"};
  NodeReader const broken = [&](unsigned, std::uint64_t) -> Result<Digest> { return lost; };
  EXPECT_EQ(rootAt(HashAlgorithm::sha256, 3, broken).error(), lost);
  EXPECT_EQ(inclusionProof(HashAlgorithm::sha256, 1, 3, broken).error(), lost);
  EXPECT_EQ(consistencyProof(HashAlgorithm::sha256, 1, 3, broken).error(), lost);
}

TEST(VerifyInclusion, TheLargestSizesAreHandled) {
  std::uint64_t const size = ~std::uint64_t{0};
  std::vector<Digest> const proof(64);
  EXPECT_FALSE(verifyInclusion(HashAlgorithm::sha256, size - 1, size, {}, proof, {}));
  EXPECT_FALSE(verifyInclusion(HashAlgorithm::sha256, 0, size, {}, proof, {}));
  EXPECT_FALSE(verifyConsistency(HashAlgorithm::sha256, std::uint64_t{1} << 63, size, proof, {}, {}));
  EXPECT_FALSE(verifyConsistency(HashAlgorithm::sha256, size - 1, size, proof, {}, {}));
}

}  // namespace
}  // namespace fundtrail::crypto

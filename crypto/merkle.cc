// SPDX-License-Identifier: Apache-2.0
#include "crypto/merkle.h"

#include <algorithm>
#include <array>
#include <bit>

#include "crypto/ensure.h"

namespace fundtrail::crypto {
namespace {

TreeHasher& threadHasher(HashAlgorithm algorithm) {
  thread_local TreeHasher sha256(HashAlgorithm::sha256);
  thread_local TreeHasher sm3(HashAlgorithm::sm3);
  return algorithm == HashAlgorithm::sm3 ? sm3 : sha256;
}

// Where a tree over n > 1 leaves splits: the largest power of two below n.
std::uint64_t splitOf(std::uint64_t n) {
  return std::bit_floor(n - 1);
}

// The root over leaves [begin, end). Whatever the tree's recursion cuts out starts at a multiple of a power of two not
// below its length, so the complete subtrees of its length, largest first, are aligned.
Result<Digest> rootOfRange(HashAlgorithm algorithm, std::uint64_t begin, std::uint64_t end, NodeReader const& read) {
  std::vector<Digest> nodes;
  while (begin < end) {
    auto const level = static_cast<unsigned>(std::bit_width(end - begin) - 1);
    Result<Digest> node = read(level, begin >> level);
    if (!node) {
      return node;
    }
    nodes.push_back(*node);
    begin += std::uint64_t{1} << level;
  }
  return foldNodes(algorithm, nodes);
}

struct Range {
  std::uint64_t begin;
  std::uint64_t end;
};

// Proofs are built from the root downwards and listed from the leaf upwards.
Result<std::vector<Digest>> rootsReversed(HashAlgorithm algorithm, std::vector<Range> const& ranges,
                                          NodeReader const& read) {
  std::vector<Digest> proof;
  proof.reserve(ranges.size());
  for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
    Result<Digest> root = rootOfRange(algorithm, range->begin, range->end, read);
    if (!root) {
      return root.error();
    }
    proof.push_back(*root);
  }
  return proof;
}

// The walk from a node up to the root that both verifications share (RFC 9162 sections 2.1.3.2 and 2.1.4.2): for each
// hash of the proof tells on which side it stands. `node` and `last` are this node's index and the last node's, on the
// current level.
class Ascent {
 public:
  Ascent(std::uint64_t node, std::uint64_t last) : node_(node), last_(last) {}

  bool atRoot() const { return last_ == 0; }

  /// Whether the next hash of the proof stands to the left; moves past it. Not at the root.
  bool nextIsLeft() {
    bool const left = (node_ & 1) != 0 || node_ == last_;
    if (left && (node_ & 1) == 0) {
      // The last node of an uneven tree has no sibling until the level where it is a right child.
      auto const levels = std::countr_zero(node_);
      node_ >>= levels;
      last_ >>= levels;
    }
    node_ >>= 1;
    last_ >>= 1;
    return left;
  }

 private:
  std::uint64_t node_;
  std::uint64_t last_;
};

}  // namespace

Digest TreeHasher::empty() {
  return hasher_.finish();
}

Digest TreeHasher::leaf(BytesView data) {
  static constexpr std::uint8_t kPrefix[] = {0x00};
  return hasher_.update(kPrefix).update(data).finish();
}

Digest TreeHasher::node(Digest const& left, Digest const& right) {
  std::array<std::uint8_t, 1 + 2 * Digest::kSize> message;
  message[0] = 0x01;
  std::ranges::copy(left.bytes, message.begin() + 1);
  std::ranges::copy(right.bytes, message.begin() + 1 + Digest::kSize);
  return hasher_.update(message).finish();
}

Result<Frontier> Frontier::restore(HashAlgorithm algorithm, std::uint64_t size, std::span<Digest const> nodes) {
  if (nodes.size() != static_cast<std::size_t>(std::popcount(size))) {
    return Error{ErrorKind::badInput, "a tree of " + std::to_string(size) + " leaves has " +
                                          std::to_string(std::popcount(size)) + " frontier nodes, not " +
                                          std::to_string(nodes.size()) + ": rebuild the frontier from the leaves"};
  }
  Frontier frontier(algorithm);
  frontier.size_ = size;
  frontier.nodes_.assign(nodes.begin(), nodes.end());
  return frontier;
}

void Frontier::append(Digest const& leafHash) {
  TreeHasher& hasher = threadHasher(algorithm_);
  Digest node = leafHash;
  for (int merges = std::countr_one(size_); merges > 0; --merges) {
    node = hasher.node(nodes_.back(), node);
    nodes_.pop_back();
  }
  nodes_.push_back(node);
  ++size_;
}

Digest Frontier::root() const {
  return foldNodes(algorithm_, nodes_);
}

Digest foldNodes(HashAlgorithm algorithm, std::span<Digest const> nodes) {
  TreeHasher& hasher = threadHasher(algorithm);
  if (nodes.empty()) {
    return hasher.empty();
  }
  Digest root = nodes.back();
  for (std::size_t i = nodes.size() - 1; i > 0; --i) {
    root = hasher.node(nodes[i - 1], root);
  }
  return root;
}

Digest rootOf(HashAlgorithm algorithm, std::span<Digest const> leafHashes) {
  Frontier frontier(algorithm);
  for (Digest const& leafHash : leafHashes) {
    frontier.append(leafHash);
  }
  return frontier.root();
}

Result<Digest> rootAt(HashAlgorithm algorithm, std::uint64_t size, NodeReader const& read) {
  return rootOfRange(algorithm, 0, size, read);
}

Result<std::vector<Digest>> inclusionProof(HashAlgorithm algorithm, std::uint64_t leafIndex, std::uint64_t size,
                                           NodeReader const& read) {
  if (leafIndex >= size) {
    return Error{ErrorKind::badInput, "leaf " + std::to_string(leafIndex) + " is not in a tree of " +
                                          std::to_string(size) + " leaves: ask for a smaller index"};
  }
  std::vector<Range> siblings;
  Range subtree{0, size};
  while (subtree.end - subtree.begin > 1) {
    std::uint64_t const middle = subtree.begin + splitOf(subtree.end - subtree.begin);
    if (leafIndex < middle) {
      siblings.push_back({middle, subtree.end});
      subtree.end = middle;
    } else {
      siblings.push_back({subtree.begin, middle});
      subtree.begin = middle;
    }
  }
  return rootsReversed(algorithm, siblings, read);
}

Result<std::vector<Digest>> consistencyProof(HashAlgorithm algorithm, std::uint64_t oldSize, std::uint64_t newSize,
                                             NodeReader const& read) {
  if (oldSize == 0 || oldSize > newSize) {
    return Error{ErrorKind::badInput, "no proof leads from a tree of " + std::to_string(oldSize) +
                                          " leaves to one of " + std::to_string(newSize) +
                                          ": the old size must be 1 or more and not above the new"};
  }
  std::vector<Range> parts;
  Range subtree{0, newSize};
  while (oldSize != subtree.end) {
    std::uint64_t const middle = subtree.begin + splitOf(subtree.end - subtree.begin);
    if (oldSize <= middle) {
      parts.push_back({middle, subtree.end});
      subtree.end = middle;
    } else {
      parts.push_back({subtree.begin, middle});
      subtree.begin = middle;
    }
  }
  // Where the old tree is itself the subtree, the verifier knows its root.
  if (subtree.begin != 0) {
    parts.push_back(subtree);
  }
  return rootsReversed(algorithm, parts, read);
}

bool verifyInclusion(HashAlgorithm algorithm, std::uint64_t leafIndex, std::uint64_t size, Digest const& leafHash,
                     std::span<Digest const> proof, Digest const& root) {
  if (leafIndex >= size) {
    return false;
  }
  TreeHasher& hasher = threadHasher(algorithm);
  Ascent ascent(leafIndex, size - 1);
  Digest computed = leafHash;
  for (Digest const& sibling : proof) {
    if (ascent.atRoot()) {
      return false;
    }
    computed = ascent.nextIsLeft() ? hasher.node(sibling, computed) : hasher.node(computed, sibling);
  }
  return ascent.atRoot() && computed == root;
}

bool verifyConsistency(HashAlgorithm algorithm, std::uint64_t oldSize, std::uint64_t newSize,
                       std::span<Digest const> proof, Digest const& oldRoot, Digest const& newRoot) {
  if (oldSize == 0 || oldSize > newSize) {
    return false;
  }
  if (oldSize == newSize) {
    return proof.empty() && oldRoot == newRoot;
  }
  // The ascent starts at the last subtree of the old tree that is also one of the new. If that is the whole old tree,
  // its root starts the proof without being listed.
  auto const level = std::countr_one(oldSize - 1);
  Ascent ascent((oldSize - 1) >> level, (newSize - 1) >> level);
  Digest start = oldRoot;
  if (!std::has_single_bit(oldSize)) {
    if (proof.empty()) {
      return false;
    }
    start = proof.front();
    proof = proof.subspan(1);
  }
  TreeHasher& hasher = threadHasher(algorithm);
  Digest computedOld = start;
  Digest computedNew = start;
  for (Digest const& sibling : proof) {
    if (ascent.atRoot()) {
      return false;
    }
    if (ascent.nextIsLeft()) {
      computedOld = hasher.node(sibling, computedOld);
      computedNew = hasher.node(sibling, computedNew);
    } else {
      computedNew = hasher.node(computedNew, sibling);
    }
  }
  return ascent.atRoot() && computedOld == oldRoot && computedNew == newRoot;
}

}  // namespace fundtrail::crypto

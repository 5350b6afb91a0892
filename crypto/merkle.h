// SPDX-License-Identifier: Apache-2.0
// The Merkle tree of RFC 6962 section 2.1 (unchanged in RFC 9162), over either hash algorithm:
//
//   empty tree   H("")
//   leaf         H(0x00 || data)
//   n > 1        H(0x01 || root of the first k || root of the rest),  k = the largest power of two below n
//
// Everything here takes leaf hashes; only TreeHasher::leaf takes data.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "crypto/digest.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

/// The three hash rules of the tree, over one reused context. Movable, not copyable; for one thread at a time.
class TreeHasher {
 public:
  explicit TreeHasher(HashAlgorithm algorithm) : algorithm_(algorithm), hasher_(algorithm) {}

  Digest empty();
  Digest leaf(BytesView data);
  Digest node(Digest const& left, Digest const& right);

  HashAlgorithm algorithm() const { return algorithm_; }

 private:
  HashAlgorithm algorithm_;
  Hasher hasher_;
};

/// The right edge of a tree (its compact range): enough to append and to compute the root, at most 64 hashes. A value.
class Frontier {
 public:
  explicit Frontier(HashAlgorithm algorithm) : algorithm_(algorithm) {}

  /// The frontier that nodes() and size() of another described. Errors: badInput when a tree of that size has another
  /// number of nodes; whether they are the right hashes, only a root can tell.
  static Result<Frontier> restore(HashAlgorithm algorithm, std::uint64_t size, std::span<Digest const> nodes);

  HashAlgorithm algorithm() const { return algorithm_; }
  std::uint64_t size() const { return size_; }

  /// Adds the next leaf. About one hash, averaged over many.
  void append(Digest const& leafHash);

  /// The root of the tree as it is now.
  Digest root() const;

  /// The roots of the complete subtrees that make up the tree, largest and leftmost first: one for each bit of the
  /// size.
  std::span<Digest const> nodes() const { return nodes_; }

 private:
  HashAlgorithm algorithm_;
  std::uint64_t size_ = 0;
  std::vector<Digest> nodes_;
};

/// The root over these leaves: a batch's eventsRoot.
Digest rootOf(HashAlgorithm algorithm, std::span<Digest const> leafHashes);

/// The root of a tree whose complete subtrees have these roots, largest and leftmost first (Frontier::nodes). No nodes:
/// the empty tree.
Digest foldNodes(HashAlgorithm algorithm, std::span<Digest const> nodes);

/// Reads the root of the complete subtree over leaves [index * 2^level, (index + 1) * 2^level); level 0 holds the leaf
/// hashes. Only asked for subtrees that are complete in the tree at hand. Its errors are passed on.
using NodeReader = std::function<Result<Digest>(unsigned level, std::uint64_t index)>;

/// The root of the tree over the first `size` leaves.
Result<Digest> rootAt(HashAlgorithm algorithm, std::uint64_t size, NodeReader const& read);

/// The proof that a leaf stands in the tree over the first `size` leaves: the leaf's sibling first (RFC 9162
/// section 2.1.3.1). Errors: badInput unless leafIndex < size.
Result<std::vector<Digest>> inclusionProof(HashAlgorithm algorithm, std::uint64_t leafIndex, std::uint64_t size,
                                           NodeReader const& read);

/// The proof that the tree over the first `newSize` leaves only adds to the one over the first `oldSize` (RFC 9162
/// section 2.1.4.1); empty for equal sizes. Errors: badInput unless 0 < oldSize <= newSize.
Result<std::vector<Digest>> consistencyProof(HashAlgorithm algorithm, std::uint64_t oldSize, std::uint64_t newSize,
                                             NodeReader const& read);

/// Whether the proof, and nothing more or less, leads from the leaf at that index to the root of a tree of that size.
/// Never fails in any other way, whatever the input.
bool verifyInclusion(HashAlgorithm algorithm, std::uint64_t leafIndex, std::uint64_t size, Digest const& leafHash,
                     std::span<Digest const> proof, Digest const& root);

/// Whether the proof, and nothing more or less, shows the old tree to be the beginning of the new one. False for
/// oldSize = 0: every tree extends the empty one, so there is nothing to prove, and a caller who has no old tree must
/// say so itself.
bool verifyConsistency(HashAlgorithm algorithm, std::uint64_t oldSize, std::uint64_t newSize,
                       std::span<Digest const> proof, Digest const& oldRoot, Digest const& newRoot);

}  // namespace fundtrail::crypto

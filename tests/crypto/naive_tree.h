// SPDX-License-Identifier: Apache-2.0
// The Merkle tree by the recursive definitions of RFC 6962 section 2.1, written to be obviously right.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "crypto/digest.h"
#include "crypto/merkle.h"

namespace fundtrail::crypto::testing {

using Leaves = std::span<Digest const>;

Digest naiveRoot(HashAlgorithm algorithm, Leaves leaves);
std::vector<Digest> naiveInclusion(HashAlgorithm algorithm, std::uint64_t index, Leaves leaves);
std::vector<Digest> naiveConsistency(HashAlgorithm algorithm, std::uint64_t oldSize, Leaves leaves);

/// Reads nodes by recomputing them from the leaves.
NodeReader naiveReader(HashAlgorithm algorithm, Leaves leaves);

/// Leaf hashes that differ from one another: those of "0", "1", "2" …
std::vector<Digest> someLeaves(HashAlgorithm algorithm, std::size_t count);

}  // namespace fundtrail::crypto::testing

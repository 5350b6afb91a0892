// SPDX-License-Identifier: Apache-2.0
#include "tests/crypto/naive_tree.h"

#include <string>

namespace fundtrail::crypto::testing {
namespace {

std::size_t split(std::size_t n) {
  std::size_t k = 1;
  while (2 * k < n) {
    k *= 2;
  }
  return k;
}

std::vector<Digest> with(std::vector<Digest> proof, Digest const& last) {
  proof.push_back(last);
  return proof;
}

std::vector<Digest> subproof(HashAlgorithm algorithm, std::uint64_t m, Leaves leaves, bool known) {
  if (m == leaves.size()) {
    return known ? std::vector<Digest>{} : std::vector{naiveRoot(algorithm, leaves)};
  }
  std::size_t const k = split(leaves.size());
  Leaves const left = leaves.first(k);
  Leaves const right = leaves.subspan(k);
  return m <= k ? with(subproof(algorithm, m, left, known), naiveRoot(algorithm, right))
                : with(subproof(algorithm, m - k, right, false), naiveRoot(algorithm, left));
}

}  // namespace

Digest naiveRoot(HashAlgorithm algorithm, Leaves leaves) {
  if (leaves.empty()) {
    return hash(algorithm, {});
  }
  if (leaves.size() == 1) {
    return leaves.front();
  }
  std::size_t const k = split(leaves.size());
  Bytes message = {0x01};
  for (Leaves const half : {leaves.first(k), leaves.subspan(k)}) {
    Digest const root = naiveRoot(algorithm, half);
    message.insert(message.end(), root.bytes.begin(), root.bytes.end());
  }
  return hash(algorithm, message);
}

std::vector<Digest> naiveInclusion(HashAlgorithm algorithm, std::uint64_t index, Leaves leaves) {
  if (leaves.size() == 1) {
    return {};
  }
  std::size_t const k = split(leaves.size());
  Leaves const left = leaves.first(k);
  Leaves const right = leaves.subspan(k);
  return index < k ? with(naiveInclusion(algorithm, index, left), naiveRoot(algorithm, right))
                   : with(naiveInclusion(algorithm, index - k, right), naiveRoot(algorithm, left));
}

std::vector<Digest> naiveConsistency(HashAlgorithm algorithm, std::uint64_t oldSize, Leaves leaves) {
  return subproof(algorithm, oldSize, leaves, true);
}

NodeReader naiveReader(HashAlgorithm algorithm, Leaves leaves) {
  return [=](unsigned level, std::uint64_t index) -> Result<Digest> {
    std::size_t const width = std::size_t{1} << level;
    if ((index + 1) * width > leaves.size()) {
      return Error{ErrorKind::notFound, "a node outside the tree was asked for"};
    }
    return naiveRoot(algorithm, leaves.subspan(index * width, width));
  };
}

std::vector<Digest> someLeaves(HashAlgorithm algorithm, std::size_t count) {
  TreeHasher hasher(algorithm);
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    leaves.push_back(hasher.leaf(asBytes(std::to_string(i))));
  }
  return leaves;
}

}  // namespace fundtrail::crypto::testing

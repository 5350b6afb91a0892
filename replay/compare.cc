// SPDX-License-Identifier: Apache-2.0
#include "replay/compare.h"

#include <algorithm>
#include <utility>

#include "crypto/bytes.h"
#include "crypto/checkpoint_note.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "ledger/files/files.h"

namespace fundtrail::replay {

namespace files = ledger::files;
using crypto::Digest;
using crypto::Error;
using crypto::ErrorKind;
using crypto::HashAlgorithm;
using crypto::Result;

namespace {

constexpr std::size_t kMostTile = crypto::kTileWidth * crypto::Digest::kSize;

Result<crypto::Attestation> attestationOf(std::string_view note, crypto::LogPolicy const& policy) {
  auto const parsed = crypto::parseNote(note);
  if (!parsed) return parsed.error();
  return policy.evaluate(*parsed);
}

Digest emptyRoot(HashAlgorithm algorithm) {
  return crypto::TreeHasher(algorithm).empty();
}

/// By what the log's keys in the policy say of its profile: a log whose keys are all SM2's hashes with SM3.
HashAlgorithm hashOf(std::string_view origin, crypto::LogPolicy const& policy) {
  bool const sm3 = std::ranges::all_of(policy.logs(), [&](crypto::LogPolicy::Log const& log) {
    return log.key.name() != origin || log.key.key().algorithm() == crypto::KeyAlgorithm::sm2;
  });
  return sm3 ? HashAlgorithm::sm3 : HashAlgorithm::sha256;
}

/// Whether the tree, by that hash, is the larger checkpoint's; then what it begins with.
bool settle(Comparison& comparison, Tree const& tree, HashAlgorithm algorithm) {
  auto const& smaller = comparison.smaller.checkpoint;
  auto const& larger = comparison.larger.checkpoint;
  auto const read = crypto::nodeReader(algorithm, tree.size, tree.tile);
  auto const beginning = crypto::rootAt(algorithm, smaller.size, read);
  auto proof = crypto::consistencyProof(algorithm, smaller.size, larger.size, read);
  if (!beginning || !proof) return false;
  // The tree is nobody's word: only what leads to the root that the log signed counts.
  if (!crypto::verifyConsistency(algorithm, smaller.size, larger.size, *proof, *beginning, larger.root)) return false;
  comparison.beginning = *beginning;
  comparison.proof = *std::move(proof);
  comparison.story = *beginning == smaller.root ? Story::one : Story::two;
  return true;
}

}  // namespace

std::string_view name(Story story) {
  switch (story) {
    case Story::one: return "one";
    case Story::two: return "two";
    case Story::unknown: return "unknown";
  }
  return "";
}

Result<Tree> treeOfSpine(std::filesystem::path const& folder) {
  auto const note = files::readFile(folder / "checkpoint", crypto::kMaxNoteSize);
  if (!note) return note.error();
  auto const stated = crypto::readCheckpointNote(*note);
  if (!stated) return stated.error().of((folder / "checkpoint").string());
  auto const size = stated->size;
  return Tree{size, [folder, size](crypto::TileId id) -> Result<crypto::Bytes> {
                auto const tile =
                    files::readFile(folder / crypto::tilePath(id, crypto::tileWidth(id, size)), kMostTile);
                if (!tile) return tile.error();
                auto const bytes = crypto::asBytes(*tile);
                return crypto::Bytes(bytes.begin(), bytes.end());
              }};
}

Result<Comparison> compare(std::string_view one, std::string_view other, crypto::LogPolicy const& policy,
                           Tree const* tree) {
  auto first = attestationOf(one, policy);
  if (!first) return first.error();
  auto second = attestationOf(other, policy);
  if (!second) return second.error();
  if (first->checkpoint.origin != second->checkpoint.origin) {
    return Error{ErrorKind::badInput, "these are checkpoints of two logs: give two of the same log",
                 "两个检查点属于不同的日志：请给出同一日志的两个检查点"};
  }
  if (first->checkpoint.size > second->checkpoint.size) std::swap(*first, *second);
  Comparison comparison{Story::unknown, *std::move(first), *std::move(second)};
  auto const& smaller = comparison.smaller.checkpoint;
  auto const& larger = comparison.larger.checkpoint;
  bool const none = smaller.size == 0;
  if (none && smaller.root != emptyRoot(HashAlgorithm::sha256) && smaller.root != emptyRoot(HashAlgorithm::sm3)) {
    comparison.story = Story::two;  // no log whatever begins so
    comparison.beginning = emptyRoot(hashOf(smaller.origin, policy));
  } else if (smaller.size == larger.size) {
    comparison.story = smaller.root == larger.root ? Story::one : Story::two;
  } else if (none) {
    comparison.story = Story::one;  // every log begins with the empty one
  } else if (tree != nullptr && tree->size >= larger.size) {
    if (!settle(comparison, *tree, HashAlgorithm::sha256)) settle(comparison, *tree, HashAlgorithm::sm3);
  }
  return comparison;
}

}  // namespace fundtrail::replay

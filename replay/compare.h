// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/digest.h"
#include "crypto/log_policy.h"
#include "crypto/result.h"
#include "crypto/tiles.h"

// Two checkpoints of a log, compared: whoever holds them needs to trust nobody but the log's key to see whether the log
// told two stories. It is how evidence is judged, wherever it comes from: a witness, a receipt, a spine, a letter.

namespace fundtrail::replay {

enum class Story : std::uint8_t {
  one,      // the larger tree begins with the smaller one, or they are the same
  two,      // the log signed both, and they contradict each other, or one of them what an empty log is
  unknown,  // of different sizes, and the tree that was brought decides nothing
};
[[nodiscard]] std::string_view name(Story story);

struct Comparison {
  Story story = Story::unknown;
  crypto::Attestation smaller;  // by tree size
  crypto::Attestation larger;
  // For two sizes, where a tree decided, that the larger tree begins with `beginning`, which is the smaller one's root
  // if there is one story. For a checkpoint of no batch that states another root, the root of the empty tree.
  std::optional<crypto::Digest> beginning{};
  std::vector<crypto::Digest> proof{};
};

/// The tiles of a tree that somebody holds, and its size.
struct Tree {
  std::uint64_t size = 0;
  crypto::TileReader tile;
};

/// The tiles of a public spine, as many as its checkpoint says. Nobody's word is taken for them: a proof out of them
/// holds or does not. Errors: notFound, badInput for a folder without a checkpoint; io.
[[nodiscard]] crypto::Result<Tree> treeOfSpine(std::filesystem::path const& folder);

/// Compares two signed notes of one log of the policy. For notes of different sizes a tree decides, if there is one:
/// that of the larger note's log, at that size or above. Errors: badInput for what is no checkpoint, and for those of
/// two logs; denied for one that no log of the policy signed, which says nothing about anybody.
[[nodiscard]] crypto::Result<Comparison> compare(std::string_view one, std::string_view other,
                                                 crypto::LogPolicy const& policy, Tree const* tree);

}  // namespace fundtrail::replay

// SPDX-License-Identifier: Apache-2.0
// Entry bundles, c2sp.org/tlog-tiles: what the leaves of one tile of level 0 are the hashes of, up to 256 entries one
// after the other, each as its length in two bytes, big-endian, and its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

inline constexpr std::size_t kMaxEntrySize = 65'535;  // bytes: the most that two bytes can say

/// The bundle of these entries: at most 256, each of at most 65,535 bytes. An entry may be empty.
Bytes formatEntryBundle(std::span<BytesView const> entries);

/// The entries of a bundle, as views of its bytes. `count` (at most 256) is how many it must hold: tileWidth says it.
/// Errors: badInput for a bundle that holds fewer or more, or that ends inside an entry.
Result<std::vector<BytesView>> parseEntryBundle(BytesView bundle, std::size_t count);

/// "tile/entries/<index>", with ".p/<width>" added for a partial bundle: the path below the log's prefix, in the form
/// of tilePath. It belongs to the tile of level 0 with that index and width. Width 1 … 256.
std::string entryBundlePath(std::uint64_t index, unsigned width);

/// The index and width that a path names. Exactly what entryBundlePath makes is taken, nothing else.
std::optional<std::pair<std::uint64_t, unsigned>> parseEntryBundlePath(std::string_view path);

}  // namespace fundtrail::crypto

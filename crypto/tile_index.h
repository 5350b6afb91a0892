// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the part of a path that hash tiles and entry bundles have in common, c2sp.org/tlog-tiles.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace fundtrail::crypto {

/// The index in groups of three digits, all but the last marked with an x, and ".p/<width>" if the width is not 256:
/// "x001/x234/067.p/8". Width 1 … 256.
std::string formatTileIndex(std::uint64_t index, unsigned width);

/// The index and width that were written so; nothing for any other spelling.
std::optional<std::pair<std::uint64_t, unsigned>> parseTileIndex(std::string_view text);

}  // namespace fundtrail::crypto

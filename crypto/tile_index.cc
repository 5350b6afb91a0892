// SPDX-License-Identifier: Apache-2.0
#include "crypto/tile_index.h"

#include <algorithm>
#include <iterator>

#include "crypto/decimal.h"
#include "crypto/ensure.h"
#include "crypto/tiles.h"

namespace fundtrail::crypto {
namespace {

constexpr std::string_view kPartial = ".p/";

std::string formatGroups(std::uint64_t index) {
  auto const group = [](std::uint64_t value) {
    std::string const digits = std::to_string(value % 1000);
    return std::string(3 - digits.size(), '0') + digits;
  };
  std::string text = group(index);
  while ((index /= 1000) != 0) {
    text.insert(0, "x" + group(index) + "/");
  }
  return text;
}

// Any digits in groups; that they are the canonical ones, parseTileIndex finds out by writing them again.
std::optional<std::uint64_t> parseGroups(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != 'x' && c != '/'; });
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return parseDecimal<std::uint64_t>(digits);
}

}  // namespace

std::string formatTileIndex(std::uint64_t index, unsigned width) {
  ensure(width >= 1 && width <= kTileWidth, "a tile has width 1 … 256");
  std::string text = formatGroups(index);
  if (width < kTileWidth) {
    text += std::string(kPartial) + std::to_string(width);
  }
  return text;
}

std::optional<std::pair<std::uint64_t, unsigned>> parseTileIndex(std::string_view text) {
  std::size_t const partial = std::min(text.find(kPartial), text.size());
  auto const index = parseGroups(text.substr(0, partial));
  auto const width =
      partial == text.size() ? kTileWidth : parseDecimal<unsigned>(text.substr(partial + kPartial.size()));
  if (!index || !width || *width < 1 || *width > kTileWidth) {
    return std::nullopt;
  }
  // One path for one tile: whatever would be written differently is refused.
  return formatTileIndex(*index, *width) == text ? std::optional(std::pair(*index, *width)) : std::nullopt;
}

}  // namespace fundtrail::crypto

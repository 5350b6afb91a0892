// SPDX-License-Identifier: Apache-2.0
#include "crypto/entry_bundle.h"

#include "crypto/big_endian.h"
#include "crypto/ensure.h"
#include "crypto/tile_index.h"
#include "crypto/tiles.h"

namespace fundtrail::crypto {
namespace {

using Length = std::uint16_t;

constexpr std::string_view kRoot = "tile/entries/";

Error malformed(std::string const& what) {
  return Error{ErrorKind::badInput, "not the entry bundle: " + what + "; fetch it again from its log"};
}

}  // namespace

Bytes formatEntryBundle(std::span<BytesView const> entries) {
  ensure(entries.size() <= kTileWidth, "a bundle holds at most 256 entries");
  Bytes bundle;
  for (BytesView const entry : entries) {
    ensure(entry.size() <= kMaxEntrySize, "an entry has at most 65,535 bytes");
    auto const length = bigEndian(static_cast<Length>(entry.size()));
    bundle.insert(bundle.end(), length.begin(), length.end());
    bundle.insert(bundle.end(), entry.begin(), entry.end());
  }
  return bundle;
}

Result<std::vector<BytesView>> parseEntryBundle(BytesView bundle, std::size_t count) {
  ensure(count <= kTileWidth, "a bundle holds at most 256 entries");
  std::vector<BytesView> entries;
  while (!bundle.empty()) {
    if (entries.size() == count) {
      return malformed("it holds more than " + std::to_string(count) + " entries");
    }
    bool const hasLength = bundle.size() >= sizeof(Length);
    std::size_t const end = hasLength ? sizeof(Length) + loadBigEndian<Length>(bundle.data()) : sizeof(Length);
    if (bundle.size() < end) {
      return malformed("it ends inside entry " + std::to_string(entries.size() + 1));
    }
    entries.push_back(bundle.first(end).subspan(sizeof(Length)));
    bundle = bundle.subspan(end);
  }
  if (entries.size() < count) {
    return malformed("it holds " + std::to_string(entries.size()) + " of " + std::to_string(count) + " entries");
  }
  return entries;
}

std::string entryBundlePath(std::uint64_t index, unsigned width) {
  return std::string(kRoot) + formatTileIndex(index, width);
}

std::optional<std::pair<std::uint64_t, unsigned>> parseEntryBundlePath(std::string_view path) {
  return path.starts_with(kRoot) ? parseTileIndex(path.substr(kRoot.size())) : std::nullopt;
}

}  // namespace fundtrail::crypto

// SPDX-License-Identifier: Apache-2.0
// A log's tiles are fetched from whoever serves them, and asked for by anyone: no path and no bundle of entries has two
// spellings.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "crypto/bytes.h"
#include "crypto/ensure.h"
#include "crypto/entry_bundle.h"
#include "crypto/tiles.h"

namespace {

using namespace fundtrail::crypto;

void checkPath(std::string_view path) {
  auto const tile = parseTilePath(path);
  ensure(!tile || tilePath(tile->first, tile->second) == path, "a tile has one path");
  auto const bundle = parseEntryBundlePath(path);
  ensure(!bundle || entryBundlePath(bundle->first, bundle->second) == path, "a bundle has one path");
  ensure(!tile || !bundle, "a path is a tile's or a bundle's");
}

void checkBundle(BytesView bundle) {
  std::size_t lengths = 0;
  for (std::size_t count = 0; count <= kTileWidth; ++count) {
    if (auto const entries = parseEntryBundle(bundle, count)) {
      ensure(entries->size() == count, "a bundle holds as many entries as were asked for");
      Bytes const again = formatEntryBundle(*entries);
      ensure(asText(again) == asText(bundle), "a bundle has one spelling");
      ++lengths;
    }
  }
  ensure(lengths <= 1, "a bundle holds one number of entries");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  checkPath(asText({data, size}));
  checkBundle({data, size});
  return 0;
}

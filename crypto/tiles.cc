// SPDX-License-Identifier: Apache-2.0
#include "crypto/tiles.h"

#include <algorithm>
#include <cstddef>
#include <memory>

#include "crypto/decimal.h"
#include "crypto/ensure.h"
#include "crypto/tile_index.h"

namespace fundtrail::crypto {
namespace {

constexpr unsigned kMaxLevel = 63;
constexpr std::string_view kRoot = "tile/";

std::string pathOf(TileId tile) {
  return tilePath(tile, kTileWidth);
}

// The hashes that level `level` holds in a tree of that size, in all its tiles.
std::uint64_t hashesAt(unsigned level, std::uint64_t treeSize) {
  unsigned const shift = level * kTileHeight;
  return shift < 64 ? treeSize >> shift : 0;
}

// The first `width` hashes of a tile.
Result<std::vector<Digest>> readHashes(TileReader const& readTile, TileId tile, unsigned width) {
  Result<Bytes> const bytes = readTile(tile);
  if (!bytes) {
    return bytes.error();
  }
  std::size_t const count = bytes->size() / Digest::kSize;
  if (bytes->size() % Digest::kSize != 0 || count < width || count > kTileWidth) {
    return Error{ErrorKind::corrupt, pathOf(tile) + " has " + std::to_string(bytes->size()) + " bytes where " +
                                         std::to_string(width) +
                                         " hashes are needed: restore it from a copy of the log"};
  }
  std::vector<Digest> hashes(width);
  for (std::size_t i = 0; i < width; ++i) {
    std::copy_n(bytes->begin() + static_cast<std::ptrdiff_t>(i * Digest::kSize), Digest::kSize,
                hashes[i].bytes.begin());
  }
  return hashes;
}

}  // namespace

std::string tilePath(TileId tile, unsigned width) {
  ensure(tile.level <= kMaxLevel, "a tile has level 0 … 63");
  return std::string(kRoot) + std::to_string(tile.level) + "/" + formatTileIndex(tile.index, width);
}

std::optional<std::pair<TileId, unsigned>> parseTilePath(std::string_view path) {
  if (!path.starts_with(kRoot)) {
    return std::nullopt;
  }
  path.remove_prefix(kRoot.size());
  std::size_t const slash = path.find('/');
  if (slash == std::string_view::npos) {
    return std::nullopt;
  }
  auto const level = parseDecimal<unsigned>(path.substr(0, slash));
  auto const place = parseTileIndex(path.substr(slash + 1));
  if (!level || *level > kMaxLevel || !place) {
    return std::nullopt;
  }
  return std::pair(TileId{*level, place->first}, place->second);
}

unsigned tileWidth(TileId tile, std::uint64_t treeSize) {
  std::uint64_t const hashes = hashesAt(tile.level, treeSize);
  std::uint64_t const fullTiles = hashes / kTileWidth;
  if (tile.index < fullTiles) {
    return kTileWidth;
  }
  return tile.index == fullTiles ? static_cast<unsigned>(hashes % kTileWidth) : 0;
}

Result<TileWriter> TileWriter::restore(HashAlgorithm algorithm, std::uint64_t size, TileReader const& readTile) {
  TileWriter writer(algorithm);
  for (unsigned number = 0; hashesAt(number, size) != 0; ++number) {
    Level& level = writer.levels_.emplace_back(algorithm);
    level.fullTiles = hashesAt(number, size) / kTileWidth;
    TileId const tile{number, level.fullTiles};
    unsigned const width = tileWidth(tile, size);
    if (width == 0) {
      continue;
    }
    Result<std::vector<Digest>> const hashes = readHashes(readTile, tile, width);
    if (!hashes) {
      return hashes.error();
    }
    for (Digest const& hash : *hashes) {
      level.partial.insert(level.partial.end(), hash.bytes.begin(), hash.bytes.end());
      level.subtrees.append(hash);
    }
  }
  return writer;
}

void TileWriter::append(Digest const& leafHash) {
  Digest carried = leafHash;
  for (unsigned number = 0;; ++number) {
    if (number == levels_.size()) {
      levels_.emplace_back(algorithm_);
    }
    Level& level = levels_[number];
    level.partial.insert(level.partial.end(), carried.bytes.begin(), carried.bytes.end());
    level.subtrees.append(carried);
    level.changed = true;
    if (level.subtrees.size() < kTileWidth) {
      return;
    }
    carried = level.subtrees.root();
    filled_.emplace(TileId{number, level.fullTiles++}, std::exchange(level.partial, {}));
    level.subtrees = Frontier(algorithm_);
    level.changed = false;
  }
}

std::uint64_t TileWriter::size() const {
  return levels_.empty() ? 0 : levels_.front().fullTiles * kTileWidth + levels_.front().subtrees.size();
}

Digest TileWriter::root() const {
  // The upper levels hold the larger subtrees, which stand further to the left.
  std::vector<Digest> nodes;
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
    auto const subtrees = level->subtrees.nodes();
    nodes.insert(nodes.end(), subtrees.begin(), subtrees.end());
  }
  return foldNodes(algorithm_, nodes);
}

std::map<TileId, Bytes> TileWriter::takeChanged() {
  std::map<TileId, Bytes> changed = std::exchange(filled_, {});
  for (unsigned number = 0; number < levels_.size(); ++number) {
    Level& level = levels_[number];
    if (std::exchange(level.changed, false)) {
      changed.emplace(TileId{number, level.fullTiles}, level.partial);
    }
  }
  return changed;
}

// levels[h][i] is the root of 2^h neighbouring hashes, as far as they are complete.
struct TileNodes::UnfoldedTile {
  TileId id;
  std::vector<std::vector<Digest>> levels{{}};

  // The hashes are those that it has, and perhaps more behind them.
  void extend(TreeHasher& hasher, std::vector<Digest> hashes) {
    levels.front() = std::move(hashes);
    for (std::size_t h = 0; levels[h].size() > 1; ++h) {
      if (levels.size() == h + 1) {
        levels.emplace_back();
      }
      auto const& below = levels[h];
      auto& above = levels[h + 1];
      for (auto i = above.size(); i < below.size() / 2; ++i) {
        above.push_back(hasher.node(below[2 * i], below[2 * i + 1]));
      }
    }
  }

  [[nodiscard]] Digest const* find(unsigned height, std::size_t position) const {
    return height < levels.size() && position < levels[height].size() ? &levels[height][position] : nullptr;
  }
};

TileNodes::TileNodes(HashAlgorithm algorithm, TileReader readTile)
    : hasher_(algorithm), readTile_(std::move(readTile)) {}
TileNodes::~TileNodes() = default;

Result<Digest> TileNodes::node(std::uint64_t treeSize, unsigned level, std::uint64_t index) {
  // The node is the root of 2^height neighbouring hashes of one tile.
  unsigned const height = level % kTileHeight;
  TileId const id{level / kTileHeight, index >> (kTileHeight - height)};
  std::size_t const position = index % (kTileWidth >> height);
  unsigned const width = tileWidth(id, treeSize);
  if (position >= (width >> height)) {
    return Error{ErrorKind::badInput, "a tree of " + std::to_string(treeSize) + " leaves has no node " +
                                          std::to_string(index) + " at level " + std::to_string(level) +
                                          ": ask for one inside the tree"};
  }
  auto& recent = recent_[id.level];
  auto known = std::ranges::find(recent, id, &UnfoldedTile::id);
  if (known == recent.end() || known->find(height, position) == nullptr) {
    Result<std::vector<Digest>> hashes = readHashes(readTile_, id, width);
    if (!hashes) {
      return hashes.error();
    }
    if (known == recent.end()) {
      if (recent.size() == kKept) {
        recent.pop_back();
      }
      known = recent.insert(recent.begin(), UnfoldedTile{id});
    }
    known->extend(hasher_, *std::move(hashes));
  }
  std::rotate(recent.begin(), known, known + 1);
  return *recent.front().find(height, position);
}

NodeReader nodeReader(HashAlgorithm algorithm, std::uint64_t treeSize, TileReader readTile) {
  return [treeSize, nodes = std::make_shared<TileNodes>(algorithm, std::move(readTile))](
             unsigned level, std::uint64_t index) { return nodes->node(treeSize, level, index); };
}

}  // namespace fundtrail::crypto

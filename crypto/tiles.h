// SPDX-License-Identifier: Apache-2.0
// The geometry of c2sp.org/tlog-tiles: a Merkle tree cut into tiles 8 levels high. Tile (level, index) holds, side by
// side, up to 256 hashes of 32 bytes, each the root of 256^level leaves; the levels between are recomputed from them.
// The rightmost tile of a level is partial until its 256th hash is known, and only full tiles count in the level above.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/merkle.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

inline constexpr unsigned kTileHeight = 8;
inline constexpr unsigned kTileWidth = 1U << kTileHeight;

/// Where a tile stands: level 0 holds the leaf hashes.
struct TileId {
  unsigned level = 0;
  std::uint64_t index = 0;

  friend auto operator<=>(TileId const&, TileId const&) = default;
};

/// "tile/<level>/<index>", with ".p/<width>" added for a partial tile: the path below the log's prefix. Width 1 … 256,
/// level 0 … 63.
std::string tilePath(TileId tile, unsigned width);

/// The tile and width that a path names. Exactly what tilePath makes is taken, nothing else: no leading zeros, no
/// superfluous groups, no partial of width 0 or 256, no level above 63.
std::optional<std::pair<TileId, unsigned>> parseTilePath(std::string_view path);

/// How many hashes the tile holds in a tree of that size: 1 … 256, or 0 if it is not part of that tree.
unsigned tileWidth(TileId tile, std::uint64_t treeSize);

/// Reads a tile's bytes. It may give more hashes than asked for (a tile that has grown since), never fewer.
using TileReader = std::function<Result<Bytes>(TileId tile)>;

/// Grows a tree at its right edge and hands out the tiles that changed. Holds at most 8 partial tiles, and the full
/// ones not yet taken. Movable and copyable; for one thread at a time.
class TileWriter {
 public:
  explicit TileWriter(HashAlgorithm algorithm) : algorithm_(algorithm) {}

  /// The writer of a tree of that size, from the partial tiles of its right edge (at most 8). Errors: the reader's own;
  /// corrupt for a tile that is short or not whole hashes. Whether the hashes are right, comparing root() with a signed
  /// checkpoint tells.
  static Result<TileWriter> restore(HashAlgorithm algorithm, std::uint64_t size, TileReader const& readTile);

  void append(Digest const& leafHash);

  std::uint64_t size() const;

  /// The root of the whole tree, from the right edge alone.
  Digest root() const;

  /// The tiles that changed since the last call, each whole as it is now (32 bytes for each hash). One that filled up
  /// is given full.
  std::map<TileId, Bytes> takeChanged();

 private:
  struct Level {
    explicit Level(HashAlgorithm algorithm) : subtrees(algorithm) {}
    std::uint64_t fullTiles = 0;
    Bytes partial;      // the hashes of the tile that is growing
    Frontier subtrees;  // the same hashes, folded
    bool changed = false;
  };

  HashAlgorithm algorithm_;
  std::vector<Level> levels_;
  std::map<TileId, Bytes> filled_;
};

/// The nodes of a tree that grows, read out of its tiles: what is complete in one never changes.
///
/// Keeps the eight tiles of each level that it read last, with the levels between, so that many proofs cost little more
/// than one: at most 17 KiB for each of them. Not copied, one thread at a time.
class TileNodes {
 public:
  TileNodes(HashAlgorithm algorithm, TileReader readTile);
  TileNodes(TileNodes const&) = delete;
  TileNodes& operator=(TileNodes const&) = delete;
  ~TileNodes();

  /// A node of the tree as it is with so many leaves, or was. Errors: the reader's own; corrupt for a tile that is
  /// shorter than the size implies or not whole hashes; badInput for a node outside the tree.
  Result<Digest> node(std::uint64_t treeSize, unsigned level, std::uint64_t index);

 private:
  // A receipt's proofs go through the tile of its own batch, the one at the right edge, and those of what enrolled the
  // signer's key.
  static constexpr std::size_t kKept = 8;
  struct UnfoldedTile;

  TreeHasher hasher_;
  TileReader readTile_;
  std::map<unsigned, std::vector<UnfoldedTile>> recent_;  // by level; the latest first
};

/// The same of a tree of one size. Copies share what is kept.
NodeReader nodeReader(HashAlgorithm algorithm, std::uint64_t treeSize, TileReader readTile);

}  // namespace fundtrail::crypto

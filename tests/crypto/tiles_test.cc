// SPDX-License-Identifier: Apache-2.0
#include "crypto/tiles.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/checkpoint.h"
#include "crypto/entry_bundle.h"
#include "crypto/note.h"
#include "tests/crypto/naive_tree.h"
#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

using testing::Leaves;
using testing::someLeaves;

/// Tiles as a store would keep them.
struct Store {
  std::map<TileId, Bytes> tiles;

  void take(TileWriter& writer) {
    for (auto& [tile, bytes] : writer.takeChanged()) {
      tiles[tile] = bytes;
    }
  }

  TileReader reader() const {
    return [this](TileId tile) -> Result<Bytes> {
      auto const found = tiles.find(tile);
      return found != tiles.end() ? Result<Bytes>(found->second) : Error{ErrorKind::notFound, "no such tile"};
    };
  }
};

TEST(TilePath, OfTheStandardsExamples) {
  EXPECT_EQ(tilePath({0, 0}, 256), "tile/0/000");
  EXPECT_EQ(tilePath({0, 999}, 256), "tile/0/999");
  EXPECT_EQ(tilePath({3, 1000}, 256), "tile/3/x001/000");
  EXPECT_EQ(tilePath({63, 1234067}, 8), "tile/63/x001/x234/067.p/8");
  EXPECT_EQ(tilePath({0, ~std::uint64_t{0}}, 1), "tile/0/x018/x446/x744/x073/x709/x551/615.p/1");
}

TEST(TilePath, EveryTileSurvives) {
  EXPECT_TRUE(rc::check([] {
    TileId const tile{*rc::gen::inRange(0U, 64U), *rc::gen::arbitrary<std::uint64_t>() >> *rc::gen::inRange(0, 64)};
    auto const width = *rc::gen::inRange(1U, 257U);
    RC_ASSERT(parseTilePath(tilePath(tile, width)) == std::pair(tile, width));
  }));
}

TEST(TilePath, AnyOtherSpellingIsRefused) {
  for (std::string_view const bad : {"",
                                     "tile",
                                     "tile/",
                                     "tile/0",
                                     "tile/0/",
                                     "tile/000",
                                     "/tile/0/000",
                                     "tile/0/000/",
                                     "tile/0/00",
                                     "tile/0/0000",
                                     "tile/0/x000",
                                     "tile/0/x000/",
                                     "tile/0/x000/000",
                                     "tile/0/x000/x001/000",
                                     "tile/0/001/000",
                                     "tile/0/x01/000",
                                     "tile/0/x0001/000",
                                     "tile/0/X001/000",
                                     "tile/0/x001/x000",
                                     "tile/0/x001//000",
                                     "tile/00/000",
                                     "tile/01/000",
                                     "tile/64/000",
                                     "tile/-1/000",
                                     "tile/+1/000",
                                     "tile/a/000",
                                     "tile/0/00a",
                                     "tile/0/000.p",
                                     "tile/0/000.p/",
                                     "tile/0/000.p/0",
                                     "tile/0/000.p/256",
                                     "tile/0/000.p/257",
                                     "tile/0/000.p/08",
                                     "tile/0/000.p/8/",
                                     "tile/0/000.p/-1",
                                     "tile/0/000.p/8.p/8",
                                     "tile/0/000p/8",
                                     "tile/0/000.P/8",
                                     "tile/0/000 ",
                                     "tile/entries/000",
                                     "tile/data/000",
                                     "tile/0/x018/x446/x744/x073/x709/x551/616",
                                     "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                                     "checkpoint"}) {
    EXPECT_EQ(parseTilePath(bad), std::nullopt) << bad;
  }
}

class TilePathVectors : public ::testing::TestWithParam<std::filesystem::path> {};
INSTANTIATE_TEST_SUITE_P(, TilePathVectors,
                         ::testing::ValuesIn(testing::vectorPaths({"paths.json"}, {"tile-paths/paths.json"})),
                         testing::FileName());

TEST_P(TilePathVectors, AreReproduced) {
  auto const vectors = testing::readJson(GetParam());
  // The vectors write 0 for a full tile.
  auto const widthOf = [](boost::json::value const& vector) {
    auto const partial = vector.at("partial").to_number<unsigned>();
    return partial == 0 ? kTileWidth : partial;
  };
  for (auto const& vector : vectors.at("tile").as_array()) {
    TileId const tile{vector.at("level").to_number<unsigned>(), vector.at("index").to_number<std::uint64_t>()};
    std::string const path = testing::text(vector.at("path"));
    EXPECT_EQ(tilePath(tile, widthOf(vector)), path);
    EXPECT_EQ(parseTilePath(path), std::pair(tile, widthOf(vector)));
  }
  auto const pathOf = [](boost::json::value const& vector) {
    return "tile/" + testing::text(vector.at("level")) + "/" + testing::text(vector.at("rest"));
  };
  for (auto const& vector : vectors.at("parse_ok").as_array()) {
    auto const parsed = parseTilePath(pathOf(vector));
    ASSERT_TRUE(parsed.has_value()) << pathOf(vector);
    EXPECT_EQ(parsed->first.index, vector.at("index").to_number<std::uint64_t>());
    EXPECT_EQ(parsed->second, widthOf(vector));
  }
  for (auto const& vector : vectors.at("parse_error").as_array()) {
    EXPECT_EQ(parseTilePath(pathOf(vector)), std::nullopt) << pathOf(vector);
  }
  for (auto const& vector : vectors.at("tiles_for_size").as_array()) {
    auto const size = vector.at("size").to_number<std::uint64_t>();
    for (auto const& [level, expected] : vector.at("expect").as_object()) {
      auto const number = static_cast<unsigned>(std::stoul(std::string(level)));
      auto const full = expected.at("full").to_number<std::uint64_t>();
      EXPECT_EQ(tileWidth({number, full}, size), expected.at("partial").to_number<unsigned>());
      EXPECT_EQ(tileWidth({number, full + 1}, size), 0U);
      if (full > 0) {
        EXPECT_EQ(tileWidth({number, full - 1}, size), kTileWidth);
      }
    }
  }
}

TEST_P(TilePathVectors, EveryNodeIsReadFromItsTile) {
  auto const vectors = testing::readJson(GetParam());
  for (auto const& vector : vectors.at("node_to_tile").as_array()) {
    TileId const expected{vector.at("tile_level").to_number<unsigned>(),
                          vector.at("tile_index").to_number<std::uint64_t>()};
    std::vector<TileId> asked;
    TileReader const recorder = [&](TileId tile) -> Result<Bytes> {
      asked.push_back(tile);
      return Bytes(kTileWidth * Digest::kSize);
    };
    auto const read = nodeReader(HashAlgorithm::sha256, std::uint64_t{1} << 40, recorder);
    EXPECT_TRUE(read(vector.at("tree_level").to_number<unsigned>(), vector.at("tree_index").to_number<std::uint64_t>())
                    .has_value());
    EXPECT_EQ(asked, std::vector{expected});
  }
}

TEST(TileWidth, ExistsOnlyWhereTheTreeReaches) {
  EXPECT_EQ(tileWidth({0, 0}, 0), 0U);
  EXPECT_EQ(tileWidth({0, 0}, 1), 1U);
  EXPECT_EQ(tileWidth({0, 0}, 256), 256U);
  EXPECT_EQ(tileWidth({0, 1}, 256), 0U);
  EXPECT_EQ(tileWidth({1, 0}, 255), 0U);
  EXPECT_EQ(tileWidth({1, 0}, 256), 1U);
  EXPECT_EQ(tileWidth({7, 0}, std::uint64_t{1} << 63), 128U);
  EXPECT_EQ(tileWidth({8, 0}, ~std::uint64_t{0}), 0U);
  EXPECT_EQ(tileWidth({63, 0}, ~std::uint64_t{0}), 0U);
}

// Sizes around each edge: an empty tree, the first tile and the first tile of the second level filling up.
class TileWriterAt : public ::testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(, TileWriterAt,
                         ::testing::Values(0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1000, 65535, 65536, 65537, 66000));

TEST_P(TileWriterAt, RootNodesAndTilesEqualTheNaiveTree) {
  auto const algorithm = HashAlgorithm::sha256;
  auto const leaves = someLeaves(algorithm, GetParam());
  TileWriter writer(algorithm);
  for (Digest const& leaf : leaves) {
    writer.append(leaf);
  }
  EXPECT_EQ(writer.size(), leaves.size());
  EXPECT_EQ(writer.root(), testing::naiveRoot(algorithm, leaves));
  Store store;
  store.take(writer);
  for (auto const& [tile, bytes] : store.tiles) {
    ASSERT_EQ(bytes.size(), tileWidth(tile, leaves.size()) * Digest::kSize);
    std::size_t const span = std::size_t{1} << tile.level * kTileHeight;
    for (std::size_t i = 0; i < bytes.size() / Digest::kSize; ++i) {
      auto const below = Leaves(leaves).subspan((tile.index * kTileWidth + i) * span, span);
      ASSERT_EQ(Digest::from(BytesView(bytes).subspan(i * Digest::kSize, Digest::kSize)),
                testing::naiveRoot(algorithm, below));
    }
  }
  auto const read = nodeReader(algorithm, leaves.size(), store.reader());
  EXPECT_EQ(rootAt(algorithm, leaves.size(), read).value(), writer.root());
  for (unsigned level = 0; (std::size_t{1} << level) <= leaves.size(); ++level) {
    std::size_t const last = (leaves.size() >> level) - 1;
    std::size_t const width = std::size_t{1} << level;
    EXPECT_EQ(read(level, last).value(), testing::naiveRoot(algorithm, Leaves(leaves).subspan(last * width, width)));
    EXPECT_EQ(read(level, last + 1).error().kind, ErrorKind::badInput);
  }
}

// Whenever the writer stops, what it handed out is the whole tree: a new one goes on from there, and old sizes can
// still be proven.
TEST(TileWriter, GoesOnFromItsTilesAfterAnyStop) {
  EXPECT_TRUE(rc::check([] {
    auto const algorithm = *rc::gen::element(HashAlgorithm::sha256, HashAlgorithm::sm3);
    auto const leaves = someLeaves(algorithm, *rc::gen::inRange<std::size_t>(0, 1500));
    Store store;
    TileWriter writer(algorithm);
    for (std::size_t i = 0; i < leaves.size();) {
      auto const end = std::min(leaves.size(), i + *rc::gen::inRange<std::size_t>(1, 400));
      for (; i < end; ++i) {
        writer.append(leaves[i]);
      }
      store.take(writer);
      RC_ASSERT(writer.takeChanged().empty());
      if (*rc::gen::arbitrary<bool>()) {
        auto restored = TileWriter::restore(algorithm, i, store.reader());
        RC_ASSERT(restored.has_value());
        writer = *std::move(restored);
      }
      RC_ASSERT(writer.size() == i);
    }
    RC_ASSERT(writer.root() == rootOf(algorithm, leaves));
    auto const size = *rc::gen::inRange<std::size_t>(0, leaves.size() + 1);
    // The tiles are those of the latest size, wider than this one asks for.
    auto const read = nodeReader(algorithm, size, store.reader());
    RC_ASSERT(rootAt(algorithm, size, read).value() == rootOf(algorithm, Leaves(leaves).first(size)));
    auto const early = TileWriter::restore(algorithm, size, store.reader());
    RC_ASSERT(early->root() == rootOf(algorithm, Leaves(leaves).first(size)));
  }));
}

TEST(TileWriter, HandsOutOnlyWhatChanged) {
  auto const leaves = someLeaves(HashAlgorithm::sha256, 258);
  TileWriter writer(HashAlgorithm::sha256);
  auto const changedAfter = [&](std::size_t size) {
    while (writer.size() < size) {
      writer.append(leaves[writer.size()]);
    }
    std::vector<std::pair<TileId, std::size_t>> changed;
    for (auto const& [tile, bytes] : writer.takeChanged()) {
      changed.emplace_back(tile, bytes.size() / Digest::kSize);
    }
    return changed;
  };
  using Changed = std::vector<std::pair<TileId, std::size_t>>;
  EXPECT_EQ(changedAfter(1), (Changed{{{0, 0}, 1}}));
  EXPECT_EQ(changedAfter(255), (Changed{{{0, 0}, 255}}));
  EXPECT_EQ(changedAfter(256), (Changed{{{0, 0}, 256}, {{1, 0}, 1}}));
  EXPECT_EQ(changedAfter(257), (Changed{{{0, 1}, 1}}));
  EXPECT_EQ(changedAfter(257), Changed{});
  EXPECT_EQ(changedAfter(258), (Changed{{{0, 1}, 2}}));
}

TEST(Tiles, AShortOddOrMissingOneIsReported) {
  auto const algorithm = HashAlgorithm::sha256;
  Store store;
  TileWriter writer(algorithm);
  for (Digest const& leaf : someLeaves(algorithm, 300)) {
    writer.append(leaf);
  }
  store.take(writer);
  Bytes& edge = store.tiles.at({0, 1});
  auto const errorsAre = [&](ErrorKind kind) {
    EXPECT_EQ(TileWriter::restore(algorithm, 300, store.reader()).error().kind, kind);
    EXPECT_EQ(rootAt(algorithm, 300, nodeReader(algorithm, 300, store.reader())).error().kind, kind);
  };
  edge.pop_back();
  errorsAre(ErrorKind::corrupt);
  edge.resize(edge.size() - 31);
  errorsAre(ErrorKind::corrupt);
  edge.resize(257 * Digest::kSize);
  errorsAre(ErrorKind::corrupt);
  store.tiles.erase({0, 1});
  errorsAre(ErrorKind::notFound);
}

// Many proofs of one tree cost little more than one: what is read for one serves its neighbours.
TEST(Tiles, AreReadOnceForTheProofsOfNeighbours) {
  auto const algorithm = HashAlgorithm::sha256;
  auto const leaves = someLeaves(algorithm, 3 * kTileWidth + 7);
  Store store;
  TileWriter writer(algorithm);
  for (Digest const& leaf : leaves) {
    writer.append(leaf);
  }
  store.take(writer);
  std::map<TileId, int> reads;
  auto const read = nodeReader(algorithm, leaves.size(), [&](TileId tile) {
    ++reads[tile];
    return store.reader()(tile);
  });
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    auto const proof = inclusionProof(algorithm, i, leaves.size(), read).value();
    ASSERT_TRUE(verifyInclusion(algorithm, i, leaves.size(), leaves[i], proof, writer.root()));
  }
  EXPECT_EQ(reads, (std::map<TileId, int>{{{0, 0}, 1}, {{0, 1}, 1}, {{0, 2}, 1}, {{0, 3}, 1}, {{1, 0}, 1}}));
}

// One reader goes along with the tree: it proves under the new size, and under those before.
TEST(Tiles, OfATreeThatGrowsAreReadOnWhereItEnded) {
  auto const algorithm = HashAlgorithm::sha256;
  auto const leaves = someLeaves(algorithm, 2 * kTileWidth + 9);
  Store store;
  TileWriter writer(algorithm);
  std::map<TileId, int> reads;
  TileNodes nodes(algorithm, [&](TileId tile) {
    ++reads[tile];
    return store.reader()(tile);
  });
  auto const expectProven = [&](std::size_t index, std::uint64_t size, Digest const& root) {
    auto const proof = inclusionProof(algorithm, index, size, [&](unsigned level, std::uint64_t at) {
                         return nodes.node(size, level, at);
                       }).value();
    ASSERT_TRUE(verifyInclusion(algorithm, index, size, leaves[index], proof, root)) << index << " of " << size;
  };
  std::vector<Digest> roots;
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    writer.append(leaves[size - 1]);
    store.take(writer);
    roots.push_back(writer.root());
    expectProven(size - 1, size, roots.back());
    expectProven(size / 3, size, roots.back());
    auto const earlier = size / 2 + 1;
    expectProven(size / 3, earlier, roots[earlier - 1]);
  }
  EXPECT_EQ(nodes.node(7, 0, 7).error().kind, ErrorKind::badInput) << "the tree had no such leaf when it was smaller";
  reads.clear();
  for (std::size_t i = 0; i < leaves.size(); ++i) expectProven(i, leaves.size(), roots.back());
  // All is known but the last hashes of a tile that was not full when it was asked for last.
  EXPECT_EQ(reads, (std::map<TileId, int>{{{0, 1}, 1}}));
}

struct Log {
  std::filesystem::path path;
  std::string vkey;

  friend void PrintTo(Log const& log, std::ostream* out) { *out << log.path.string(); }
};

std::vector<Log> logs() {
  std::vector<Log> found;
  for (auto const& folder : testing::vectorPaths({"log"}, {"tessera-log/testdata/log"})) {
    bool const own = std::filesystem::exists(folder / "vkey");
    found.push_back({folder, own ? testing::readText(folder / "vkey")
                                 : "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx\n"});
    found.back().vkey.pop_back();
  }
  return found;
}

class PublishedLog : public ::testing::TestWithParam<Log> {
 protected:
  std::filesystem::path const folder_ = GetParam().path;

  std::vector<Checkpoint> checkpoints() const {
    NoteVerifier const verifier = NoteVerifier::fromVkey(GetParam().vkey).value();
    std::vector<Checkpoint> all;
    for (auto const& entry : std::filesystem::directory_iterator(folder_)) {
      if (entry.path().filename().string().starts_with("checkpoint.")) {
        auto const note = parseNote(testing::readText(entry.path())).value();
        EXPECT_TRUE(verifyNote(note, {&verifier, 1}).has_value()) << entry.path();
        all.push_back(parseCheckpoint(note.text).value());
        EXPECT_EQ(entry.path().extension(), "." + std::to_string(all.back().size));
        EXPECT_EQ(formatCheckpoint(all.back()), note.text);
      }
    }
    std::ranges::sort(all, {}, &Checkpoint::size);
    return all;
  }

  // The tile as it was published for that size; a full tile stands in for the partial one that it replaced.
  TileReader readerAt(std::uint64_t size) const {
    return [this, size](TileId tile) -> Result<Bytes> {
      auto const path = folder_ / tilePath(tile, tileWidth(tile, size));
      return testing::readBytes(std::filesystem::exists(path) ? path : folder_ / tilePath(tile, kTileWidth));
    };
  }

  // Leaf hashes of all entries below `size`, out of the bundles.
  std::vector<Digest> leaves(std::uint64_t size) const {
    TreeHasher hasher(HashAlgorithm::sha256);
    std::vector<Digest> hashes;
    for (std::uint64_t index = 0; index * kTileWidth < size; ++index) {
      unsigned const width = tileWidth({0, index}, size);
      Bytes const bundle = testing::readBytes(folder_ / entryBundlePath(index, width));
      for (BytesView const entry : parseEntryBundle(bundle, width).value()) {
        hashes.push_back(hasher.leaf(entry));
      }
    }
    return hashes;
  }
};
INSTANTIATE_TEST_SUITE_P(, PublishedLog, ::testing::ValuesIn(logs()), testing::FileName());

TEST_P(PublishedLog, EveryCheckpointAndTileIsRebuiltFromTheEntries) {
  auto const all = checkpoints();
  ASSERT_GT(all.size(), 5U);
  auto const entries = leaves(all.back().size);
  TileWriter writer(HashAlgorithm::sha256);
  for (Checkpoint const& checkpoint : all) {
    while (writer.size() < checkpoint.size) {
      writer.append(entries.at(writer.size()));
    }
    EXPECT_EQ(writer.root(), checkpoint.root) << checkpoint.size;
    for (auto const& [tile, bytes] : writer.takeChanged()) {
      std::string const path = tilePath(tile, tileWidth(tile, checkpoint.size));
      EXPECT_EQ(bytes, testing::readBytes(folder_ / path)) << path;
    }
  }
}

TEST_P(PublishedLog, EveryEntryBundleIsTheBeginningOfTheNext) {
  std::vector<Bytes> widest;
  for (auto const& file : std::filesystem::recursive_directory_iterator(folder_ / "tile/entries")) {
    if (!file.is_regular_file()) {
      continue;
    }
    auto const place = parseEntryBundlePath(file.path().lexically_relative(folder_).generic_string());
    ASSERT_TRUE(place.has_value()) << file.path();
    Bytes const bundle = testing::readBytes(file.path());
    auto const entries = parseEntryBundle(bundle, place->second);
    ASSERT_TRUE(entries.has_value()) << file.path();
    EXPECT_EQ(formatEntryBundle(*entries), bundle);
    widest.resize(std::max<std::size_t>(widest.size(), place->first + 1));
    Bytes& known = widest[place->first];
    auto const common = std::min(known.size(), bundle.size());
    EXPECT_TRUE(std::ranges::equal(BytesView(known).first(common), BytesView(bundle).first(common))) << file.path();
    known = known.size() < bundle.size() ? bundle : known;
  }
  EXPECT_FALSE(widest.empty());
}

TEST_P(PublishedLog, WhatItsServerSaysLastIsItsLargestCheckpoint) {
  auto const all = checkpoints();
  if (auto const path = folder_ / "checkpoint"; std::filesystem::exists(path)) {
    EXPECT_EQ(parseCheckpoint(parseNote(testing::readText(path))->text).value(), all.back());
  }
  if (auto const path = folder_ / ".state/treeState"; std::filesystem::exists(path)) {
    auto const state = testing::readJson(path);
    EXPECT_EQ(state.at("size").to_number<std::uint64_t>(), all.back().size);
    EXPECT_EQ(testing::text(state.at("root")), toBase64(all.back().root.view()));
  }
}

TEST_P(PublishedLog, EveryCheckpointFollowsFromItsTilesAndIsConsistentWithAllBefore) {
  auto const algorithm = HashAlgorithm::sha256;
  auto const all = checkpoints();
  for (Checkpoint const& newer : all) {
    auto const read = nodeReader(algorithm, newer.size, readerAt(newer.size));
    EXPECT_EQ(rootAt(algorithm, newer.size, read).value(), newer.root);
    EXPECT_EQ(TileWriter::restore(algorithm, newer.size, readerAt(newer.size))->root(), newer.root);
    for (Checkpoint const& older : all) {
      if (older.size > 0 && older.size <= newer.size) {
        auto const proof = consistencyProof(algorithm, older.size, newer.size, read).value();
        EXPECT_TRUE(verifyConsistency(algorithm, older.size, newer.size, proof, older.root, newer.root));
      }
    }
    if (newer.size > 0) {
      auto const index = newer.size / 2;
      auto const leaf = read(0, index).value();
      auto const proof = inclusionProof(algorithm, index, newer.size, read).value();
      EXPECT_TRUE(verifyInclusion(algorithm, index, newer.size, leaf, proof, newer.root));
    }
  }
}

}  // namespace
}  // namespace fundtrail::crypto

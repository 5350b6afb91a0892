// SPDX-License-Identifier: Apache-2.0
#include "crypto/entry_bundle.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/tiles.h"
#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

Bytes formatted(std::vector<Bytes> const& entries) {
  return formatEntryBundle(std::vector<BytesView>(entries.begin(), entries.end()));
}

bool equal(std::vector<BytesView> const& views, std::vector<Bytes> const& entries) {
  return std::ranges::equal(views, entries, [](BytesView a, Bytes const& b) { return std::ranges::equal(a, b); });
}

std::vector<Bytes> someEntries() {
  return {{}, {1, 2, 3}, {}, Bytes(256, 7), {0, 0}, {}};
}

TEST(EntryBundle, EverySequenceOfEntriesSurvives) {
  EXPECT_TRUE(rc::check([](std::vector<Bytes> entries) {
    entries.resize(std::min<std::size_t>(entries.size(), kTileWidth));
    Bytes const bundle = formatted(entries);
    RC_ASSERT(equal(parseEntryBundle(bundle, entries.size()).value(), entries));
  }));
}

TEST(EntryBundle, WhateverIsTakenIsTheOnlySpelling) {
  EXPECT_TRUE(rc::check([](Bytes const& bundle) {
    auto const count = *rc::gen::inRange<std::size_t>(0, 6);
    auto const entries = parseEntryBundle(bundle, count);
    RC_ASSERT((!entries || formatEntryBundle(*entries) == bundle));
  }));
}

TEST(EntryBundle, HoldsExactlyAsManyEntriesAsAreExpected) {
  auto const entries = someEntries();
  Bytes const bundle = formatted(entries);
  for (std::size_t count = 0; count <= kTileWidth; ++count) {
    auto const parsed = parseEntryBundle(bundle, count);
    ASSERT_EQ(parsed.has_value(), count == entries.size()) << count;
    EXPECT_TRUE(parsed || parsed.error().kind == ErrorKind::badInput);
  }
}

TEST(EntryBundle, NoByteMayBeMissingOrAdded) {
  auto const entries = someEntries();
  Bytes const whole = formatted(entries);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_TRUE(parseEntryBundle(BytesView(whole).first(size), entries.size()).has_error()) << size;
  }
  Bytes longer = whole;
  longer.push_back(0);
  EXPECT_TRUE(parseEntryBundle(longer, entries.size()).has_error());
  EXPECT_TRUE(parseEntryBundle(longer, entries.size() + 1).has_error());
}

TEST(EntryBundle, HoldsAFullTileOfTheLongestEntries) {
  std::vector<Bytes> const entries(kTileWidth, Bytes(kMaxEntrySize, 0xff));
  EXPECT_TRUE(equal(parseEntryBundle(formatted(entries), kTileWidth).value(), entries));
}

TEST(EntryBundleDeathTest, MoreThanItCanHoldIsABug) {
  EXPECT_DEATH(formatted({Bytes(kMaxEntrySize + 1)}), "65,535 bytes");
  EXPECT_DEATH(formatted(std::vector<Bytes>(kTileWidth + 1)), "256 entries");
  EXPECT_DEATH(static_cast<void>(parseEntryBundle({}, kTileWidth + 1)), "256 entries");
}

TEST(EntryBundlePath, EveryBundleSurvives) {
  EXPECT_TRUE(rc::check([] {
    auto const index = *rc::gen::arbitrary<std::uint64_t>() >> *rc::gen::inRange(0, 64);
    auto const width = *rc::gen::inRange(1U, 257U);
    RC_ASSERT(parseEntryBundlePath(entryBundlePath(index, width)) == std::pair(index, width));
  }));
}

TEST(EntryBundlePath, AnyOtherSpellingIsRefused) {
  for (std::string_view const bad : {"",
                                     "tile",
                                     "tile/entries",
                                     "tile/entries/",
                                     "/tile/entries/000",
                                     "tile/0/000",
                                     "tile/entries/0/000",
                                     "tile/entries/00",
                                     "tile/entries/0000",
                                     "tile/entries/x000/000",
                                     "tile/entries/x001",
                                     "tile/entries/001/000",
                                     "tile/entries/000.p/0",
                                     "tile/entries/000.p/256",
                                     "tile/entries/000.p/01",
                                     "tile/entries/000.p/",
                                     "tile/entries/000/",
                                     "tile/data/000",
                                     "Tile/entries/000",
                                     "tile/entries/x018/x446/x744/x073/x709/x551/616"}) {
    EXPECT_EQ(parseEntryBundlePath(bad), std::nullopt) << bad;
  }
}

class EntryBundleVectors : public ::testing::TestWithParam<std::filesystem::path> {};
INSTANTIATE_TEST_SUITE_P(, EntryBundleVectors,
                         ::testing::ValuesIn(testing::vectorPaths({"paths.json"}, {"tile-paths/paths.json"})),
                         testing::FileName());

TEST_P(EntryBundleVectors, AreReproduced) {
  auto const vectors = testing::readJson(GetParam());
  for (auto const& vector : vectors.at("entries").as_array()) {
    auto const index = vector.at("index").to_number<std::uint64_t>();
    auto const partial = vector.at("partial").to_number<unsigned>();
    unsigned const width = partial == 0 ? kTileWidth : partial;  // the vectors write 0 for a full bundle
    EXPECT_EQ(entryBundlePath(index, width), testing::text(vector.at("path")));
    EXPECT_EQ(parseEntryBundlePath(testing::text(vector.at("path"))), std::pair(index, width));
  }
  for (auto const& vector : vectors.at("entries_for_log_index").as_array()) {
    auto const index = vector.at("seq").to_number<std::uint64_t>() / kTileWidth;
    auto const size = vector.at("log_size").to_number<std::uint64_t>();
    EXPECT_EQ(entryBundlePath(index, tileWidth({0, index}, size)), testing::text(vector.at("path")));
  }
  for (auto const& vector : vectors.at("parse_error").as_array()) {
    // An error of the rest of the path, not of the level, which bundles do not have.
    std::string const level = testing::text(vector.at("level"));
    if (parseTilePath("tile/" + level + "/000")) {
      EXPECT_EQ(parseEntryBundlePath("tile/entries/" + testing::text(vector.at("rest"))), std::nullopt);
    }
  }
  for (auto const& vector : vectors.at("entry_bundle_parse").as_array()) {
    Bytes const bundle = testing::hexBytes(vector.at("hex"));
    if (vector.at("ok").as_bool()) {
      std::vector<Bytes> entries;
      for (auto const& entry : vector.at("entries").as_array()) {
        entries.push_back(testing::hexBytes(entry));
      }
      EXPECT_TRUE(equal(parseEntryBundle(bundle, entries.size()).value(), entries)) << toHex(bundle);
      EXPECT_EQ(formatted(entries), bundle);
    } else {
      for (std::size_t count = 0; count <= kTileWidth; ++count) {
        EXPECT_TRUE(parseEntryBundle(bundle, count).has_error()) << toHex(bundle) << " " << count;
      }
    }
  }
}

}  // namespace
}  // namespace fundtrail::crypto

// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/layout.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fundtrail::ledger::log {
namespace {

using crypto::Bytes;
using crypto::ErrorKind;

TEST(Layout, ChunkKeysAndTileKeysSortAsTheirNumbers) {
  EXPECT_TRUE(rc::check([](std::uint64_t a, std::uint64_t b, std::uint8_t levelA, std::uint8_t levelB) {
    RC_ASSERT((chunkKey(a).text() < chunkKey(b).text()) == (a < b));
    crypto::TileId const tileA{levelA, a};
    crypto::TileId const tileB{levelB, b};
    RC_ASSERT((tileKey(tileA).text() < tileKey(tileB).text()) == (tileA < tileB));
  }));
}

TEST(Layout, KeysAreParsedBack) {
  EXPECT_TRUE(rc::check([](std::uint64_t number, std::uint8_t level, std::array<std::uint8_t, 16> const& bytes,
                           std::array<std::uint8_t, 32> const& author) {
    RC_ASSERT(parseChunkKey(chunkKey(number).text()) == number);
    RC_ASSERT(parseTileKey(tileKey({level, number}).text()) == (crypto::TileId{level, number}));
    RC_ASSERT(parseUsedNumberKey(usedNumberKey({bytes}).text()) == domain::UsedNumber{bytes});
    domain::KeyId const id(crypto::Digest{author});
    RC_ASSERT(parseIdempotencyKeyKey(idempotencyKeyKey(id, bytes).text()) == std::pair(id, bytes));
  }));
}

TEST(Layout, KeysOfAnotherLengthAreNotParsed) {
  for (std::size_t length = 0; length <= 50; ++length) {
    std::string const key(length, 'k');
    EXPECT_EQ(parseChunkKey(key).has_value(), length == 8) << length;
    EXPECT_EQ(parseTileKey(key).has_value(), length == 9) << length;
    EXPECT_EQ(parseUsedNumberKey(key).has_value(), length == 16) << length;
    EXPECT_EQ(parseIdempotencyKeyKey(key).has_value(), length == 48) << length;
  }
}

TEST(Seal, IsBrokenByAnyFlippedBitAndAnyCut) {
  EXPECT_TRUE(rc::check([](std::string const& key, Bytes const& body) {
    auto const value = seal(Family::tiles, key, body);
    auto const opened = unseal(Family::tiles, key, value).value();
    RC_ASSERT(std::ranges::equal(opened, body));
    for (std::size_t bit = 0; bit < 8 * value.size(); ++bit) {
      auto damaged = value;
      damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
      RC_ASSERT(unseal(Family::tiles, key, damaged).error().kind == ErrorKind::corrupt);
    }
    for (std::size_t length = 0; length < value.size(); ++length) {
      RC_ASSERT(!unseal(Family::tiles, key, value.substr(0, length)));
    }
  }));
}

TEST(Seal, HoldsInItsOwnPlaceAlone) {
  Bytes const body{1, 2, 3};
  auto const value = seal(Family::entries, "key", body);
  EXPECT_TRUE(unseal(Family::entries, "key", value));
  EXPECT_FALSE(unseal(Family::entries, "kez", value));
  EXPECT_FALSE(unseal(Family::events, "key", value));
}

TEST(Layout, ALaterFormatIsUnsupported) {
  auto format = encodeFormat(crypto::HashAlgorithm::sm3);
  EXPECT_EQ(decodeFormat(format).value(), crypto::HashAlgorithm::sm3);
  format.back() = 3;
  EXPECT_EQ(decodeFormat(format).error().kind, ErrorKind::unsupported);
  format[3] += 1;
  EXPECT_EQ(decodeFormat(format).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(decodeFormat(Bytes{0, 0, 0, 1}).error().kind, ErrorKind::corrupt);
  EXPECT_EQ(decodeFormat({}).error().kind, ErrorKind::corrupt);
}

}  // namespace
}  // namespace fundtrail::ledger::log

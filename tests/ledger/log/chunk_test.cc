// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/chunk.h"

#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/log/event_log.h"

namespace fundtrail::ledger::log {
namespace {

using crypto::Bytes;
using crypto::BytesView;

std::vector<Record> recordsOf(std::vector<Bytes> const& contents, std::uint64_t firstLink, std::uint64_t step) {
  std::vector<Record> records;
  for (auto const& content : contents) {
    records.push_back({content, firstLink + step * records.size()});
  }
  return records;
}

TEST(Chunk, GivesBackWhatWasPutIn) {
  EXPECT_TRUE(rc::check([](std::vector<Bytes> const& contents, std::uint32_t first, std::uint32_t base, bool repeats) {
    RC_PRE(!contents.empty() && contents.size() <= kMaxChunkRecords);
    auto const all = repeats ? std::vector<Bytes>(contents.size(), Bytes(100, 7)) : contents;
    auto const records = recordsOf(all, base + std::uint64_t{5}, 3);
    auto const chunk = Chunk::decode(first, encodeChunk(base, records)).value();
    RC_ASSERT(chunk.first() == first);
    RC_ASSERT(chunk.end() == first + records.size());
    RC_ASSERT(chunk.linkBefore(first) == base);
    for (std::size_t i = 0; i < records.size(); ++i) {
      auto const record = chunk.record(first + i);
      RC_ASSERT(Bytes(record.begin(), record.end()) == all[i]);
      RC_ASSERT(reinterpret_cast<std::uintptr_t>(record.data()) % 8 == 0U);
      RC_ASSERT(chunk.link(first + i) == records[i].link);
    }
  }));
}

TEST(Chunk, IsCompressedOnlyWhereThatGains) {
  std::mt19937_64 random(1);
  Bytes noise(1024);
  for (auto& byte : noise) {
    byte = static_cast<std::uint8_t>(random());
  }
  EXPECT_GT(encodeChunk(0, recordsOf({noise}, 0, 0)).size(), noise.size());
  EXPECT_LT(encodeChunk(0, recordsOf({Bytes(1024, 7)}, 0, 0)).size(), 100U);
}

TEST(Chunk, EndsBeforeTheRecordThatWouldMakeItTooLarge) {
  Bytes const half(kMaxChunkBytes / 2);
  Bytes const large(kMaxChunkBytes + 1);
  Bytes const small(8);
  EXPECT_EQ(chunkLength(recordsOf({half, half, small}, 0, 0)), 2U);
  EXPECT_EQ(chunkLength(recordsOf({half, small, half}, 0, 0)), 2U);
  EXPECT_EQ(chunkLength(recordsOf({large, small}, 0, 0)), 1U);
  EXPECT_EQ(chunkLength(recordsOf({small, large}, 0, 0)), 1U);
  EXPECT_EQ(chunkLength(recordsOf(std::vector<Bytes>(kMaxChunkRecords + 1, small), 0, 0)), kMaxChunkRecords);
  EXPECT_EQ(chunkLength(recordsOf({small}, 0, 0)), 1U);
  EXPECT_EQ(chunkLength({}), 0U);
}

TEST(Chunk, OfAnyBytesIsReadOrRefusedWithoutHarm) {
  auto const readAll = [](BytesView body) {
    auto const chunk = Chunk::decode(9, body);
    if (!chunk) {
      EXPECT_EQ(chunk.error().kind, crypto::ErrorKind::corrupt);
      return;
    }
    std::uint64_t sum = 0;  // the sanitizers watch
    for (auto number = chunk->first(); number < chunk->end(); ++number) {
      sum += chunk->link(number);
      for (auto const byte : chunk->record(number)) {
        sum += byte;
      }
    }
    EXPECT_GE(sum, 0U);
  };
  EXPECT_TRUE(rc::check([&](Bytes const& bytes) { readAll(bytes); }));

  for (auto const& content : {Bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 250}, Bytes(300, 7)}) {
    auto const body = encodeChunk(3, recordsOf({content, {}, content}, 3, 1));
    for (std::size_t bit = 0; bit < 8 * body.size(); ++bit) {
      auto damaged = body;
      damaged[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
      readAll(damaged);
    }
    for (std::size_t length = 0; length < body.size(); ++length) {
      EXPECT_FALSE(Chunk::decode(3, BytesView(body).first(length)));
    }
  }
}

}  // namespace
}  // namespace fundtrail::ledger::log

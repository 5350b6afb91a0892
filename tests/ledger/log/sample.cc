// SPDX-License-Identifier: Apache-2.0
#include "tests/ledger/log/sample.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <span>
#include <utility>

#include <gtest/gtest.h>

#include "crypto/checkpoint.h"
#include "crypto/keys.h"
#include "crypto/merkle.h"
#include "crypto/note.h"

namespace fundtrail::ledger::log::testing {

using crypto::Bytes;
using crypto::BytesView;

namespace {

Bytes randomBytes(std::mt19937_64& random, std::size_t size) {
  Bytes bytes(size);
  // Half of each record repeats, so that chunks compress as real ones do.
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = i % 16 < 8 ? static_cast<std::uint8_t>(random()) : 0;
  }
  return bytes;
}

template <std::size_t size>
std::array<std::uint8_t, size> randomArray(std::mt19937_64& random) {
  std::array<std::uint8_t, size> bytes;
  std::ranges::generate(bytes, [&] { return static_cast<std::uint8_t>(random()); });
  return bytes;
}

Bytes copy(BytesView bytes) {
  return {bytes.begin(), bytes.end()};
}

}  // namespace

SampleBatch sampleBatch(std::uint64_t number) {
  std::mt19937_64 random(number);
  SampleBatch batch;
  batch.entry = randomBytes(random, 200 + random() % 200);
  batch.events.resize(number % 7 == 6 ? 0 : random() % 20 + 1);
  std::ranges::generate(batch.events, [&] { return randomBytes(random, 8 * (random() % 80)); });
  batch.author = domain::KeyId(crypto::Digest{randomArray<32>(random)});
  batch.idempotencyKey = randomArray<16>(random);
  batch.usedNumbers.resize(random() % 3);
  std::ranges::generate(batch.usedNumbers, [&] { return domain::UsedNumber{randomArray<16>(random)}; });
  return batch;
}

std::vector<SampleBatch> sampleBatches(std::uint64_t first, std::size_t count) {
  std::vector<SampleBatch> batches;
  for (auto number = first; number < first + count; ++number) {
    batches.push_back(sampleBatch(number));
  }
  return batches;
}

crypto::Result<void> append(EventLog& log, std::vector<SampleBatch> const& group) {
  std::vector<std::vector<BytesView>> events;
  std::vector<PreparedBatch> prepared;
  for (auto const& batch : group) {
    events.emplace_back(batch.events.begin(), batch.events.end());
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    prepared.push_back({group[i].entry, events[i], group[i].author, group[i].idempotencyKey, group[i].usedNumbers});
  }
  return log.append(prepared);
}

crypto::Digest rootOfEntries(crypto::HashAlgorithm algorithm, std::vector<SampleBatch> const& batches) {
  crypto::TreeHasher hasher(algorithm);
  std::vector<crypto::Digest> leaves;
  for (auto const& batch : batches) {
    leaves.push_back(hasher.leaf(batch.entry));
  }
  return crypto::rootOf(algorithm, leaves);
}

std::string checkpointNote(std::uint64_t size, crypto::Digest const& root) {
  static auto const signer = *crypto::NoteSigner::make("example.org/log", crypto::PrivateKey::fromEd25519Seed({1}));
  auto const text = crypto::formatCheckpoint({"example.org/log", size, root});
  return crypto::formatNote(text, std::array{signer.signatureLine(text)});
}

void expectHolds(EventLog const& log, std::vector<SampleBatch> const& batches) {
  auto const algorithm = log.hashAlgorithm();
  std::vector<std::pair<std::uint64_t, BytesView>> events;  // with the batch of each
  for (std::uint64_t number = 0; number < batches.size(); ++number) {
    for (auto const& event : batches[number].events) {
      events.emplace_back(number, event);
    }
  }
  ASSERT_EQ(log.size(), (LogSize{.batches = batches.size(), .events = events.size()}));
  EXPECT_EQ(log.root(), rootOfEntries(algorithm, batches));

  for (std::size_t from = 0; from <= batches.size(); from += 7) {
    auto const entries = log.entries(domain::BatchNumber(from), batches.size() - from).value();
    EXPECT_TRUE(std::ranges::equal(entries, std::span(batches).subspan(from), {}, {}, &SampleBatch::entry)) << from;
  }

  auto const cursor = log.read(domain::BatchNumber(0));
  std::uint64_t firstEvent = 0;
  for (std::uint64_t number = 0; number < batches.size(); ++number) {
    auto const& expected = batches[number];
    EXPECT_EQ(log.entry(domain::BatchNumber(number)).value(), expected.entry);
    EXPECT_EQ(log.find(expected.author, expected.idempotencyKey).value(), domain::BatchNumber(number));
    auto const stored = cursor->next().value();
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->number, domain::BatchNumber(number));
    EXPECT_EQ(stored->firstEvent, domain::EventNumber(firstEvent));
    EXPECT_EQ(copy(stored->entry), expected.entry);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(stored->entry.data()) % 8, 0U);
    std::vector<Bytes> storedEvents;
    for (auto const& event : stored->events) {
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(event.data()) % 8, 0U);
      storedEvents.push_back(copy(event));
    }
    EXPECT_EQ(storedEvents, expected.events);
    firstEvent += expected.events.size();
  }
  EXPECT_FALSE(cursor->next().value());

  for (std::uint64_t number = 0; number < events.size(); ++number) {
    EXPECT_EQ(log.event(domain::EventNumber(number)).value(), copy(events[number].second));
    EXPECT_EQ(log.batchOf(domain::EventNumber(number)).value(), domain::BatchNumber(events[number].first));
  }

  std::set<domain::UsedNumber> numbers;
  std::map<std::pair<domain::KeyId, IdempotencyKey>, domain::BatchNumber> keys;
  for (std::uint64_t number = 0; number < batches.size(); ++number) {
    numbers.insert(batches[number].usedNumbers.begin(), batches[number].usedNumbers.end());
    keys.insert({{batches[number].author, batches[number].idempotencyKey}, domain::BatchNumber(number)});
  }
  for (auto const& number : numbers) {
    EXPECT_TRUE(log.used(number).value());
  }
  EXPECT_TRUE(log.visitUsedNumbers([&](domain::UsedNumber const& number) -> crypto::Result<void> {
    EXPECT_EQ(numbers.erase(number), 1U);
    return {};
  }));
  EXPECT_TRUE(numbers.empty());
  EXPECT_TRUE(log.visitIdempotencyKeys(
      [&](domain::KeyId const& author, IdempotencyKey const& key, domain::BatchNumber number) -> crypto::Result<void> {
        auto const found = keys.extract({author, key});
        EXPECT_TRUE(found && found.mapped() == number);
        return {};
      }));
  EXPECT_TRUE(keys.empty());

  crypto::TileWriter tree(algorithm);
  crypto::TreeHasher hasher(algorithm);
  for (auto const& batch : batches) {
    tree.append(hasher.leaf(batch.entry));
  }
  auto tiles = tree.takeChanged();
  for (auto const& [id, hashes] : tiles) {
    EXPECT_EQ(log.tile(id).value(), hashes);
  }
  EXPECT_TRUE(log.visitTiles([&](crypto::TileId id, BytesView hashes) -> crypto::Result<void> {
    auto const found = tiles.extract(id);
    EXPECT_TRUE(found && found.mapped() == copy(hashes));
    return {};
  }));
  EXPECT_TRUE(tiles.empty());
}

}  // namespace fundtrail::ledger::log::testing

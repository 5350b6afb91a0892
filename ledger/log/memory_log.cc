// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/memory_log.h"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

#include "crypto/merkle.h"
#include "ledger/log/refusals.h"

namespace fundtrail::ledger::log {

using crypto::Bytes;
using crypto::BytesView;
using crypto::Result;
using domain::BatchNumber;
using domain::EventNumber;

struct MemoryLog::State {
  explicit State(crypto::HashAlgorithm hash) : algorithm(hash), tree(hash), leaves(hash) {}

  LogSize size() const { return {.batches = entries.size(), .events = events.size()}; }
  Result<Bytes> tile(crypto::TileId id) const {
    auto const found = tiles.find(id);
    return found != tiles.end() ? Result<Bytes>(found->second) : noSuchTile(id);
  }
  auto copyOf(auto State::*member) const {
    std::shared_lock const lock(mutex);
    return this->*member;
  }

  crypto::HashAlgorithm algorithm;

  mutable std::shared_mutex mutex;  // guards what follows
  crypto::TileWriter tree;
  crypto::TreeHasher leaves;
  // Deques: records stay where they are while others are added, so that a cursor's views stay valid.
  std::deque<Bytes> entries;
  std::deque<Bytes> events;
  std::vector<std::uint64_t> firstEvents;  // of each batch
  std::map<crypto::TileId, Bytes> tiles;
  std::set<domain::UsedNumber> usedNumbers;
  std::map<std::pair<domain::KeyId, IdempotencyKey>, BatchNumber> idempotencyKeys;
  std::optional<std::string> checkpoint;
};

class MemoryLog::Reader final : public Cursor {
 public:
  Reader(State const& state, std::uint64_t from) : state_(state), next_(from) {}

  Result<std::optional<StoredBatch>> next() override {
    std::shared_lock const lock(state_.mutex);
    if (next_ >= state_.entries.size()) {
      return std::nullopt;
    }
    auto const begin = state_.firstEvents[next_];
    auto const end = next_ + 1 < state_.firstEvents.size() ? state_.firstEvents[next_ + 1] : state_.events.size();
    StoredBatch batch{BatchNumber(next_), EventNumber(begin), state_.entries[next_], {}};
    for (auto number = begin; number < end; ++number) {
      batch.events.emplace_back(state_.events[number]);
    }
    ++next_;
    return std::optional(std::move(batch));
  }

 private:
  State const& state_;
  std::uint64_t next_;
};

MemoryLog::MemoryLog(crypto::HashAlgorithm algorithm) : state_(std::make_unique<State>(algorithm)) {}
MemoryLog::~MemoryLog() = default;

LogSize MemoryLog::size() const {
  std::shared_lock const lock(state_->mutex);
  return state_->size();
}

crypto::HashAlgorithm MemoryLog::hashAlgorithm() const {
  return state_->algorithm;
}

crypto::Digest MemoryLog::root() const {
  std::shared_lock const lock(state_->mutex);
  return state_->tree.root();
}

Result<void> MemoryLog::append(std::span<PreparedBatch const> group) {
  if (auto const sizes = checkRecordSizes(group); !sizes) {
    return sizes;
  }
  std::unique_lock const lock(state_->mutex);
  for (auto const& batch : group) {
    state_->idempotencyKeys.insert_or_assign({batch.author, batch.idempotencyKey}, BatchNumber(state_->entries.size()));
    state_->usedNumbers.insert(batch.usedNumbers.begin(), batch.usedNumbers.end());
    state_->tree.append(state_->leaves.leaf(batch.entry));
    state_->firstEvents.push_back(state_->events.size());
    state_->entries.emplace_back(batch.entry.begin(), batch.entry.end());
    for (auto const& event : batch.events) {
      state_->events.emplace_back(event.begin(), event.end());
    }
  }
  for (auto& [id, hashes] : state_->tree.takeChanged()) {
    state_->tiles.insert_or_assign(id, std::move(hashes));
  }
  return {};
}

Result<Bytes> MemoryLog::entry(BatchNumber number) const {
  std::shared_lock const lock(state_->mutex);
  auto const& entries = state_->entries;
  return number.value() < entries.size() ? Result<Bytes>(entries[number.value()])
                                         : noSuchBatch(number.value(), entries.size());
}

Result<Bytes> MemoryLog::event(EventNumber number) const {
  std::shared_lock const lock(state_->mutex);
  auto const& events = state_->events;
  return number.value() < events.size() ? Result<Bytes>(events[number.value()])
                                        : noSuchEvent(number.value(), events.size());
}

Result<BatchNumber> MemoryLog::batchOf(EventNumber number) const {
  std::shared_lock const lock(state_->mutex);
  if (number.value() >= state_->events.size()) {
    return noSuchEvent(number.value(), state_->events.size());
  }
  auto const after = std::ranges::upper_bound(state_->firstEvents, number.value());
  return BatchNumber(static_cast<std::uint64_t>(after - state_->firstEvents.begin() - 1));
}

std::unique_ptr<Cursor> MemoryLog::read(BatchNumber from) const {
  return std::make_unique<Reader>(*state_, from.value());
}

Result<bool> MemoryLog::used(domain::UsedNumber const& number) const {
  std::shared_lock const lock(state_->mutex);
  return state_->usedNumbers.contains(number);
}

Result<std::optional<BatchNumber>> MemoryLog::find(domain::KeyId const& author, IdempotencyKey const& key) const {
  std::shared_lock const lock(state_->mutex);
  auto const found = state_->idempotencyKeys.find({author, key});
  return found != state_->idempotencyKeys.end() ? std::optional(found->second) : std::nullopt;
}

Result<Bytes> MemoryLog::tile(crypto::TileId id) const {
  std::shared_lock const lock(state_->mutex);
  return state_->tile(id);
}

// The visits work on copies, so that a visitor may ask the log.
Result<void> MemoryLog::visitUsedNumbers(std::function<Result<void>(domain::UsedNumber const&)> const& visit) const {
  for (auto const& number : state_->copyOf(&State::usedNumbers)) {
    if (auto const visited = visit(number); !visited) {
      return visited;
    }
  }
  return {};
}

Result<void> MemoryLog::visitIdempotencyKeys(
    std::function<Result<void>(domain::KeyId const&, IdempotencyKey const&, BatchNumber)> const& visit) const {
  for (auto const& [place, number] : state_->copyOf(&State::idempotencyKeys)) {
    if (auto const visited = visit(place.first, place.second, number); !visited) {
      return visited;
    }
  }
  return {};
}

Result<void> MemoryLog::visitTiles(std::function<Result<void>(crypto::TileId, BytesView)> const& visit) const {
  for (auto const& [id, hashes] : state_->copyOf(&State::tiles)) {
    if (auto const visited = visit(id, hashes); !visited) {
      return visited;
    }
  }
  return {};
}

Result<void> MemoryLog::storeCheckpoint(std::string_view note) {
  std::unique_lock const lock(state_->mutex);
  auto const checkpoint = checkAgreement(note, state_->algorithm, state_->entries.size(),
                                         [this](crypto::TileId id) { return state_->tile(id); });
  if (!checkpoint) {
    return checkpoint.error();
  }
  if (auto const grows = checkGrowth(state_->checkpoint, *checkpoint); !grows) {
    return grows;
  }
  state_->checkpoint = note;
  return {};
}

Result<std::optional<std::string>> MemoryLog::checkpoint() const {
  std::shared_lock const lock(state_->mutex);
  return state_->checkpoint;
}

}  // namespace fundtrail::ledger::log

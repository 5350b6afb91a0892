// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/rocksdb_log.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "crypto/checkpoint_note.h"
#include "crypto/merkle.h"
#include "ledger/log/checkpoint_file.h"
#include "ledger/log/chunk.h"
#include "ledger/log/chunk_reader.h"
#include "ledger/log/layout.h"
#include "ledger/log/refusals.h"
#include "ledger/log/rocksdb_store.h"

namespace fundtrail::ledger::log {

using crypto::Bytes;
using crypto::BytesView;
using crypto::Digest;
using crypto::Error;
using crypto::ErrorKind;
using crypto::HashAlgorithm;
using crypto::Result;
using domain::BatchNumber;
using domain::EventNumber;
using Access = RocksDbStore::Access;
using Mode = RocksDbStore::Mode;

namespace {

constexpr std::uint64_t kReservedEvents = 8192;  // what a lawful batch holds at most

crypto::TileReader tileReader(RocksDbStore const& store) {
  return [&store](crypto::TileId id) { return store.demand(Family::tiles, tileKey(id).text()); };
}

// Cuts the records into chunks; `baseOf` gives the base of the chunk that begins with the i-th.
void putChunks(RocksDbStore const& store, rocksdb::WriteBatch& batch, Family family, std::uint64_t first,
               std::span<Record const> records, auto const& baseOf) {
  for (std::size_t i = 0; i < records.size();) {
    auto const rest = records.subspan(i);
    auto const chunk = rest.first(chunkLength(rest));
    store.put(batch, family, chunkKey(first + i).text(), encodeChunk(baseOf(i), chunk));
    i += chunk.size();
  }
}

Result<Bytes> readRecord(RocksDbStore const& store, Family family, std::uint64_t number) {
  auto const chunk = ChunkReader(store, family, Access::point).holding(number);
  if (!chunk) {
    return chunk.error();
  }
  auto const bytes = (*chunk)->record(number);
  return Bytes(bytes.begin(), bytes.end());
}

// Does the family end with the last record of the log?
Result<void> checkEnd(RocksDbStore const& store, Family family, std::uint64_t count) {
  auto const last = store.iterate(family, Access::point);
  last->SeekToLast();
  if (!last->status().ok()) {
    return store.error(last->status(), "the end of " + std::string(name(family)) + " cannot be read");
  }
  if (count > 0) {
    auto const chunk = ChunkReader(store, family, Access::point).holding(count - 1);
    if (!chunk) {
      return chunk.error();
    }
    if ((*chunk)->end() == count && last->key().ToStringView() == chunkKey((*chunk)->first()).text()) {
      return {};
    }
  } else if (!last->Valid()) {
    return {};
  }
  return damaged(family, last->key().ToStringView(), "lies beyond the end of the log");
}

// The families whose end shows nowhere in their own keys: each holds a copy of the log's size, so that a lost table,
// which takes the newest copy with it, is noticed.
constexpr std::array kSizedFamilies{Family::meta, Family::usedNumbers, Family::idempotencyKeys};

void putSize(RocksDbStore const& store, rocksdb::WriteBatch& batch, LogSize size) {
  for (auto const family : kSizedFamilies) {
    store.put(batch, family, kSizeKey, encodeSize(size));
  }
}

Result<LogSize> readSize(RocksDbStore const& store) {
  std::optional<LogSize> size;
  for (auto const family : kSizedFamilies) {
    auto const body = store.demand(family, kSizeKey);
    if (!body) {
      return body.error();
    }
    auto const stated = decodeSize(*body);
    if (!stated) {
      return stated;
    }
    if (size && *stated != *size) {
      return damaged(family, kSizeKey, "contradicts the size of the log");
    }
    size = *stated;
  }
  return *size;
}

// A checkpoint that the log's own tree does not bear out is damage, whatever else it would be to a caller who brings
// one.
Error disagrees(std::filesystem::path const& directory, Error const& error) {
  auto damage = error.of(directory.string());
  damage.kind = ErrorKind::corrupt;
  if (damage.zh.empty()) {
    damage.zh = directory.string() + " 的检查点无法读取：请用副本恢复（" + error.message + "）";
  }
  return damage;
}

// Calls visit(key, value) for every record of the family, in order.
Result<void> visitAll(RocksDbStore const& store, Family family, auto const& visit) {
  auto const it = store.iterate(family, Access::scan);
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    if (it->key() == kSizeKey) {
      continue;
    }
    if (Result<void> const visited = visit(it->key().ToStringView(), it->value().ToStringView()); !visited) {
      return visited;
    }
  }
  if (!it->status().ok()) {
    return store.error(it->status(), std::string(name(family)) + " cannot be read to the end");
  }
  return {};
}

}  // namespace

struct RocksDbLog::State {
  struct Published {
    LogSize size;
    Digest root;
  };

  // What opening promises to look at; the store is in order when it gives a state.
  static Result<std::unique_ptr<State>> restore(std::unique_ptr<RocksDbStore> store);

  State(std::unique_ptr<RocksDbStore> opened, HashAlgorithm hash, LogSize size, crypto::TileWriter edge)
      : store(std::move(opened)), algorithm(hash), tree(std::move(edge)), leaves(hash), durable{size, tree.root()} {
    if (store->mode() != Mode::read) file.emplace(store->directory());
  }

  Published published() const {
    std::lock_guard const lock(mutex);
    return durable;
  }
  std::optional<std::string> newest() const {
    std::lock_guard const lock(mutex);
    return checkpoint;
  }
  // The newest note, if the store has yet to take it.
  std::optional<std::string> unstored() const {
    std::lock_guard const lock(mutex);
    return isCheckpointStored || failed ? std::nullopt : checkpoint;
  }
  Result<void> checkWritable() const;
  // Writes the batch; the first failure stops every later write.
  Result<void> write(rocksdb::WriteBatch& batch);

  std::unique_ptr<RocksDbStore> store;
  std::optional<CheckpointFile> file;  // of a log that is open for writing
  HashAlgorithm algorithm;
  crypto::TileWriter tree;    // the appending thread's: ahead of `durable` while a group is being written
  crypto::TreeHasher leaves;  // likewise

  mutable std::mutex mutex;  // guards what follows
  Published durable;
  std::optional<Error> failed;
  std::optional<std::string> checkpoint;  // the newest note
  bool isCheckpointStored = true;         // in the store too, not in the file alone
};

Result<std::unique_ptr<RocksDbLog::State>> RocksDbLog::State::restore(std::unique_ptr<RocksDbStore> store) {
  auto const format = store->demand(Family::meta, kFormatKey);
  if (!format) {
    return format.error();
  }
  auto const algorithm = decodeFormat(*format);
  if (!algorithm) {
    return algorithm.error();
  }
  auto const size = readSize(*store);
  if (!size) {
    return size.error();
  }
  auto tree = crypto::TileWriter::restore(*algorithm, size->batches, tileReader(*store));
  if (!tree) {
    return tree.error();
  }
  auto state = std::make_unique<State>(std::move(store), *algorithm, *size, *std::move(tree));
  if (auto const end = checkEnd(*state->store, Family::entries, size->batches); !end) {
    return end.error();
  }
  if (auto const end = checkEnd(*state->store, Family::events, size->events); !end) {
    return end.error();
  }
  auto const note = state->store->get(Family::meta, kCheckpointKey);
  if (!note) {
    return note.error();
  }
  if (*note) {
    auto const checkpoint =
        checkAgreement(crypto::asText(**note), *algorithm, size->batches, tileReader(*state->store));
    if (!checkpoint) {
      return disagrees(state->store->directory(), checkpoint.error());
    }
    state->checkpoint = std::string(crypto::asText(**note));
  }
  return state;
}

Result<void> RocksDbLog::State::checkWritable() const {
  if (store->mode() == Mode::read) {
    return Error{ErrorKind::denied, store->directory().string() + " is open read-only: open it for writing",
                 store->directory().string() + " 以只读方式打开：请以写方式打开"};
  }
  auto failure = file->failed();
  if (!failure) {
    std::lock_guard const lock(mutex);
    failure = failed;
  }
  if (failure) {
    return Error{
        ErrorKind::io,
        "the log stopped at an earlier failure: open it again, which tells what was stored (" + failure->message + ")",
        "日志因先前的故障已停止写入：请重新打开账本，即知已存到何处（" + failure->zh + "）"};
  }
  return {};
}

Result<void> RocksDbLog::State::write(rocksdb::WriteBatch& batch) {
  auto written = store->write(batch);
  if (!written) {
    std::lock_guard const lock(mutex);
    failed = written.error();
  }
  return written;
}

// Walks entries and events side by side.
class RocksDbLog::Reader final : public Cursor {
 public:
  Reader(State const& state, std::uint64_t from) : state_(state), next_(from) { lookAgain(); }

  Result<std::optional<StoredBatch>> next() override {
    pinned_.clear();
    if (next_ >= size_.batches) {
      lookAgain();
      if (next_ >= size_.batches) {
        return std::nullopt;
      }
    }
    auto const entries = entries_->holding(next_);
    if (!entries) {
      return entries.error();
    }
    auto const& chunk = **entries;
    pinned_.push_back(*entries);
    auto const begin = chunk.linkBefore(next_);
    auto const end = chunk.link(next_);
    if (begin > end || end > size_.events) {
      return damaged(Family::entries, chunkKey(chunk.first()).text(), "names events that are not there");
    }
    StoredBatch batch{BatchNumber(next_), EventNumber(begin), chunk.record(next_), {}};
    // Only a checksum without a key guards the count: a forged one must not ask for more memory than the events that
    // are there.
    batch.events.reserve(std::min<std::uint64_t>(end - begin, kReservedEvents));
    for (auto number = begin; number < end;) {
      auto const events = events_->holding(number);
      if (!events) {
        return events.error();
      }
      pinned_.push_back(*events);
      for (auto const& held = **events; number < end && held.holds(number); ++number) {
        if (held.link(number) != next_) {
          return damaged(Family::events, chunkKey(held.first()).text(), "names another batch than the batch names it");
        }
        batch.events.push_back(held.record(number));
      }
    }
    ++next_;
    return std::optional(std::move(batch));
  }

 private:
  void lookAgain() {
    auto const size = state_.published().size;
    if (entries_ && size == size_) {
      return;
    }
    size_ = size;  // first: the readers then see at least as much
    entries_.emplace(*state_.store, Family::entries, Access::scan);
    events_.emplace(*state_.store, Family::events, Access::scan);
  }

  State const& state_;
  std::uint64_t next_;
  LogSize size_;
  std::optional<ChunkReader> entries_;
  std::optional<ChunkReader> events_;
  std::vector<std::shared_ptr<Chunk const>> pinned_;  // what the last batch's views point into
};

RocksDbLog::RocksDbLog(std::unique_ptr<State> state) : state_(std::move(state)) {}

RocksDbLog::~RocksDbLog() {
  if (auto const checkpoint = state_->unstored()) {
    rocksdb::WriteBatch batch;
    state_->store->put(batch, Family::meta, kCheckpointKey, crypto::asBytes(*checkpoint));
    static_cast<void>(state_->write(batch));  // if it fails, the file has it
  }
}

RocksDbLog::Opened RocksDbLog::create(std::filesystem::path const& directory, HashAlgorithm algorithm,
                                      RocksDbLogOptions const& options) {
  auto store = RocksDbStore::open(directory, Mode::create, options);
  if (!store) {
    return store.error();
  }
  rocksdb::WriteBatch batch;
  (*store)->put(batch, Family::meta, kFormatKey, encodeFormat(algorithm));
  putSize(**store, batch, {});
  if (auto const written = (*store)->write(batch); !written) {
    return written.error();
  }
  return std::unique_ptr<RocksDbLog>(
      new RocksDbLog(std::make_unique<State>(*std::move(store), algorithm, LogSize{}, crypto::TileWriter(algorithm))));
}

RocksDbLog::Opened RocksDbLog::open(std::filesystem::path const& directory, bool forWriting,
                                    RocksDbLogOptions const& options) {
  // Before the store: beside a live writer the file may otherwise be newer than what was opened.
  auto const reached = readCheckpointFile(directory);
  if (!reached) {
    return reached.error();
  }
  auto store = RocksDbStore::open(directory, forWriting ? Mode::write : Mode::read, options);
  if (!store) {
    return store.error();
  }
  auto state = State::restore(*std::move(store));
  if (!state) {
    return state.error();
  }
  if (*reached) {
    auto const agrees =
        checkAgreement(**reached, (*state)->algorithm, (*state)->durable.size.batches, tileReader(*(*state)->store));
    if (!agrees) {
      return disagrees(directory, agrees.error());
    }
    // The file is ahead of the store until the next group is written; beside a live writer the store may be ahead.
    if (!(*state)->checkpoint || crypto::readCheckpointNote(*(*state)->checkpoint)->size < agrees->size) {
      (*state)->checkpoint = *reached;
      (*state)->isCheckpointStored = !forWriting;
    }
  }
  return std::unique_ptr<RocksDbLog>(new RocksDbLog(*std::move(state)));
}

RocksDbLog::Opened RocksDbLog::openForWriting(std::filesystem::path const& directory,
                                              RocksDbLogOptions const& options) {
  return open(directory, true, options);
}

RocksDbLog::Opened RocksDbLog::openReadOnly(std::filesystem::path const& directory, RocksDbLogOptions const& options) {
  return open(directory, false, options);
}

LogSize RocksDbLog::size() const {
  return state_->published().size;
}

HashAlgorithm RocksDbLog::hashAlgorithm() const {
  return state_->algorithm;
}

Digest RocksDbLog::root() const {
  return state_->published().root;
}

Result<void> RocksDbLog::append(std::span<PreparedBatch const> group) {
  if (auto const writable = state_->checkWritable(); !writable) {
    return writable;
  }
  if (auto const sizes = checkRecordSizes(group); !sizes) {
    return sizes;
  }
  if (group.empty()) {
    return {};
  }
  auto& store = *state_->store;
  auto const before = size();
  auto after = before;
  rocksdb::WriteBatch batch;
  std::vector<Record> entries;
  std::vector<Record> events;
  for (auto const& prepared : group) {
    for (auto const& event : prepared.events) {
      events.push_back({event, after.batches});
    }
    for (auto const& number : prepared.usedNumbers) {
      store.mark(batch, Family::usedNumbers, usedNumberKey(number).text());
    }
    store.put(batch, Family::idempotencyKeys, idempotencyKeyKey(prepared.author, prepared.idempotencyKey).text(),
              encodeBatchNumber(BatchNumber(after.batches)));
    state_->tree.append(state_->leaves.leaf(prepared.entry));
    after.batches += 1;
    after.events += prepared.events.size();
    entries.push_back({prepared.entry, after.events});
  }
  putChunks(store, batch, Family::entries, before.batches, entries,
            [&](std::size_t i) { return i == 0 ? before.events : entries[i - 1].link; });
  putChunks(store, batch, Family::events, before.events, events, [&](std::size_t i) { return events[i].link; });
  for (auto const& [id, hashes] : state_->tree.takeChanged()) {
    store.put(batch, Family::tiles, tileKey(id).text(), hashes);
  }
  putSize(store, batch, after);
  auto const checkpoint = state_->unstored();
  if (checkpoint) {
    store.put(batch, Family::meta, kCheckpointKey, crypto::asBytes(*checkpoint));
  }

  auto written = state_->write(batch);
  if (written) {
    auto const root = state_->tree.root();
    std::lock_guard const lock(state_->mutex);
    state_->durable = {after, root};
    state_->isCheckpointStored = state_->isCheckpointStored || checkpoint == state_->checkpoint;
  }
  return written;
}

Result<Bytes> RocksDbLog::entry(BatchNumber number) const {
  auto const batches = size().batches;
  return number.value() < batches ? readRecord(*state_->store, Family::entries, number.value())
                                  : noSuchBatch(number.value(), batches);
}

Result<std::vector<Bytes>> RocksDbLog::entries(BatchNumber from, std::size_t count) const {
  auto const batches = size().batches;
  ChunkReader chunks(*state_->store, Family::entries, Access::point);
  std::vector<Bytes> all;
  for (auto number = from.value(); all.size() < count; ++number) {
    if (number >= batches) {
      return noSuchBatch(number, batches);
    }
    auto const chunk = chunks.holding(number);
    if (!chunk) {
      return chunk.error();
    }
    auto const bytes = (*chunk)->record(number);
    all.emplace_back(bytes.begin(), bytes.end());
  }
  return all;
}

Result<Bytes> RocksDbLog::event(EventNumber number) const {
  auto const events = size().events;
  return number.value() < events ? readRecord(*state_->store, Family::events, number.value())
                                 : noSuchEvent(number.value(), events);
}

Result<BatchNumber> RocksDbLog::batchOf(EventNumber number) const {
  if (auto const events = size().events; number.value() >= events) {
    return noSuchEvent(number.value(), events);
  }
  auto const chunk = ChunkReader(*state_->store, Family::events, Access::point).holding(number.value());
  if (!chunk) {
    return chunk.error();
  }
  return BatchNumber((*chunk)->link(number.value()));
}

std::unique_ptr<Cursor> RocksDbLog::read(BatchNumber from) const {
  return std::make_unique<Reader>(*state_, from.value());
}

Result<bool> RocksDbLog::used(domain::UsedNumber const& number) const {
  return state_->store->contains(Family::usedNumbers, usedNumberKey(number).text());
}

Result<std::optional<BatchNumber>> RocksDbLog::find(domain::KeyId const& author, IdempotencyKey const& key) const {
  auto const body = state_->store->get(Family::idempotencyKeys, idempotencyKeyKey(author, key).text());
  if (!body) {
    return body.error();
  }
  if (!*body) {
    return std::nullopt;
  }
  auto const number = decodeBatchNumber(**body);
  if (!number) {
    return number.error();
  }
  return *number;
}

Result<Bytes> RocksDbLog::tile(crypto::TileId id) const {
  if (crypto::tileWidth(id, size().batches) == 0) {
    return noSuchTile(id);
  }
  return state_->store->demand(Family::tiles, tileKey(id).text());
}

Result<void> RocksDbLog::visitUsedNumbers(std::function<Result<void>(domain::UsedNumber const&)> const& visit) const {
  constexpr auto kFamily = Family::usedNumbers;
  return visitAll(*state_->store, kFamily, [&](std::string_view key, std::string_view value) -> Result<void> {
    auto const number = parseUsedNumberKey(key);
    return number && value.empty() ? visit(*number) : damaged(kFamily, key, "is not what was written there");
  });
}

Result<void> RocksDbLog::visitIdempotencyKeys(
    std::function<Result<void>(domain::KeyId const&, IdempotencyKey const&, BatchNumber)> const& visit) const {
  constexpr auto kFamily = Family::idempotencyKeys;
  return visitAll(*state_->store, kFamily, [&](std::string_view key, std::string_view value) -> Result<void> {
    auto const body = unseal(kFamily, key, value);
    if (!body) {
      return body.error();
    }
    auto const place = parseIdempotencyKeyKey(key);
    auto const number = decodeBatchNumber(*body);
    return place && number ? visit(place->first, place->second, *number)
                           : damaged(kFamily, key, "is not what was written there");
  });
}

Result<void> RocksDbLog::visitTiles(std::function<Result<void>(crypto::TileId, BytesView)> const& visit) const {
  constexpr auto kFamily = Family::tiles;
  return visitAll(*state_->store, kFamily, [&](std::string_view key, std::string_view value) -> Result<void> {
    auto const body = unseal(kFamily, key, value);
    if (!body) {
      return body.error();
    }
    auto const id = parseTileKey(key);
    return id ? visit(*id, *body) : damaged(kFamily, key, "is not what was written there");
  });
}

Result<void> RocksDbLog::storeCheckpoint(std::string_view note) {
  if (auto const writable = state_->checkWritable(); !writable) {
    return writable;
  }
  auto const checkpoint = checkAgreement(note, state_->algorithm, size().batches, tileReader(*state_->store));
  if (!checkpoint) {
    return checkpoint.error();
  }
  if (auto const grows = checkGrowth(state_->newest(), *checkpoint); !grows) {
    return grows;
  }
  // The store's own copy goes with the next group, or with the last step of closing, and costs no sync of its own.
  state_->file->write(std::string(note));
  std::lock_guard const lock(state_->mutex);
  state_->checkpoint = std::string(note);
  state_->isCheckpointStored = false;
  return {};
}

Result<std::optional<std::string>> RocksDbLog::checkpoint() const {
  return state_->newest();
}

}  // namespace fundtrail::ledger::log

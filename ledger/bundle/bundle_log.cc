// SPDX-License-Identifier: Apache-2.0
#include "ledger/bundle/bundle_log.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "crypto/checkpoint_note.h"
#include "crypto/merkle.h"
#include "crypto/tiles.h"
#include "ledger/bundle/batch_frame.h"
#include "ledger/bundle/sequence.h"

namespace fundtrail::ledger::bundle {

using crypto::Bytes;
using crypto::BytesView;
using crypto::Digest;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;
using crypto::TileId;
using domain::BatchNumber;
using domain::EventNumber;

namespace {

constexpr std::size_t kCacheBytes = std::size_t{64} << 20U;

/// Where a frame of batches lies, and what it begins with.
struct Place {
  std::size_t file;
  std::size_t frame;
  std::uint64_t firstBatch;
  std::uint64_t firstEvent;
};

Error noSuch(std::string_view what, std::string_view whatZh, std::uint64_t number, std::uint64_t end) {
  return {ErrorKind::notFound, fmt::format("there is no {} {}: the bundle ends before {}", what, number, end),
          fmt::format("没有{} {}：数据包止于 {} 之前", whatZh, number, end)};
}

Error keepsNone() {
  return {ErrorKind::unsupported, "a bundle keeps no index: ask the log itself", "数据包不含索引：请查询日志本身"};
}

Error readOnly() {
  return {ErrorKind::unsupported, "a bundle is for reading alone: write into the ledger itself",
          "数据包只供读取：请写入账本本身"};
}

}  // namespace

struct BundleLog::State {
  std::vector<BundleFile> files;
  Beside beside;
  std::size_t besideBytes = 0;  // of the bundle that is being added
  std::vector<Place> frames;    // those of batches, in order
  crypto::HashAlgorithm algorithm{};
  log::LogSize size;
  std::optional<crypto::TileWriter> tree;  // of all entries
  std::map<TileId, Bytes> tiles;           // above level 0
  mutable FrameCache cache{kCacheBytes};

  Result<void> add(BundleFile file);
  Result<Head> follow(BundleFile const& file);
  Result<void> keepBeside(std::span<Record const> records);
  void grow(std::span<Record const> records);

  /// A frame of batches, by its number among them.
  Result<FrameCache::Frame> frame(std::size_t number) const;
  Result<FrameCache::Frame> frameOfBatch(std::uint64_t batch) const;
};

/// The head, which must go on where the bundles before end.
Result<Head> BundleLog::State::follow(BundleFile const& file) {
  if (file.frames() == 0) return damaged("没有内容", "it holds nothing");
  auto const content = file.content(0);
  if (!content) return content.error();
  auto const records = recordsOf(*content);
  if (!records) return records.error();
  if (records->size() != 1 || records->front().type != RecordType::head) {
    return damaged("首部有误", "its head is not well-formed");
  }
  auto head = decodeHead(records->front().body);
  if (!head) return head;
  if (!tree) {
    algorithm = head->algorithm;
    tree.emplace(algorithm);
  }
  if (head->from != size.batches) {
    return Error{
        ErrorKind::badInput,
        fmt::format("it begins with batch {}, batch {} must come next: name the bundles in order, the first one with "
                    "batch 0, none twice and none left out",
                    head->from, size.batches),
        fmt::format("始于第 {} 批，而应接第 {} 批：请按顺序给出数据包，从含第 0 批的起，不重复、不遗漏", head->from,
                    size.batches)};
  }
  auto const stated = crypto::readCheckpointNote(head->checkpoint);
  auto const earlier = beside.heads.empty() ? stated : crypto::readCheckpointNote(beside.heads.back().checkpoint);
  if (head->algorithm != algorithm || stated->origin != earlier->origin || head->firstEvent != size.events ||
      crypto::foldNodes(algorithm, head->frontier) != tree->root()) {
    return damaged("与其前的数据包不属于同一历史",
                   "it does not go on where the bundle before it ends: they tell two histories");
  }
  return head;
}

Result<void> BundleLog::State::add(BundleFile file) {
  auto head = follow(file);
  if (!head) return head.error();
  besideBytes = 0;
  beside.policies.clear();
  beside.trust.clear();
  Sequence sequence(*head);
  for (std::size_t i = 1; i < file.frames(); ++i) {
    auto const content = file.content(i);
    if (!content) return content.error();
    auto const records = recordsOf(*content);
    if (!records) return records.error();
    auto const before = sequence.size();
    if (auto const taken = sequence.take(*records); !taken) return taken;
    if (sequence.isBehindBatches()) {
      if (auto const kept = keepBeside(*records); !kept) return kept;
    } else {
      grow(*records);
      frames.push_back({files.size(), i, before.batches, before.events});
    }
  }
  if (!sequence.hasEnded()) return damaged("末尾缺失", "its end is missing");
  size = sequence.size();
  beside.heads.push_back(*std::move(head));
  files.push_back(std::move(file));
  return {};
}

Result<void> BundleLog::State::keepBeside(std::span<Record const> records) {
  for (auto const& [type, body] : records) {
    besideBytes += body.size();
    if (besideBytes > kMaxBeside) return damaged("见证或策略过多", "it holds too many notes, time-stamps or policies");
    if (type == RecordType::note) beside.notes.emplace_back(crypto::asText(body));
    if (type == RecordType::stamp) {
      auto stamp = decodeStamp(body);
      if (!stamp) return stamp.error();
      beside.stamps.push_back(*std::move(stamp));
    }
    if (type == RecordType::policy) beside.policies.emplace_back(crypto::asText(body));
    if (type == RecordType::trust) beside.trust = crypto::asText(body);
  }
  return {};
}

void BundleLog::State::grow(std::span<Record const> records) {
  crypto::TreeHasher hasher(algorithm);
  for (auto const& [type, body] : records) {
    if (type == RecordType::entry) tree->append(hasher.leaf(body));
  }
  for (auto& [id, hashes] : tree->takeChanged()) {
    if (id.level > 0) tiles.insert_or_assign(id, std::move(hashes));
  }
}

Result<FrameCache::Frame> BundleLog::State::frame(std::size_t number) const {
  if (auto found = cache.find(number)) return found;
  auto const& place = frames[number];
  auto content = files[place.file].content(place.frame);
  if (!content) return content.error().of(files[place.file].name());
  auto records = recordsOf(*content);
  if (!records) return records.error().of(files[place.file].name());
  // The file may have changed since it was opened.
  auto const batches = std::ranges::count(*records, RecordType::entry, &Record::type);
  auto const end = number + 1 < frames.size() ? frames[number + 1].firstBatch : size.batches;
  if (records->front().type != RecordType::entry || place.firstBatch + static_cast<std::uint64_t>(batches) != end) {
    return damaged("读取期间被改动", "it was changed while it was read").of(files[place.file].name());
  }
  auto const made =
      std::make_shared<BatchFrame const>(*std::move(content), *std::move(records), place.firstBatch, place.firstEvent);
  cache.keep(number, made);
  return FrameCache::Frame(made);
}

Result<FrameCache::Frame> BundleLog::State::frameOfBatch(std::uint64_t batch) const {
  if (batch >= size.batches) return noSuch("batch", "批次", batch, size.batches);
  auto const after = std::ranges::upper_bound(frames, batch, {}, &Place::firstBatch);
  return frame(static_cast<std::size_t>(after - frames.begin()) - 1);
}

class BundleLog::Reader final : public log::Cursor {
 public:
  Reader(State const& state, std::uint64_t from) : state_(state), next_(from) {}

  Result<std::optional<log::StoredBatch>> next() override {
    if (next_ >= state_.size.batches) return std::optional<log::StoredBatch>();
    if (!frame_ || next_ >= frame_->endBatch()) {
      auto frame = state_.frameOfBatch(next_);
      if (!frame) return frame.error();
      frame_ = *std::move(frame);
    }
    return std::optional(frame_->batch(next_++));
  }

 private:
  State const& state_;
  FrameCache::Frame frame_;  // keeps alive what was shown last
  std::uint64_t next_;
};

BundleLog::BundleLog(std::unique_ptr<State> state) : state_(std::move(state)) {}
BundleLog::~BundleLog() = default;

BundleLog::Opened BundleLog::open(std::vector<std::filesystem::path> const& files) {
  std::vector<std::unique_ptr<Source>> sources;
  for (auto const& file : files) {
    auto source = openSource(file);
    if (!source) return source.error();
    sources.push_back(*std::move(source));
  }
  return open(std::move(sources));
}

BundleLog::Opened BundleLog::open(std::vector<std::unique_ptr<Source>> sources) {
  auto state = std::make_unique<State>();
  for (auto& source : sources) {
    auto const name = source->name();
    auto file = BundleFile::open(std::move(source));
    if (!file) return file.error().of(name);
    if (auto const added = state->add(*std::move(file)); !added) return added.error().of(name);
  }
  return std::unique_ptr<BundleLog>(new BundleLog(std::move(state)));
}

Beside const& BundleLog::beside() const {
  return state_->beside;
}

log::LogSize BundleLog::size() const {
  return state_->size;
}

crypto::HashAlgorithm BundleLog::hashAlgorithm() const {
  return state_->algorithm;
}

Digest BundleLog::root() const {
  return state_->tree->root();
}

Result<void> BundleLog::append(std::span<log::PreparedBatch const> /*group*/) {
  return readOnly();
}

Result<Bytes> BundleLog::entry(BatchNumber number) const {
  auto const frame = state_->frameOfBatch(number.value());
  if (!frame) return frame.error();
  auto const entry = (*frame)->batch(number.value()).entry;
  return Bytes(entry.begin(), entry.end());
}

Result<Bytes> BundleLog::event(EventNumber number) const {
  auto const holding = batchOf(number);
  if (!holding) return holding.error();
  auto const frame = state_->frameOfBatch(holding->value());
  if (!frame) return frame.error();
  auto const batch = (*frame)->batch(holding->value());
  auto const position = number.value() - batch.firstEvent.value();
  if (position >= batch.events.size()) return noSuch("event", "事件", number.value(), state_->size.events);
  auto const event = batch.events[position];
  if (event.empty()) {
    return Error{ErrorKind::notFound,
                 fmt::format("event {} was left out of the bundle: ask for a bundle with all bodies", number.text()),
                 fmt::format("数据包未收录事件 {} 的内容：请索取完整的数据包", number.text())};
  }
  return Bytes(event.begin(), event.end());
}

Result<BatchNumber> BundleLog::batchOf(EventNumber number) const {
  auto const& [batches, events] = state_->size;
  if (number.value() >= events) return noSuch("event", "事件", number.value(), events);
  auto const after = std::ranges::upper_bound(state_->frames, number.value(), {}, &Place::firstEvent);
  auto const frame = state_->frame(static_cast<std::size_t>(after - state_->frames.begin()) - 1);
  if (!frame) return frame.error();
  return BatchNumber((*frame)->batchOf(number.value()));
}

std::unique_ptr<log::Cursor> BundleLog::read(BatchNumber from) const {
  return std::make_unique<Reader>(*state_, from.value());
}

Result<bool> BundleLog::used(domain::UsedNumber const& /*number*/) const {
  return keepsNone();
}

Result<std::optional<BatchNumber>> BundleLog::find(domain::KeyId const& /*author*/,
                                                   log::IdempotencyKey const& /*key*/) const {
  return keepsNone();
}

Result<Bytes> BundleLog::tile(TileId id) const {
  auto const width = crypto::tileWidth(id, state_->size.batches);
  if (width == 0) return noSuch(fmt::format("tile of level {}", id.level), "哈希块", id.index, state_->size.batches);
  if (id.level > 0) return state_->tiles.at(id);
  Bytes hashes;
  crypto::TreeHasher hasher(state_->algorithm);
  Reader reader(*state_, id.index * crypto::kTileWidth);
  for (unsigned i = 0; i < width; ++i) {
    auto const batch = reader.next();
    if (!batch) return batch.error();
    auto const leaf = hasher.leaf((*batch)->entry);
    hashes.insert(hashes.end(), leaf.bytes.begin(), leaf.bytes.end());
  }
  return hashes;
}

Result<void> BundleLog::visitUsedNumbers(
    std::function<Result<void>(domain::UsedNumber const&)> const& /*visit*/) const {
  return keepsNone();
}

Result<void> BundleLog::visitIdempotencyKeys(
    std::function<Result<void>(domain::KeyId const&, log::IdempotencyKey const&, BatchNumber)> const& /*visit*/) const {
  return keepsNone();
}

Result<void> BundleLog::visitTiles(std::function<Result<void>(TileId, BytesView)> const& /*visit*/) const {
  return keepsNone();
}

Result<void> BundleLog::storeCheckpoint(std::string_view /*note*/) {
  return readOnly();
}

Result<std::optional<std::string>> BundleLog::checkpoint() const {
  return std::optional(state_->beside.heads.back().checkpoint);
}

}  // namespace fundtrail::ledger::bundle

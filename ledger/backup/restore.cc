// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "crypto/checkpoint_note.h"
#include "crypto/ensure.h"
#include "ledger/backup/backup.h"
#include "ledger/backup/folder.h"
#include "ledger/batch/batch.h"
#include "ledger/batch/log_keys.h"
#include "ledger/batch/verifier.h"
#include "ledger/bundle/bundle_log.h"
#include "ledger/domain/case.h"
#include "ledger/domain/read.h"
#include "ledger/history/fold.h"
#include "ledger/history/reading.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::backup {

namespace fs = std::filesystem;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr std::size_t kGroupEvents = 16 * 1024;
constexpr std::size_t kGroupBatches = 1024;

/// A batch as it goes into the new log.
struct Batch {
  schema::Words entry;
  domain::EventNumber firstEvent;
  domain::KeyId author;
  log::IdempotencyKey idempotencyKey{};
  batch::EventList events{};
  std::vector<domain::UsedNumber> numbers{};

  [[nodiscard]] std::uint64_t end() const { return firstEvent.value() + events.size(); }
};

Result<Batch> read(log::StoredBatch const& stored) {
  auto const entry = history::readEntry(stored.number, stored.entry);
  if (!entry) return entry.error();
  schema::Message<schema::Statement> const statement(entry->statement.bytes());
  Batch batch{schema::Words::copyOf(stored.entry), stored.firstEvent,
              domain::readKeyId(statement.root().getAuthorKey())};
  std::ranges::copy(statement.root().getIdempotencyKey(), batch.idempotencyKey.begin());
  for (auto const event : stored.events) batch.events.append(event);
  return batch;
}

/// Copies a log batch by batch while it is folded, which judges it: what the fold tells of an event goes with its
/// batch.
class Copying {
 public:
  Copying(log::EventLog const& from, log::EventLog& to, Progress const& progress)
      : from_(from), to_(to), progress_(progress), cursor_(from.read(domain::BatchNumber(0))) {}

  /// A failure is kept, and the rest is passed over.
  void take(domain::Case const& about) {
    if (failed_) return;
    while (!failed_ && (!current_ || about.context.number.value() >= current_->end())) advance();
    if (failed_) return;
    for (auto const& use : about.numbers) current_->numbers.push_back(use.number);
  }

  /// Whatever is left.
  Result<void> finish() {
    while (!failed_ && (current_ || to_.size().batches + group_.size() < from_.size().batches)) advance();
    if (!failed_) flush();
    return failed_ ? Result<void>(*failed_) : Result<void>();
  }

 private:
  [[nodiscard]] domain::BatchNumber number() const { return domain::BatchNumber(to_.size().batches + group_.size()); }

  /// Hands on the batch at hand and takes the next.
  void advance() {
    if (current_) {
      events_ += current_->events.size();
      group_.push_back(*std::exchange(current_, std::nullopt));
      if (events_ >= kGroupEvents || group_.size() >= kGroupBatches) flush();
      if (failed_ || number().value() >= from_.size().batches) return;
    }
    auto const next = cursor_->next();
    if (!next) {
      failed_ = next.error();
      return;
    }
    crypto::ensure(next->has_value(), "a log has as many batches as it says");
    auto batch = read(**next);
    if (!batch) {
      failed_ = batch.error();
      return;
    }
    current_ = *std::move(batch);
  }

  void flush() {
    std::vector<std::vector<crypto::BytesView>> views;
    std::vector<log::PreparedBatch> prepared;
    views.reserve(group_.size());
    for (auto const& batch : group_) {
      views.push_back(batch.events.views());
      prepared.push_back({batch.entry.bytes(), views.back(), batch.author, batch.idempotencyKey, batch.numbers});
    }
    if (auto const appended = to_.append(prepared); !appended) failed_ = appended.error();
    group_.clear();
    events_ = 0;
    if (progress_ && !failed_) progress_(to_.size().batches, from_.size().batches);
  }

  log::EventLog const& from_;
  log::EventLog& to_;
  Progress const& progress_;
  std::unique_ptr<log::Cursor> cursor_;
  std::optional<Batch> current_;
  std::vector<Batch> group_;
  std::size_t events_ = 0;
  std::optional<Error> failed_;
};

/// A batch whose signature is verified.
struct Signed {
  domain::BatchNumber number;
  schema::Words entry;
  bool holds = false;
};

/// That every batch of the log is signed by the key that it names, on all cores. `keys`: all that were ever enrolled.
Result<void> checkSignatures(log::EventLog const& log, domain::State const& state) {
  auto const threads = std::max(1U, std::thread::hardware_concurrency());
  batch::OrderedWorkers<Signed> workers(threads, std::size_t{64} * threads, [&](Signed& item) {
    auto const entry = history::readEntry(item.number, item.entry.bytes());
    if (!entry) return;
    schema::Message<schema::Entry> const message(item.entry.bytes());
    schema::Message<schema::Statement> const statement(entry->statement.bytes());
    auto const* const author = state.keys.find(domain::readKeyId(statement.root().getAuthorKey()));
    item.holds = author != nullptr && batch::signatureHolds(author->key, entry->statement.bytes(),
                                                            domain::bytesOf(message.root().getSignature()));
  });
  auto const batches = log.size().batches;
  Result<void> read;
  std::jthread const reader([&] {
    constexpr std::uint64_t kAtOnce = 256;
    for (std::uint64_t from = 0; from < batches; from += kAtOnce) {
      auto const entries = log.entries(domain::BatchNumber(from), std::min(kAtOnce, batches - from));
      if (!entries) {
        read = entries.error();
        break;
      }
      for (std::uint64_t i = 0; i < entries->size(); ++i) {
        if (!workers.push({domain::BatchNumber(from + i), schema::Words::copyOf((*entries)[i])})) return;
      }
    }
    workers.close();
  });
  while (auto const item = workers.pop()) {
    if (item->holds) continue;
    workers.close();
    return history::damaged(item->number, {"作者的签名不成立", "its author's signature does not hold"});
  }
  return read;
}

/// The checkpoint of the backup, signed by all the keys that its genesis names.
Result<crypto::Checkpoint> signedCheckpoint(log::EventLog const& backup) {
  auto const genesis = history::readGenesisStatement(backup);
  if (!genesis) return genesis.error();
  schema::Message<schema::Statement> const statement(genesis->bytes());
  auto const keys = batch::logKeysOf(statement.root().getGenesis());
  if (!keys) return keys.error();
  auto const note = backup.checkpoint();
  if (!note) return note.error();
  auto checkpoint = batch::openCheckpoint(**note, *keys);
  if (!checkpoint) return Error{ErrorKind::corrupt, checkpoint.error().message, checkpoint.error().zh};
  return checkpoint;
}

Error otherTree(crypto::Checkpoint const& checkpoint) {
  return {ErrorKind::corrupt,
          fmt::format("the entries of the backup do not lead to its checkpoint of {} batches: take another copy of it",
                      checkpoint.size),
          fmt::format("备份的条目与其 {} 批的检查点不符：请改用另一份备份", checkpoint.size)};
}

Result<void> restoreAttestations(bundle::Beside const& beside, attestation::Attestations const& attestations) {
  std::string const* newest = nullptr;
  std::uint64_t size = 0;
  for (auto const& note : beside.notes) {
    auto const stated = crypto::readCheckpointNote(note);
    if (!stated) return stated.error();
    if (newest == nullptr || stated->size >= size) {
      newest = &note;
      size = stated->size;
    }
  }
  if (newest == nullptr && beside.stamps.empty()) return {};
  auto const locked = attestations.lock();
  if (!locked) return locked.error();
  // Whether they were enough, only a policy says: it is asked again when witnesses are.
  if (newest != nullptr) {
    if (auto const kept = attestations.keep(*newest, false); !kept) return kept.error();
  }
  for (auto const& stamp : beside.stamps) {
    if (auto const kept = attestations.keep(stamp); !kept) return kept.error();
  }
  return {};
}

}  // namespace

Result<Restored> restore(fs::path const& folder, MakeLog const& makeLog, attestation::Attestations const& attestations,
                         fs::path const& keys, Progress const& progress) {
  auto const bundles = bundlesIn(folder);
  if (!bundles) return bundles.error();
  if (bundles->empty()) {
    return Error{ErrorKind::notFound, folder.string() + " holds no backup: give the folder that fundtrail backup wrote",
                 folder.string() + " 中没有备份：请给出 fundtrail backup 写成的目录"};
  }
  auto const backup = bundle::BundleLog::open(*bundles);
  if (!backup) return backup.error();
  auto const checkpoint = signedCheckpoint(**backup);
  if (!checkpoint) return checkpoint.error();
  if (checkpoint->size != (*backup)->size().batches || checkpoint->root != (*backup)->root()) {
    return otherTree(*checkpoint);
  }

  auto const made = makeLog((*backup)->hashAlgorithm());
  if (!made) return made.error();
  auto& log = **made;
  Copying copying(**backup, log, progress);
  auto const folded =
      history::fold(**backup, (*backup)->size().events, [&](domain::Case const& about) { copying.take(about); });
  if (!folded) return folded.error();
  if (auto const copied = copying.finish(); !copied) return copied.error();
  if (log.root() != checkpoint->root) return otherTree(*checkpoint);
  if (auto const isSigned = checkSignatures(log, folded->state); !isSigned) return isSigned.error();
  if (auto const stored = log.storeCheckpoint(**(*backup)->checkpoint()); !stored) return stored.error();
  std::error_code error;  // what cannot be looked at, copying says
  if (fs::exists(folder / kKeys, error) || error) {
    if (auto const copied = copyKeys(folder / kKeys, keys); !copied) return copied.error();
  }
  if (auto const kept = restoreAttestations((*backup)->beside(), attestations); !kept) return kept.error();
  return Restored{*checkpoint, log.size()};
}

}  // namespace fundtrail::ledger::backup

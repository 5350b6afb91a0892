// SPDX-License-Identifier: Apache-2.0
#include "ledger/bundle/export.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "crypto/checkpoint_note.h"
#include "crypto/keys.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "crypto/tiles.h"
#include "ledger/batch/batch.h"
#include "ledger/bundle/format.h"
#include "ledger/bundle/part_file.h"
#include "ledger/bundle/sequence.h"
#include "ledger/domain/read.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/message.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger::bundle {

using crypto::Bytes;
using crypto::BytesView;
using crypto::Checkpoint;
using crypto::Digest;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

Error damagedBatch(std::uint64_t batch) {
  return {ErrorKind::corrupt,
          fmt::format("batch {} is not what its author signed: run fundtrail-replay verify, and restore a copy", batch),
          fmt::format("第 {} 批与作者所签不符：请运行 fundtrail-replay verify 查明，并用副本恢复", batch)};
}

/// Whether the events, or their hashes, are those that the entry's statement covers.
bool isAsSigned(crypto::HashAlgorithm algorithm, BytesView entry, std::span<Digest const> leaves) {
  auto const words = schema::Words::copyOf(entry);
  if (!schema::checkShape<schema::Entry>(words.bytes())) return false;
  schema::Message<schema::Entry> const message(words.bytes());
  auto const statement = schema::Words::copyOf(domain::bytesOf(message.root().getStatement()));
  if (!schema::checkShape<schema::Statement>(statement.bytes())) return false;
  schema::Message<schema::Statement> const stated(statement.bytes());
  auto const root = Digest::from(domain::bytesOf(stated.root().getEventsRoot()));
  return stated.root().getEventCount() == leaves.size() && root == crypto::rootOf(algorithm, leaves);
}

/// What the log says of itself, as a trust file. For the reader's convenience.
Result<std::string> trustFile(log::EventLog const& log, Checkpoint const& checkpoint) {
  auto const entry = log.entry(domain::BatchNumber(0));
  if (!entry) return entry.error();
  auto const words = schema::Words::copyOf(*entry);
  if (!schema::checkShape<schema::Entry>(words.bytes())) return damagedBatch(0);
  schema::Message<schema::Entry> const message(words.bytes());
  auto const statement = schema::Words::copyOf(domain::bytesOf(message.root().getStatement()));
  if (!schema::checkShape<schema::Statement>(statement.bytes())) return damagedBatch(0);
  schema::Message<schema::Statement> const stated(statement.bytes());
  auto const genesis = stated.root().getGenesis();
  auto key = crypto::PublicKey::fromSpki(domain::bytesOf(genesis.getLogKey()));
  if (!key) return damagedBatch(0);
  auto const verifier = crypto::NoteVerifier::make(std::string(domain::textOf(genesis.getOrigin())), *std::move(key));
  if (!verifier) return damagedBatch(0);
  return fmt::format(
      "# 以下为日志自述：请与您从别处得知的核对后再使用\n"
      "# The log's own word: compare it with what you know from elsewhere before you rely on it.\n"
      "ledger {}\nlog {}\ncheckpoint {} {}\n",
      batch::ledgerIdOf(log.hashAlgorithm(), statement.bytes()).text(), verifier->vkey(), checkpoint.size,
      crypto::toBase64(checkpoint.root.view()));
}

/// One export.
class Export {
 public:
  Export(log::EventLog const& log, Request const& request, PartFile part, Progress const& progress)
      : log_(log), request_(request), part_(std::move(part)), progress_(progress) {}

  Result<Exported> run(attestation::Attestations const& attestations) {
    if (auto const begun = begin(); !begun) return begun.error();
    if (auto const resumed = resume(); !resumed) return resumed.error();
    if (auto const written = writeBatches(); !written) return written.error();
    if (auto const closed = close(attestations); !closed) return closed.error();
    auto const& [batches, events] = sequence_->size();
    return Exported{
        checkpoint_, {batches - head_.from, events - head_.firstEvent}, sequence_->leftOut(), part_.size(), resumedAt_};
  }

 private:
  /// Whether this event keeps its body.
  [[nodiscard]] bool keeps(std::uint64_t event) const {
    if (!request_.city) return true;
    return event < request_.city->kept.size() && request_.city->kept[event];
  }

  /// The head: that of the part, if there is one, else a new one.
  Result<void> begin() {
    auto const newest = log_.checkpoint();
    if (!newest) return newest.error();
    if (!*newest) {
      return Error{ErrorKind::notFound, "the log has no checkpoint yet: open the ledger once for writing",
                   "日志尚无检查点：请先以写方式打开一次账本"};
    }
    if (auto const made = makeHead(**newest); !made) return made;
    auto const first = part_.next();
    if (!first) return first.error();
    if (*first) {
      if (auto const continued = continueFrom(**first); !continued) return continued;
    } else {
      if (auto const cut = part_.cut(); !cut) return cut;
      Bytes content;
      append(content, RecordType::head, encode(head_));
      if (auto const added = part_.add(content); !added) return added;
    }
    sequence_.emplace(head_);
    auto tree = crypto::TileWriter::restore(log_.hashAlgorithm(), head_.from, tiles());
    if (!tree) return tree.error();
    tree_ = *std::move(tree);
    return {};
  }

  Result<void> makeHead(std::string const& note) {
    auto const stated = crypto::readCheckpointNote(note);
    if (!stated) return stated.error();
    checkpoint_ = *stated;
    if (stated->size <= request_.from) {
      return Error{ErrorKind::badInput,
                   fmt::format("the newest checkpoint covers {} batches, so there is none from batch {} on: give a "
                               "smaller number, or wait for new ones",
                               stated->size, request_.from),
                   fmt::format("最新检查点覆盖 {} 批，第 {} 批起尚无内容：请给出较小的批次，或等新的批次入账",
                               stated->size, request_.from)};
    }
    head_.algorithm = log_.hashAlgorithm();
    if (request_.city) head_.city = request_.city->city;
    head_.from = request_.from;
    head_.checkpoint = note;
    auto const first = log_.read(domain::BatchNumber(head_.from))->next();
    if (!first) return first.error();
    if (!*first) return damagedBatch(head_.from);
    head_.firstEvent = (*first)->firstEvent.value();
    auto const node = crypto::nodeReader(head_.algorithm, checkpoint_.size, tiles());
    std::uint64_t covered = 0;
    for (int level = 63; level >= 0; --level) {
      auto const leaves = std::uint64_t{1} << static_cast<unsigned>(level);
      if ((head_.from & leaves) == 0) continue;
      auto const hash = node(static_cast<unsigned>(level), covered >> static_cast<unsigned>(level));
      if (!hash) return hash.error();
      head_.frontier.push_back(*hash);
      covered += leaves;
    }
    return {};
  }

  /// Takes over the checkpoint with which the part was begun.
  Result<void> continueFrom(Bytes const& content) {
    auto const other = [&] {
      auto const name = part_.path().string();
      return Error{ErrorKind::conflict,
                   name + " was begun for another export, or of another log: finish that one, or remove the file",
                   name + " 是另一次导出或另一日志的未完成文件：请先完成它，或删除该文件"};
    };
    auto const records = recordsOf(content);
    if (!records || records->size() != 1 || records->front().type != RecordType::head) return other();
    auto const begun = decodeHead(records->front().body);
    if (!begun) return other();
    auto const stated = *crypto::readCheckpointNote(begun->checkpoint);
    auto expected = head_;
    expected.checkpoint = begun->checkpoint;
    if (*begun != expected || stated.origin != checkpoint_.origin || stated.size > checkpoint_.size) return other();
    auto const root =
        crypto::rootAt(head_.algorithm, stated.size, crypto::nodeReader(head_.algorithm, checkpoint_.size, tiles()));
    if (!root) return root.error();
    if (*root != stated.root) return other();
    head_ = *begun;
    checkpoint_ = stated;
    return {};
  }

  /// Goes through what the part holds already, as far as it is what this export would write.
  Result<void> resume() {
    while (true) {
      auto const content = part_.next();
      if (!content) return content.error();
      if (!*content) break;
      auto const tried = take(**content);
      if (tried) continue;
      part_.unread();
      break;
    }
    if (sequence_->size().batches > head_.from) resumedAt_ = sequence_->size().batches;
    return part_.cut();
  }

  /// Whether a frame of batches is one that this export writes. If not, nothing was taken in.
  [[nodiscard]] bool take(Bytes const& content) {
    auto const records = recordsOf(content);
    if (!records) return false;
    auto sequence = *sequence_;
    if (!sequence.take(*records) || sequence.isBehindBatches()) return false;
    bool const isLast = sequence.size().batches == checkpoint_.size;
    if (content.size() < request_.frameBytes && !isLast) return false;

    std::vector<Digest> entries;
    auto event = sequence_->size().events;
    for (std::size_t i = 0; i < records->size();) {
      auto const entry = (*records)[i++].body;
      std::vector<Digest> leaves;
      for (; i < records->size() && (*records)[i].type != RecordType::entry; ++i) {
        auto const& [type, body] = (*records)[i];
        bool const isKept = type == RecordType::event;
        auto const count = isKept ? 1 : body.size() / Digest::kSize;
        for (std::size_t k = 0; k < count; ++k, ++event) {
          if (keeps(event) != isKept) return false;
          leaves.push_back(isKept ? hasher_.leaf(body) : *Digest::from(body.subspan(k * Digest::kSize, Digest::kSize)));
        }
      }
      if (!isAsSigned(head_.algorithm, entry, leaves)) return false;
      entries.push_back(hasher_.leaf(entry));
    }
    for (auto const& leaf : entries) tree_.append(leaf);
    (void)tree_.takeChanged();
    sequence_ = sequence;
    return true;
  }

  Result<void> writeBatches() {
    auto const cursor = log_.read(domain::BatchNumber(sequence_->size().batches));
    Bytes content;
    auto next = sequence_->size().batches;
    for (; next < checkpoint_.size; ++next) {
      auto const batch = cursor->next();
      if (!batch) return batch.error();
      if (!*batch) return damagedBatch(next);
      if (auto const added = add(content, **batch); !added) return added;
      if (content.size() < request_.frameBytes && next + 1 < checkpoint_.size) continue;
      if (auto const written = writeFrame(content); !written) return written;
      if (progress_) progress_(next + 1 - head_.from, checkpoint_.size - head_.from);
    }
    if (tree_.root() == checkpoint_.root) return {};
    return Error{ErrorKind::corrupt,
                 fmt::format("the entries do not lead to the checkpoint of {} batches: run fundtrail-replay verify",
                             checkpoint_.size),
                 fmt::format("日志条目与 {} 批的检查点不符：请运行 fundtrail-replay verify 查明", checkpoint_.size)};
  }

  Result<void> add(Bytes& content, log::StoredBatch const& batch) {
    if (!batch.leftOut.empty()) return damagedBatch(batch.number.value());
    append(content, RecordType::entry, batch.entry);
    std::vector<Digest> leaves;
    Bytes hashes;  // of a run of events that are left out
    auto const writeRun = [&] {
      if (!hashes.empty()) append(content, RecordType::leftOut, hashes);
      hashes.clear();
    };
    for (std::size_t i = 0; i < batch.events.size(); ++i) {
      auto const leaf = leaves.emplace_back(hasher_.leaf(batch.events[i]));
      if (keeps(batch.firstEvent.value() + i)) {
        writeRun();
        append(content, RecordType::event, batch.events[i]);
      } else {
        hashes.insert(hashes.end(), leaf.bytes.begin(), leaf.bytes.end());
      }
      if (content.size() + hashes.size() > kMaxFrameContent - kRecordOverhead) {
        return Error{ErrorKind::unsupported,
                     fmt::format("batch {} is larger than a bundle can hold: copy the log's directory instead",
                                 batch.number.text()),
                     fmt::format("第 {} 批超出数据包的容量：请改为复制日志目录", batch.number.text())};
      }
    }
    writeRun();
    if (!isAsSigned(head_.algorithm, batch.entry, leaves)) return damagedBatch(batch.number.value());
    tree_.append(hasher_.leaf(batch.entry));
    (void)tree_.takeChanged();
    return {};
  }

  /// Ends the frame, which a reader would take.
  Result<void> writeFrame(Bytes& content) {
    auto const records = recordsOf(content);
    if (!records) return records.error();
    if (auto const taken = sequence_->take(*records); !taken) return taken;
    if (auto const added = part_.add(content); !added) return added;
    content.clear();
    return {};
  }

  /// What stands behind the batches.
  Result<void> close(attestation::Attestations const& attestations) {
    Bytes content;
    std::size_t beside = 0;
    auto const put = [&](RecordType type, BytesView body) -> Result<void> {
      if ((beside += body.size()) > kMaxBeside) {
        return Error{ErrorKind::unsupported,
                     "there are more time-stamps and policies than one bundle takes: export it in parts, with --from",
                     "时间戳和策略超出一个数据包的容量：请用 --from 分段导出"};
      }
      append(content, type, body);
      return content.size() < request_.frameBytes ? Result<void>() : writeFrame(content);
    };
    auto const notes = notesIn(attestations);
    if (!notes) return notes.error();
    for (auto const& note : *notes) {
      if (auto const done = put(RecordType::note, crypto::asBytes(note)); !done) return done;
    }
    auto const stamps = attestations.stamps();
    if (!stamps) return stamps.error();
    for (auto const& stamp : *stamps) {
      if (!isCovered(stamp.note)) continue;
      if (auto const done = put(RecordType::stamp, encode(stamp)); !done) return done;
    }
    for (auto const& policy : request_.policies) {
      if (auto const done = put(RecordType::policy, crypto::asBytes(policy)); !done) return done;
    }
    auto const trust = trustFile(log_, checkpoint_);
    if (!trust) return trust.error();
    if (auto const done = put(RecordType::trust, crypto::asBytes(*trust)); !done) return done;
    append(content, RecordType::end, encode(End{sequence_->size(), sequence_->leftOut()}));
    if (auto const done = writeFrame(content); !done) return done;
    return part_.publish();
  }

  /// What stands beside the log of checkpoints in this bundle, as far as one does not say all that the other does.
  Result<std::vector<std::string>> notesIn(attestation::Attestations const& attestations) const {
    std::vector<std::string> notes;
    std::optional<Checkpoint> before;  // two of the same size may contradict each other
    for (auto const& read : {attestations.collected(), attestations.witnessed()}) {
      if (!read) return read.error();
      if (!*read || !isCovered(**read)) continue;
      auto const stated = *crypto::readCheckpointNote(**read);
      if (before != stated) notes.push_back(**read);
      before = stated;
    }
    return notes;
  }

  /// A checkpoint of batches that the bundle does not hold is another one's. That of those before it is in both: what
  /// was said of it may have come later.
  [[nodiscard]] bool isCovered(std::string const& note) const {
    auto const stated = crypto::readCheckpointNote(note);
    return stated && stated->size >= head_.from && stated->size <= checkpoint_.size;
  }

  [[nodiscard]] crypto::TileReader tiles() const {
    return [this](crypto::TileId id) { return log_.tile(id); };
  }

  static constexpr std::size_t kRecordOverhead = 64;

  log::EventLog const& log_;
  Request const& request_;
  PartFile part_;
  Progress const& progress_;
  Head head_;
  Checkpoint checkpoint_;  // of the head
  std::optional<Sequence> sequence_;
  crypto::TileWriter tree_{log_.hashAlgorithm()};
  crypto::TreeHasher hasher_{log_.hashAlgorithm()};
  std::uint64_t resumedAt_ = 0;
};

}  // namespace

Result<Exported> write(log::EventLog const& log, attestation::Attestations const& attestations, Request const& request,
                       std::filesystem::path const& file, Progress const& progress) {
  auto part = PartFile::open(file);
  if (!part) return part.error();
  return Export(log, request, *std::move(part), progress).run(attestations);
}

}  // namespace fundtrail::ledger::bundle

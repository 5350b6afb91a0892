// SPDX-License-Identifier: Apache-2.0
#include "ledger/bundle/sequence.h"

#include "crypto/checkpoint_note.h"
#include "crypto/note.h"

namespace fundtrail::ledger::bundle {

using crypto::Digest;
using crypto::Result;

Sequence::Sequence(Head const& head)
    : counted_{{head.from, head.firstEvent}, 0}, batches_(crypto::readCheckpointNote(head.checkpoint)->size) {}

Result<void> Sequence::take(std::span<Record const> frame) {
  if (frame.empty()) return damaged("压缩帧为空", "one of its frames holds nothing");
  auto const first = frame.front().type;
  auto const last = frame.back().type;
  bool const isOneKind = first == RecordType::entry ? last <= RecordType::leftOut : first >= RecordType::note;
  if (!isOneKind) return damaged("记录与压缩帧的边界不符", "its records do not stand in the frames in which they must");
  for (auto const& record : frame) {
    if (!mayFollow(last_, record.type)) return damaged("记录的顺序有误", "its records are out of order");
    if (auto const taken = take(record); !taken) return taken;
    last_ = record.type;
  }
  return {};
}

Result<void> Sequence::take(Record const& record) {
  auto const& body = record.body;
  auto const tooLarge = [] { return damaged("记录过大或为空", "one of its records is too large, or empty"); };
  switch (record.type) {
    case RecordType::head: break;
    case RecordType::entry:
      if (body.size() > log::kMaxEntrySize) return tooLarge();
      if (++counted_.size.batches > batches_) {
        return damaged("批次多于检查点", "it holds more batches than its checkpoint covers");
      }
      break;
    case RecordType::event:
      if (body.empty() || body.size() > log::kMaxEventSize) return tooLarge();
      ++counted_.size.events;
      break;
    case RecordType::leftOut:
      if (body.empty() || body.size() % Digest::kSize != 0) {
        return damaged("未收录事件的哈希有误", "the hashes of events that are left out are not whole");
      }
      counted_.size.events += body.size() / Digest::kSize;
      counted_.leftOut += body.size() / Digest::kSize;
      break;
    case RecordType::note:
      if (body.size() > crypto::kMaxNoteSize) return tooLarge();
      break;
    case RecordType::stamp: break;  // decodeStamp() bounds it
    case RecordType::policy:
    case RecordType::trust:
      if (body.size() > kMaxPolicy) return tooLarge();
      break;
    case RecordType::end: {
      auto const end = decodeEnd(body);
      if (!end) return end.error();
      if (*end != counted_ || counted_.size.batches != batches_) {
        return damaged("缺少记录", "records are missing");
      }
      break;
    }
  }
  // What stands behind the last batch: every batch stands before it.
  if (record.type > RecordType::leftOut && counted_.size.batches != batches_) {
    return damaged("批次少于检查点", "it holds fewer batches than its checkpoint covers");
  }
  return {};
}

}  // namespace fundtrail::ledger::bundle

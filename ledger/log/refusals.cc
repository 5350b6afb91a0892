// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/refusals.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "crypto/checkpoint_note.h"
#include "crypto/merkle.h"

namespace fundtrail::ledger::log {

using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

Error beyondEnd(std::string_view what, std::string_view zh, std::uint64_t number, std::uint64_t count) {
  return {ErrorKind::notFound, fmt::format("there is no {} {}: the log holds {}, counted from 0", what, number, count),
          fmt::format("没有{} {}：账上有 {} 个，从 0 编号", zh, number, count)};
}

Error tooLarge(std::string_view what, std::size_t size, std::size_t most) {
  return {ErrorKind::badInput, std::string(what) + " of " + std::to_string(size) + " bytes is larger than the " +
                                   std::to_string(most) + " allowed: divide the batch"};
}

}  // namespace

Result<void> checkRecordSizes(std::span<PreparedBatch const> group) {
  for (auto const& batch : group) {
    if (batch.entry.size() > kMaxEntrySize) {
      return tooLarge("an entry", batch.entry.size(), kMaxEntrySize);
    }
    for (auto const& event : batch.events) {
      if (event.size() > kMaxEventSize) {
        return tooLarge("an event", event.size(), kMaxEventSize);
      }
    }
  }
  return {};
}

Result<crypto::Checkpoint> checkAgreement(std::string_view note, crypto::HashAlgorithm algorithm,
                                          std::uint64_t treeSize, crypto::TileReader readTile) {
  auto checkpoint = crypto::readCheckpointNote(note);
  if (!checkpoint) {
    return checkpoint;
  }
  if (checkpoint->size > treeSize) {
    return Error{ErrorKind::conflict,
                 fmt::format("the checkpoint states {} batches, the log holds {}: batches were lost, restore the "
                             "directory from a newer copy",
                             checkpoint->size, treeSize),
                 fmt::format("检查点载有 {} 批，日志只有 {} 批：有批次丢失，请用较新的副本恢复目录", checkpoint->size,
                             treeSize)};
  }
  auto const root =
      crypto::rootAt(algorithm, checkpoint->size, crypto::nodeReader(algorithm, checkpoint->size, std::move(readTile)));
  if (!root) {
    return root.error();
  }
  if (*root != checkpoint->root) {
    return Error{
        ErrorKind::conflict,
        fmt::format("the checkpoint and the log's tree disagree at {} batches: the log was altered, keep it "
                    "as evidence and restore a copy",
                    checkpoint->size),
        fmt::format("检查点与日志在第 {} 批处不符：日志被改动过，请保留原件备查，并用副本恢复", checkpoint->size)};
  }
  return checkpoint;
}

Result<void> checkGrowth(std::optional<std::string> const& storedNote, crypto::Checkpoint const& checkpoint) {
  if (!storedNote) {
    return {};
  }
  auto const stored = crypto::readCheckpointNote(*storedNote);
  if (!stored) {
    return stored.error();
  }
  if (checkpoint.size < stored->size) {
    return Error{ErrorKind::conflict, "the checkpoint states " + std::to_string(checkpoint.size) +
                                          " batches, the stored one " + std::to_string(stored->size) +
                                          ": store the newest"};
  }
  return {};
}

Error noSuchBatch(std::uint64_t number, std::uint64_t batches) {
  return beyondEnd("batch", "批次", number, batches);
}

Error noSuchEvent(std::uint64_t number, std::uint64_t events) {
  return beyondEnd("event", "事件", number, events);
}

Error noSuchTile(crypto::TileId tile) {
  return {ErrorKind::notFound, "there is no tile " + std::to_string(tile.index) + " of level " +
                                   std::to_string(tile.level) + ": ask for one inside the tree"};
}

}  // namespace fundtrail::ledger::log

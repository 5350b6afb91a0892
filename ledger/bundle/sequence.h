// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the order in which records stand.
#pragma once

#include <cstdint>
#include <span>

#include "crypto/result.h"
#include "ledger/bundle/format.h"

namespace fundtrail::ledger::bundle {

/// Follows the frames of a bundle behind the one of its head, counts, and refuses what cannot stand where it stands. A
/// value.
class Sequence {
 public:
  explicit Sequence(Head const& head);

  /// The records of the next frame. Error: corrupt; nothing is to be asked of the sequence then.
  [[nodiscard]] crypto::Result<void> take(std::span<Record const> frame);

  /// Of the log, behind the batches taken in.
  [[nodiscard]] log::LogSize const& size() const { return counted_.size; }
  /// Events of this bundle.
  [[nodiscard]] std::uint64_t leftOut() const { return counted_.leftOut; }
  /// Whether records behind the batches were taken in.
  [[nodiscard]] bool isBehindBatches() const { return last_ > RecordType::leftOut; }
  /// Whether the end was taken in: nothing follows.
  [[nodiscard]] bool hasEnded() const { return last_ == RecordType::end; }

 private:
  [[nodiscard]] crypto::Result<void> take(Record const& record);

  End counted_;
  std::uint64_t batches_;  // that the checkpoint covers
  RecordType last_ = RecordType::head;
};

}  // namespace fundtrail::ledger::bundle

// SPDX-License-Identifier: Apache-2.0
// Private to this folder: a frame of batches, taken apart.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "ledger/bundle/format.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::bundle {

/// Immutable: any number of threads may read it.
class BatchFrame {
 public:
  /// `records` are those of the content, in the order that Sequence demands, and begin with an entry. `batch` and
  /// `event` are the numbers of its first.
  BatchFrame(crypto::Bytes content, std::vector<Record> records, std::uint64_t batch, std::uint64_t event);

  [[nodiscard]] std::uint64_t endBatch() const { return firstBatch_ + batches_.size(); }
  [[nodiscard]] std::size_t bytes() const { return content_.size(); }

  /// A batch that the frame holds; views into the frame.
  [[nodiscard]] log::StoredBatch batch(std::uint64_t number) const;
  /// The batch of an event that stands in the frame or behind it: the last one that begins no later.
  [[nodiscard]] std::uint64_t batchOf(std::uint64_t event) const;

 private:
  struct Place {
    std::size_t record;  // the entry's
    std::uint64_t firstEvent;
  };

  crypto::Bytes content_;
  std::vector<Record> records_;
  std::vector<Place> batches_;
  std::uint64_t firstBatch_;
};

/// Frames that were read last, by their number. Any number of threads.
class FrameCache {
 public:
  using Frame = std::shared_ptr<BatchFrame const>;

  explicit FrameCache(std::size_t mostBytes) : mostBytes_(mostBytes) {}

  /// nullptr if it is not there.
  [[nodiscard]] Frame find(std::size_t number);
  void keep(std::size_t number, Frame frame);

 private:
  std::size_t const mostBytes_;
  std::mutex mutex_;
  std::list<std::pair<std::size_t, Frame>> frames_;  // the one used last comes first
  std::size_t bytes_ = 0;
};

}  // namespace fundtrail::ledger::bundle

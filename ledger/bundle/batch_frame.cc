// SPDX-License-Identifier: Apache-2.0
#include "ledger/bundle/batch_frame.h"

#include <algorithm>

#include "crypto/digest.h"

namespace fundtrail::ledger::bundle {

using crypto::Digest;

BatchFrame::BatchFrame(crypto::Bytes content, std::vector<Record> records, std::uint64_t batch, std::uint64_t event)
    : content_(std::move(content)), records_(std::move(records)), firstBatch_(batch) {
  for (std::size_t i = 0; i < records_.size(); ++i) {
    auto const& [type, body] = records_[i];
    if (type == RecordType::entry) batches_.push_back({i, event});
    if (type == RecordType::event) ++event;
    if (type == RecordType::leftOut) event += body.size() / Digest::kSize;
  }
}

log::StoredBatch BatchFrame::batch(std::uint64_t number) const {
  auto const& place = batches_[number - firstBatch_];
  log::StoredBatch batch{
      domain::BatchNumber(number), domain::EventNumber(place.firstEvent), records_[place.record].body, {}, {}};
  for (auto i = place.record + 1; i < records_.size() && records_[i].type != RecordType::entry; ++i) {
    auto const& [type, body] = records_[i];
    if (type == RecordType::event) {
      batch.events.push_back(body);
      continue;
    }
    for (std::size_t at = 0; at < body.size(); at += Digest::kSize) {
      batch.events.emplace_back();
      batch.leftOut.push_back(*Digest::from(body.subspan(at, Digest::kSize)));
    }
  }
  return batch;
}

std::uint64_t BatchFrame::batchOf(std::uint64_t event) const {
  auto const after = std::ranges::upper_bound(batches_, event, {}, &Place::firstEvent);
  return firstBatch_ + static_cast<std::uint64_t>(after - batches_.begin()) - 1;
}

FrameCache::Frame FrameCache::find(std::size_t number) {
  std::lock_guard const lock(mutex_);
  auto const at = std::ranges::find(frames_, number, &std::pair<std::size_t, Frame>::first);
  if (at == frames_.end()) return nullptr;
  frames_.splice(frames_.begin(), frames_, at);
  return at->second;
}

void FrameCache::keep(std::size_t number, Frame frame) {
  std::lock_guard const lock(mutex_);
  if (std::ranges::find(frames_, number, &std::pair<std::size_t, Frame>::first) != frames_.end()) return;
  bytes_ += frame->bytes();
  frames_.emplace_front(number, std::move(frame));
  while (bytes_ > mostBytes_ && frames_.size() > 1) {
    bytes_ -= frames_.back().second->bytes();
    frames_.pop_back();
  }
}

}  // namespace fundtrail::ledger::bundle

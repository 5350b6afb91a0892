// SPDX-License-Identifier: Apache-2.0
#include "replay/past.h"

#include <algorithm>

#include <fmt/format.h>

namespace fundtrail::replay {

namespace domain = ledger::domain;

void Past::add(std::uint64_t firstEvent, crypto::Digest const& leaf) {
  std::lock_guard const lock(mutex_);
  batches_.push_back({firstEvent, leaf});
}

std::uint64_t Past::holding(domain::EventNumber number) const {
  auto const after = std::ranges::upper_bound(batches_, number.value(), {}, &Place::firstEvent);
  return static_cast<std::uint64_t>(after - batches_.begin()) - 1;
}

domain::BatchNumber Past::batchOf(domain::EventNumber number) const {
  std::lock_guard const lock(mutex_);
  return domain::BatchNumber(holding(number));
}

crypto::Result<domain::RecordedEvent> Past::event(domain::EventNumber number) const {
  std::lock_guard const lock(mutex_);
  auto const read = this->read(holding(number));
  if (!read) return read.error();
  auto const& [batch, inspection] = **read;
  auto const position = number.value() - inspection->firstEvent;
  return domain::RecordedEvent{
      {number, inspection->contents.refs[position], inspection->contents.author, inspection->acceptedAt},
      ledger::schema::Words::copyOf(batch.events[position])};
}

crypto::Result<Past::Read const*> Past::read(std::uint64_t batch) const {
  if (last_ && last_->batch.number.value() == batch) return &*last_;
  auto const cursor = log_.read(domain::BatchNumber(batch));  // owns the bytes until they are copied
  auto const stored = cursor->next();
  if (!stored) return stored.error();
  if (*stored) {
    StoredCopy copy(**stored);
    auto const algorithm = log_.hashAlgorithm();
    auto inspection = inspect(algorithm, {}, copy);
    // The leaf fixes the entry, and the entry its events.
    if (inspection && leafOf(algorithm, copy) == batches_[batch].leaf) {
      return &last_.emplace(Read{std::move(copy), std::move(inspection)});
    }
  }
  return crypto::Error{crypto::ErrorKind::corrupt,
                       fmt::format("batch {} reads differently the second time: keep the directory as evidence, and "
                                   "restore a copy",
                                   batch),
                       fmt::format("第 {} 批两次读出的内容不同：请保留原目录备查，并用副本恢复", batch)};
}

std::optional<domain::RecordedEvent> PastBefore::event(domain::EventNumber number) const {
  if (number >= present_) return std::nullopt;
  auto found = past_.event(number);
  if (found) return *std::move(found);
  failure_ = found.error();
  return std::nullopt;
}

}  // namespace fundtrail::replay

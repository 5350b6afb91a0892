// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "crypto/ensure.h"
#include "ledger/batch/batch.h"
#include "ledger/batch/key_ring.h"
#include "ledger/batch/partial.h"
#include "ledger/domain/admit.h"

namespace fundtrail::ledger::batch {

/// Everything about a batch that can be decided before its turn comes, whatever stands before it in the log.
struct Checked {
  crypto::Result<Contents> contents;  // error: shape, count or root
  enum class Signature : std::uint8_t { holds, fails, unknownKey } signature = Signature::unknownKey;
  struct Objection {
    std::size_t event;
    domain::Refusal refusal;
  };
  std::optional<Objection> objection;  // the first event that breaks a rule of the event alone
};

/// Shape, hashes, signature and the rules of each event alone; of an event that was left out (openPartial()) its hash
/// alone.
[[nodiscard]] inline Checked check(crypto::HashAlgorithm algorithm, KeyRing const& keys, crypto::BytesView statement,
                                   crypto::BytesView signature, std::span<crypto::BytesView const> events,
                                   std::span<crypto::Digest const> leftOut = {}) {
  Checked checked{openPartial(algorithm, statement, events, leftOut), Checked::Signature::unknownKey, std::nullopt};
  if (!checked.contents) return checked;
  if (auto const key = keys.find(checked.contents->author)) {
    checked.signature =
        signatureHolds(*key, statement, signature) ? Checked::Signature::holds : Checked::Signature::fails;
  }
  for (std::size_t i = 0; i < events.size() && !checked.objection; ++i) {
    if (events[i].empty()) continue;  // left out, or openPartial() had refused it
    schema::Message<schema::Event> const message(events[i]);
    if (auto refusal = domain::examine(message.root())) checked.objection = Checked::Objection{i, *std::move(refusal)};
  }
  return checked;
}

/// Works on items on several threads and hands them on in the order in which they came: the first stage of the ledger's
/// write path and of a replay. At most `capacity` items are inside; push() then waits, so memory stays bounded. There
/// is at least one thread, and room for one item: without them push() or pop() would wait for ever. push() from any
/// thread, pop() from one. The destructor waits for the threads; items still inside are dropped.
template <class Item>
class OrderedWorkers {
 public:
  OrderedWorkers(unsigned threads, std::size_t capacity, std::function<void(Item&)> work)
      : capacity_(capacity), work_(std::move(work)) {
    crypto::ensure(threads > 0 && capacity > 0, "there is a thread to work, and room for an item");
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
  }
  OrderedWorkers(OrderedWorkers const&) = delete;
  OrderedWorkers& operator=(OrderedWorkers const&) = delete;
  ~OrderedWorkers() {
    {
      std::lock_guard const lock(mutex_);
      stopped_ = closed_ = true;
    }
    notifyAll();
    for (auto& thread : threads_) thread.join();
  }

  /// False, and the item is untouched, once the queue is closed.
  bool push(Item&& item) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return closed_ || slots_.size() < capacity_; });
    return put(lock, std::move(item));
  }

  /// False, and the item is untouched, if there is no room now or the queue is closed.
  bool tryPush(Item&& item) {
    std::unique_lock lock(mutex_);
    return slots_.size() < capacity_ && put(lock, std::move(item));
  }

  /// The next item in order, its work done. Nothing once the queue is closed and empty.
  std::optional<Item> pop() { return take(true); }
  /// The next item if its work is done already.
  std::optional<Item> tryPop() { return take(false); }

  /// No more items come in; what is inside can still be popped.
  void close() {
    {
      std::lock_guard const lock(mutex_);
      closed_ = true;
    }
    notifyAll();
  }

 private:
  struct Slot {
    Item item;
    bool done = false;
  };

  void notifyAll() {
    room_.notify_all();
    work_there_.notify_all();
    done_.notify_all();
  }

  bool put(std::unique_lock<std::mutex>& lock, Item&& item) {
    if (closed_) return false;
    slots_.push_back(std::make_unique<Slot>(Slot{std::move(item)}));
    todo_.push_back(slots_.back().get());
    lock.unlock();
    work_there_.notify_one();
    return true;
  }

  std::optional<Item> take(bool wait) {
    std::unique_lock lock(mutex_);
    auto const ready = [this] { return !slots_.empty() && slots_.front()->done; };
    if (wait) done_.wait(lock, [&] { return stopped_ || ready() || (closed_ && slots_.empty()); });
    if (!ready()) return std::nullopt;
    std::optional<Item> item(std::move(slots_.front()->item));
    slots_.pop_front();
    lock.unlock();
    room_.notify_one();
    return item;
  }

  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      work_there_.wait(lock, [this] { return stopped_ || !todo_.empty(); });
      if (stopped_) return;
      auto* const slot = todo_.front();
      todo_.pop_front();
      lock.unlock();
      work_(slot->item);
      lock.lock();
      slot->done = true;
      if (slot == slots_.front().get()) done_.notify_one();
    }
  }

  std::size_t const capacity_;
  std::function<void(Item&)> const work_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable work_there_;
  std::condition_variable done_;
  std::deque<std::unique_ptr<Slot>> slots_;  // in order of arrival
  std::deque<Slot*> todo_;
  bool closed_ = false;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace fundtrail::ledger::batch

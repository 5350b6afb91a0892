// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace fundtrail::ledger::batch {

/// Hands items from one stage to the next, at most `capacity` at a time: a slow stage slows the ones before it down
/// instead of filling memory. Any thread.
template <class Item>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  /// Waits for room. The queue must not be closed.
  void push(Item item) {
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [this] { return items_.size() < capacity_; });
      items_.push_back(std::move(item));
    }
    there_.notify_one();
  }

  /// Waits for an item. Nothing once the queue is closed and empty.
  std::optional<Item> pop() {
    std::unique_lock lock(mutex_);
    there_.wait(lock, [this] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    std::optional<Item> item(std::move(items_.front()));
    items_.pop_front();
    lock.unlock();
    room_.notify_one();
    return item;
  }

  void close() {
    {
      std::lock_guard const lock(mutex_);
      closed_ = true;
    }
    there_.notify_all();
  }

 private:
  std::size_t const capacity_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable there_;
  std::deque<Item> items_;
  bool closed_ = false;
};

}  // namespace fundtrail::ledger::batch

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace fundtrail::api::daemon {

/// Threads for work that takes long or waits, so that those which serve connections do neither. The queue has no bound
/// of its own: each connection has one request at a time in it.
class Workers {
 public:
  using Work = std::function<void()>;

  /// At least one thread. `failed` is told what an exception said that work let out; whatever the work held is dropped.
  Workers(unsigned threads, std::function<void(std::string_view)> failed);
  Workers(Workers const&) = delete;
  Workers& operator=(Workers const&) = delete;
  /// Runs what is queued, and what that queues, then stops.
  ~Workers();

  /// Returns at once. Any thread, work itself too.
  void later(Work work);

 private:
  void run();

  std::function<void(std::string_view)> failed_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Work> queue_;
  std::size_t working_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace fundtrail::api::daemon

// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/workers.h"

#include <exception>
#include <utility>

namespace fundtrail::api::daemon {

Workers::Workers(unsigned threads, std::function<void(std::string_view)> failed) : failed_(std::move(failed)) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Workers::later(Work work) {
  {
    std::lock_guard const lock(mutex_);
    queue_.push_back(std::move(work));
  }
  changed_.notify_one();
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    // While somebody works, more may come of it.
    changed_.wait(lock, [this] { return !queue_.empty() || (stopping_ && working_ == 0); });
    if (queue_.empty()) break;
    ++working_;
    {
      auto const work = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      try {
        work();
      } catch (std::exception const& exception) {
        failed_(exception.what());
      }
    }
    lock.lock();
    --working_;
  }
  lock.unlock();
  changed_.notify_all();
}

}  // namespace fundtrail::api::daemon

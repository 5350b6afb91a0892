// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <utility>

namespace fundtrail::api::http {

/// What a stream has sent and its client has not been sent yet: bounded. The source's side is any thread, the other
/// one is the connection. Shared by the two.
class Feed {
 public:
  /// `wake` is called from the source's threads when there is something new.
  Feed(std::size_t most, std::function<void()> wake) : most_(most), wake_(std::move(wake)) {}

  /// The source's side. Never blocks; after close() it does nothing.
  void add(std::string const& piece) {
    std::lock_guard const lock(mutex_);
    if (!wake_ || piece.empty()) return;
    overflown_ = overflown_ || pending_.size() + piece.size() > most_;
    if (!overflown_) pending_ += piece;
    // Under the lock: after close() nobody may be woken.
    if (!std::exchange(woken_, true)) wake_();
  }

  /// What is to be sent now; empty if there is nothing.
  [[nodiscard]] std::string take() {
    std::lock_guard const lock(mutex_);
    woken_ = false;
    return std::exchange(pending_, {});
  }
  /// The client did not take what it asked for.
  [[nodiscard]] bool overflown() const {
    std::lock_guard const lock(mutex_);
    return overflown_;
  }
  void close() {
    std::function<void()> wake;  // destroyed behind the lock
    std::lock_guard const lock(mutex_);
    wake.swap(wake_);
  }

 private:
  std::size_t const most_;
  mutable std::mutex mutex_;
  std::function<void()> wake_;
  std::string pending_;
  bool woken_ = false;
  bool overflown_ = false;
};

}  // namespace fundtrail::api::http

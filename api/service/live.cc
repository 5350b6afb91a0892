// SPDX-License-Identifier: Apache-2.0
#include "api/service/live.h"

namespace fundtrail::api::service {

namespace {

// Readers wait while so many events are taken in: some milliseconds.
constexpr std::uint64_t kAtOnce = 1000;
constexpr std::size_t kMostAnswers = std::size_t{64} << 20U;

}  // namespace

Live::Live(std::unique_ptr<ledger::projections::Current> current)
    : current_(std::move(current)), position_(current_->snapshot().basis.position) {}

crypto::Result<std::unique_ptr<Live>> Live::open(ledger::log::EventLog const& log) {
  auto current = ledger::projections::Current::open(log);
  if (!current) return current.error();
  return std::unique_ptr<Live>(new Live(*std::move(current)));
}

crypto::Result<bool> Live::catchUp() {
  std::lock_guard const one(catchingUp_);
  bool any = false;
  while (true) {
    std::unique_lock const lock(mutex_);
    auto const advanced = current_->advance(kAtOnce);
    position_.store(current_->snapshot().basis.position, std::memory_order_release);
    if (!advanced) return advanced.error();
    if (!*advanced) return any;
    any = true;
  }
}

std::shared_ptr<http::Response const> Live::answered(std::uint64_t position, std::string const& request) const {
  std::lock_guard const lock(answersMutex_);
  if (answersAt_ != position) return nullptr;
  auto const at = answers_.find(request);
  return at == answers_.end() ? nullptr : at->second;
}

void Live::keepAnswer(std::uint64_t position, std::string request, std::shared_ptr<http::Response const> response) {
  auto const size = request.size() + response->body.size();
  std::lock_guard const lock(answersMutex_);
  if (position < answersAt_) return;
  if (position > answersAt_ || answersSize_ + size > kMostAnswers) {
    answers_.clear();
    answersSize_ = 0;
    answersAt_ = position;
  }
  if (answers_.emplace(std::move(request), std::move(response)).second) answersSize_ += size;
}

}  // namespace fundtrail::api::service

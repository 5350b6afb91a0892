// SPDX-License-Identifier: Apache-2.0
#include "api/http/pending_answer.h"

#include <utility>

namespace fundtrail::api::http {

namespace {

/// Fails what is pending when the last copy of an Answer goes.
class Ticket {
 public:
  explicit Ticket(std::shared_ptr<PendingAnswer> pending) : pending_(std::move(pending)) {}
  Ticket(Ticket const&) = delete;
  Ticket& operator=(Ticket const&) = delete;
  ~Ticket() { pending_->fail(); }

 private:
  std::shared_ptr<PendingAnswer> pending_;
};

}  // namespace

Answer PendingAnswer::answerTo(std::shared_ptr<PendingAnswer> pending) {
  auto ticket = std::make_shared<Ticket>(pending);
  return [pending = std::move(pending), ticket = std::move(ticket)](Response response) {
    pending->arrive(std::move(response));
  };
}

void PendingAnswer::fail() {
  arrive(std::nullopt);
}

void PendingAnswer::arrive(std::optional<Response> response) {
  std::lock_guard const lock(mutex_);
  if (std::exchange(answered_, true)) return;
  arrived_ = Arrived{std::move(response)};
  // Under the lock: the connection, and the server, live until abandon() could take it.
  if (wake_) std::exchange(wake_, nullptr)();
}

std::optional<PendingAnswer::Arrived> PendingAnswer::take(std::function<void()> wake) {
  std::lock_guard const lock(mutex_);
  if (!arrived_) wake_ = std::move(wake);
  return std::exchange(arrived_, std::nullopt);
}

void PendingAnswer::abandon() {
  // Destroyed behind the lock: what they hold may reach back here.
  std::function<void()> wake;
  std::optional<Arrived> arrived;
  std::lock_guard const lock(mutex_);
  answered_ = true;
  wake.swap(wake_);
  arrived.swap(arrived_);
}

}  // namespace fundtrail::api::http

// SPDX-License-Identifier: Apache-2.0
#include "replay/follower.h"

#include <utility>

#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"

namespace fundtrail::replay {

namespace schema = ledger::schema;

namespace {

constexpr std::size_t kWaiting = 8;  // loads

}  // namespace

Follower::Follower(Past const& past, std::vector<Observer*> const& observers)
    : past_(past),
      observers_(observers),
      purpose_(chains_, findings_),
      bank_(chains_, past_, findings_),
      queue_(kWaiting),
      thread_([this] { run(); }) {}

Follower::~Follower() {
  finish();
}

void Follower::hand(Passed passed) {
  {
    std::lock_guard const lock(mutex_);
    ++handed_;
  }
  queue_.push(std::move(passed));
}

void Follower::drain() {
  std::unique_lock lock(mutex_);
  still_.wait(lock, [this] { return done_ == handed_; });
}

void Follower::finish() {
  if (!thread_.joinable()) return;
  queue_.close();
  thread_.join();
}

void Follower::run() {
  while (auto const passed = queue_.pop()) {
    if (!stoppedAt_) follow(*passed);
    {
      std::lock_guard const lock(mutex_);
      ++done_;
    }
    still_.notify_all();
  }
}

void Follower::follow(Passed const& passed) {
  auto takenBack = passed.takenBack.begin();
  auto left = passed.count;
  for (std::size_t i = 0; left > 0; ++i) {
    auto const& item = (*passed.load)[i];
    auto const& inspected = **item.inspection;
    auto const& events = item.batch->events;
    auto const skipped = passed.from.value() > inspected.firstEvent ? passed.from.value() - inspected.firstEvent : 0;
    for (std::size_t e = skipped; e < events.size() && left > 0; ++e, --left) {
      schema::Message<schema::Event> const message(events[e]);
      domain::EventContext const context{domain::EventNumber(inspected.firstEvent + e), inspected.contents.refs[e],
                                         inspected.contents.author, inspected.acceptedAt};
      past_.present(context.number);
      bool const takesBack = takenBack != passed.takenBack.end() && takenBack->by == context.number;
      ShownEvent const shown{context, item.number, passed.persons[i], message.root()};
      auto finding = take(shown, takesBack ? &*takenBack : nullptr);
      if (takesBack) ++takenBack;
      if (!finding) continue;
      finding->batch = item.number;
      finding->event = context.number;
      findings_.add(*std::move(finding));
      stoppedAt_ = context.number;
      return;
    }
  }
}

/// Everybody who follows, in the order in which they rely on each other.
template <class Tell>
void Follower::everybody(Tell const& tell) {
  tell(static_cast<Observer&>(chains_));
  tell(static_cast<Observer&>(purpose_));
  tell(static_cast<Observer&>(bank_));
  for (auto* const observer : observers_) tell(*observer);
}

std::optional<Finding> Follower::take(ShownEvent const& shown, TakenBack const* takenBack) {
  std::optional<schema::Message<schema::Event>> original;
  if (takenBack) original.emplace(takenBack->original.bytes.bytes());
  auto disagreement = books_.book(shown.context, shown.event);
  if (!disagreement && takenBack) {
    disagreement = books_.takeBack(takenBack->original.context, original->root());
  }
  if (disagreement) return Finding{FindingKind::conservation, {}, {}, {}, *std::move(disagreement)};
  everybody([&](Observer& observer) { observer.take(shown); });
  if (takenBack) {
    ShownEvent const was{takenBack->original.context, takenBack->batch, takenBack->person, original->root()};
    everybody([&](Observer& observer) { observer.takeBack(was, shown); });
  }
  if (past_.failure()) return Finding{FindingKind::damage, {}, {}, {}, damageText(*past_.failure())};
  return std::nullopt;
}

}  // namespace fundtrail::replay

// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the third stage of the replay. What the audit derives by code of its own, on a thread of its
// own, from the events that the rules let pass.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "ledger/batch/bounded_queue.h"
#include "ledger/domain/event_context.h"
#include "replay/bank.h"
#include "replay/books.h"
#include "replay/chains.h"
#include "replay/findings.h"
#include "replay/load.h"
#include "replay/observer.h"
#include "replay/past.h"
#include "replay/purpose.h"

namespace fundtrail::replay {

/// An event that a second person's has just taken back, as it stands in the log.
struct TakenBack {
  ledger::domain::EventNumber by;
  ledger::domain::RecordedEvent original;
  ledger::domain::BatchNumber batch;
  std::string person;  // who signed it
};

/// Lawful events of a load, in order: so many from one on.
struct Passed {
  std::shared_ptr<Load const> load;
  ledger::domain::EventNumber from{0};
  std::uint64_t count = 0;
  std::vector<std::string> persons;  // who signed, by the load's items
  std::vector<TakenBack> takenBack;  // by them, in order
};

/// Keeps the books and the other records of the audit, and shows each event to those who follow the replay. It shares
/// nothing with the rules' thread but the bytes and the past. One thread hands over; the others call in what finish()
/// or drain() has made still.
class Follower {
 public:
  Follower(Past const& past, std::vector<Observer*> const& observers);
  ~Follower();
  Follower(Follower const&) = delete;
  Follower& operator=(Follower const&) = delete;

  /// Waits for room: a slow follower slows the rules down, instead of filling memory.
  void hand(Passed passed);
  /// Waits until everything that was handed over is taken in.
  void drain();
  /// The same, and nothing more comes.
  void finish();

  /// The event at which it stopped: the books refuse it, or what it takes back cannot be read. Behind it nothing is
  /// taken in.
  [[nodiscard]] std::optional<ledger::domain::EventNumber> stoppedAt() const { return stoppedAt_; }
  /// It stopped because the log does not read as it did.
  [[nodiscard]] bool isUnreadable() const { return past_.failure().has_value(); }

  [[nodiscard]] Books const& books() const { return books_; }
  [[nodiscard]] PurposeCheck const& purpose() const { return purpose_; }
  /// BankCheck::conclude(), with findings of its own.
  [[nodiscard]] Part concludeBank(std::optional<ledger::domain::Date> until, BankLimits const& limits) {
    return bank_.conclude(until, limits);
  }
  /// What was found since the last call, in the order of the log.
  [[nodiscard]] Findings takeFindings() { return std::exchange(findings_, Findings()); }

 private:
  void run();
  void follow(Passed const& passed);
  [[nodiscard]] std::optional<Finding> take(ShownEvent const& shown, TakenBack const* takenBack);
  template <class Tell>
  void everybody(Tell const& tell);

  Findings findings_;
  PastBefore past_;
  std::vector<Observer*> observers_;
  Books books_;
  Chains chains_;
  PurposeCheck purpose_;
  BankCheck bank_;
  std::optional<ledger::domain::EventNumber> stoppedAt_;

  std::mutex mutex_;  // handed_, done_
  std::condition_variable still_;
  std::uint64_t handed_ = 0;
  std::uint64_t done_ = 0;
  ledger::batch::BoundedQueue<Passed> queue_;
  std::thread thread_;
};

}  // namespace fundtrail::replay

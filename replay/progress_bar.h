// SPDX-License-Identifier: Apache-2.0
// Private to the program: how far the replay is, for someone who watches.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "ledger/schema/names.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// How long the rest will take if it goes on as it went for so long; nothing before anything is done. What is left is
/// measured by what makes the work: a signature that is verified counts as much as many events.
[[nodiscard]] std::optional<std::chrono::seconds> timeLeft(Progress const& progress, std::chrono::milliseconds elapsed);

/// "42 s", "3 min 5 s", "2 h 3 min"
[[nodiscard]] std::string durationText(std::chrono::seconds duration, ledger::schema::Language language);

/// Draws on standard error, and only if that is a terminal. The destructor clears the line.
class ProgressBar {
 public:
  explicit ProgressBar(ledger::schema::Language language);
  ProgressBar(ProgressBar const&) = delete;
  ProgressBar& operator=(ProgressBar const&) = delete;
  ~ProgressBar();

  void show(Progress const& progress);

 private:
  using Clock = std::chrono::steady_clock;

  ledger::schema::Language language_;
  bool visible_;
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_ = start_;
};

}  // namespace fundtrail::replay

// SPDX-License-Identifier: Apache-2.0
// Private to the program: how far the replay is, for someone who watches.
#pragma once

#include <chrono>

#include "ledger/schema/names.h"
#include "replay/verify.h"

namespace fundtrail::replay {

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

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "api/cli/session.h"

namespace fundtrail::api::cli {

/// How far long work is: one line, drawn over and over on a terminal, and nothing anywhere else. It goes with the
/// object.
class ProgressLine {
 public:
  /// `text` takes two numbers: done, of so many.
  ProgressLine(Session const& session, Text text);
  ProgressLine(ProgressLine const&) = delete;
  ProgressLine& operator=(ProgressLine const&) = delete;
  ~ProgressLine();

  void show(std::uint64_t done, std::uint64_t of);

 private:
  using Clock = std::chrono::steady_clock;

  Session const& session_;
  Text text_;
  bool visible_;
  bool drawn_ = false;
  Clock::time_point next_ = Clock::now();
};

}  // namespace fundtrail::api::cli

// SPDX-License-Identifier: Apache-2.0
// Private to the program: somebody presses Ctrl-C.
#pragma once

#include <array>
#include <csignal>

namespace fundtrail::replay {

/// While it lives, the first SIGINT or SIGTERM is a request that the run may finish its step on; a second one ends the
/// program at once, as ever. One at a time. The destructor puts back what was there.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(Interruption const&) = delete;
  Interruption& operator=(Interruption const&) = delete;

  [[nodiscard]] bool asked() const;

 private:
  static constexpr std::array kSignals{SIGINT, SIGTERM};
  std::array<struct sigaction, kSignals.size()> before_{};
};

}  // namespace fundtrail::replay

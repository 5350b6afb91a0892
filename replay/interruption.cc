// SPDX-License-Identifier: Apache-2.0
#include "replay/interruption.h"

#include <cstddef>

namespace fundtrail::replay {

namespace {

volatile std::sig_atomic_t askedToStop = 0;

void ask(int /*signal*/) {
  askedToStop = 1;
}

}  // namespace

Interruption::Interruption() {
  askedToStop = 0;
  struct sigaction action {};
  action.sa_handler = &ask;
  // SA_RESETHAND: the second one finds the system's own way. SA_RESTART: nothing that is being read fails for it.
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &action, &before_[i]);
}

Interruption::~Interruption() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before_[i], nullptr);
}

bool Interruption::asked() const {
  return askedToStop != 0;
}

}  // namespace fundtrail::replay

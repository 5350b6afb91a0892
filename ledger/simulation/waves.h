// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

class WaveSteps;

/// The steps of every wave, from the registration of its enterprises to its awards, around the day on which its list is
/// published. What is awarded waits in City::unpaid. Owns what the agenda's actions refer to: outlives the history.
class Waves {
 public:
  explicit Waves(World& world);
  ~Waves();
  Waves(Waves const&) = delete;
  Waves& operator=(Waves const&) = delete;

 private:
  std::vector<std::unique_ptr<WaveSteps>> steps_;
};

}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

struct Mishaps;
class Oversight;
class WaveSteps;

/// The steps of every wave, from the registration of its enterprises to its awards, around the day on which its list is
/// published; and of those that are supported in advance, to the final computation. What is awarded waits in
/// City::unpaid. Owns what the agenda's actions refer to: outlives the history.
class Waves {
 public:
  Waves(World& world, Oversight& oversight);
  ~Waves();
  Waves(Waves const&) = delete;
  Waves& operator=(Waves const&) = delete;

 private:
  std::unique_ptr<Mishaps> mishaps_;
  std::vector<std::unique_ptr<WaveSteps>> steps_;
};

}  // namespace fundtrail::ledger::simulation

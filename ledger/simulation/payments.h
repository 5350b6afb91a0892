// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// Pay runs: each city pays its open awards some times a year, and each step of a run is another person's on another
/// day. Some payments are turned down, taken back, returned by the bank or recorded wrongly, and go the same way again;
/// of some, the money is recovered. Owns what the agenda's actions refer to: outlives the history.
class Payments {
 public:
  explicit Payments(World& world);
  Payments(Payments const&) = delete;
  Payments& operator=(Payments const&) = delete;

 private:
  struct Payment {
    Project* project;
    Written request;
    std::string account;
  };
  using Run = std::vector<Payment>;

  void request(City& city, std::vector<Project*> const& projects);
  void review(City& city, Run const& run);
  void approve(City& city, Run const& run);
  void instruct(City& city, Run const& run);
  void hearFromBank(City& city, Run const& run);

  Written instruct(City const& city, Payment const& payment);
  Written settle(City const& city, Payment const& payment);
  void cancel(City const& city, Payment const& payment);
  void giveBack(City& city, Payment const& payment);
  void recover(City const& city, Project const& project);

  World& world_;
  Every turnedDown_;
  Every takenBack_;
  Every wronglyInstructed_;
  Every returned_;
  Every closedAccount_;
  Every wronglySettled_;
  Every recovered_;
  Every toTreasury_;
};

}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// Pay runs: each city pays its open awards some times a year, and each step of a run is another person's on another
/// day. Some payments are turned down, taken back, returned by the bank or recorded wrongly, and go the same way again.
/// Owns what the agenda's actions refer to: outlives the history.
class Payments {
 public:
  explicit Payments(World& world);
  Payments(Payments const&) = delete;
  Payments& operator=(Payments const&) = delete;

 private:
  struct Payment {
    Instalment what;
    Written request;
    std::string account;
  };
  using Run = std::vector<Payment>;

  void begin(City& city);
  void request(City& city, std::vector<Instalment> const& instalments);
  void review(City& city, Run const& run);
  void approve(City& city, Run const& run);
  void instruct(City& city, Run const& run);
  void hearFromBank(City& city, Run const& run);

  Written instruct(City const& city, Payment const& payment);
  Written settle(City const& city, Payment const& payment, std::string const& reference, domain::Date valueDate);
  void settle(City& city, Payment const& payment);
  void cancel(City const& city, Payment const& payment);
  void giveBack(City& city, Payment const& payment);
  void afterPayment(City& city, Project& project);

  World& world_;
  Every turnedDown_{200, 35};
  Every takenBack_{200, 12};
  Every wronglyInstructed_{150, 16};
  Every returned_{50, 10};
  Every closedAccount_{3, 2};
  Every wronglySettled_{250, 24};
  Every recovered_{70, 8};
};

}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

class AccountBook;

/// The bank's statements of each city's account: imported by the month, and line by line matched with what the ledger
/// says, or explained. Owns what the agenda's actions refer to: outlives the history.
class Bank {
 public:
  explicit Bank(World& world);
  ~Bank();
  Bank(Bank const&) = delete;
  Bank& operator=(Bank const&) = delete;

 private:
  std::vector<std::unique_ptr<AccountBook>> books_;
};

}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"

namespace fundtrail::ledger::domain {

/// 已结账期间: takes no event dated inside it (rule X3). Both ends included.
struct ClosedPeriod {
  CityCode region;
  Date from;
  Date to;
  [[nodiscard]] bool holds(Date day) const { return from <= day && day <= to; }
  friend bool operator==(ClosedPeriod const&, ClosedPeriod const&) = default;
};

/// Someone else who checks and cosigns the log's checkpoints.
struct Witness {
  std::string vkey;
  std::string url;
  friend bool operator==(Witness const&, Witness const&) = default;
};

}  // namespace fundtrail::ledger::domain

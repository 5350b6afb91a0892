// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "crypto/result.h"
#include "ledger/domain/date.h"

namespace fundtrail::api::access {

/// Somebody who audits or administers has read what is private.
struct PrivateRead {
  ledger::domain::Instant at;
  std::string person;
  std::string key;      // by its hash
  std::string peer;     // where from
  std::string request;  // its id
  std::string what;     // method and target
};

/// Keeps who read what is private (等保). Only ever adds. Called on several threads at once.
class Journal {
 public:
  virtual ~Journal() = default;
  /// Before the answer goes out: on an error nothing is shown.
  virtual crypto::Result<void> record(PrivateRead const& read) = 0;
};

}  // namespace fundtrail::api::access

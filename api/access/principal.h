// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/domain/authority.h"
#include "ledger/domain/date.h"
#include "ledger/domain/parties.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/state.h"

namespace fundtrail::api::access {

/// Who asks, as the ledger knows him at this moment. A value.
struct Principal {
  ledger::domain::KeyId key;
  std::string person;                         // personnel identifier
  std::string organisation;                   // of an enterprise's own staff: its unified social credit code
  std::vector<ledger::domain::Grant> grants;  // that hold today

  [[nodiscard]] ledger::domain::RoleSet roles() const;
};

/// Whoever signs with the key; nothing if it is not enrolled, or revoked.
[[nodiscard]] std::optional<Principal> principalOf(ledger::domain::State const& state, ledger::domain::KeyId const& key,
                                                   ledger::domain::Date today);

}  // namespace fundtrail::api::access

// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/parties.h"

#include <algorithm>

namespace fundtrail::ledger::domain {

bool Organisation::isBannedOn(Date day) const {
  return std::ranges::any_of(bans, [day](Ban const& ban) { return ban.from <= day && day <= ban.to; });
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "ledger/domain/refs.h"

namespace fundtrail::ledger::domain {

/// What a printed notice carries of an event: "fundtrail:<origin of the log>/<number>#<hash, 64 hex digits>". Whoever
/// has the event's receipt too sees that it is the notice's.
inline std::string labelOf(std::string_view origin, EventNumber number, EventRef const& ref) {
  return "fundtrail:" + std::string(origin) + "/" + number.text() + "#" + ref.text();
}

}  // namespace fundtrail::ledger::domain

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ledger/schema/names.h"
#include "replay/trace/trail.h"

namespace fundtrail::replay::trace {

/// For people: from the tranches forward to the bank's lines, then back to contracts; each step in two lines. Amounts
/// in yuan. What is no plain text of one line is replaced.
[[nodiscard]] std::string toText(Trail const& trail, schema::Language language);

}  // namespace fundtrail::replay::trace

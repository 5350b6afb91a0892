// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// The texts of guangdong/*.json, as the build found them.

namespace fundtrail::ledger::programme {

extern std::string_view const kPolicies;
extern std::string_view const kCities;
extern std::string_view const kTranches;

}  // namespace fundtrail::ledger::programme

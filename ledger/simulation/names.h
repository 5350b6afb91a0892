// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "ledger/simulation/random.h"

// Made-up names. Those of organisations end in （模拟）, so that nobody takes them for real ones.

namespace fundtrail::ledger::simulation {

inline constexpr std::string_view kSimulated = "（模拟）";

/// "陈志远"
std::string personName(Random& random);
/// "东莞市恒晟精密机械有限公司（模拟）"
std::string enterpriseName(Random& random, std::string_view cityName);
/// "佛山市云联数字技术有限公司（模拟）"
std::string providerName(Random& random, std::string_view cityName);

}  // namespace fundtrail::ledger::simulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace fundtrail::ledger::domain {

/// Ten-thousandths as people write them: 3000 is "30%", 3333 "33.33%", 3350 "33.5%".
[[nodiscard]] std::string percentText(std::uint32_t tenThousandths);

}  // namespace fundtrail::ledger::domain

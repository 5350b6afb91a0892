// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the table in two parts, by the order of ids.
#pragma once

#include <span>

#include "replay/indicators/indicator.h"

namespace fundtrail::replay::indicators {

[[nodiscard]] std::span<Indicator const> rowsToK12();
[[nodiscard]] std::span<Indicator const> rowsFromK13();

}  // namespace fundtrail::replay::indicators

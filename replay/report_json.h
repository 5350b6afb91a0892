// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "replay/verify.h"

namespace fundtrail::replay {

/// The report for programs: one JSON object, amounts as texts of fen, absent things as null. Ends in a line
/// feed.
[[nodiscard]] std::string toJson(Report const& report);

}  // namespace fundtrail::replay

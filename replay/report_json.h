// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "crypto/log_policy.h"
#include "replay/fsck.h"
#include "replay/receipt.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// The report for programs: one JSON object, amounts as texts of fen, absent things as null. Ends in a line
/// feed.
[[nodiscard]] std::string toJson(Report const& report);
[[nodiscard]] std::string toJson(SpineReport const& report);
[[nodiscard]] std::string toJson(VerifiedReceipt const& receipt, crypto::LogPolicy const& policy);
/// A receipt that does not hold, and why.
[[nodiscard]] std::string toJson(crypto::Error const& doesNotHold);

}  // namespace fundtrail::replay

// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include "replay/journal/vouchers.h"
#include "replay/trace/flow.h"

namespace fundtrail::replay::report {

/// Where all money came from, to which city and for what, and where it stands: from the level of government that issued
/// it to city, purpose and account. What has no purpose yet is drawn as not divided.
[[nodiscard]] trace::Flow flowOf(journal::Vouchers const& vouchers);

}  // namespace fundtrail::replay::report

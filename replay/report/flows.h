// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <cstddef>
#include <optional>

#include "replay/facts/facts.h"
#include "replay/journal/vouchers.h"
#include "replay/trace/flow.h"

namespace fundtrail::replay::report {

/// How many invoices the project's verified cost rests on; nothing where none is verified.
[[nodiscard]] std::optional<std::size_t> invoicesOf(facts::Project const& project);

/// Where all money came from, to which city and for what, and where it stands: from the level of government that issued
/// it to city, purpose and account. What has no purpose yet is drawn as not divided. What was paid, less what was
/// recovered, goes on to the invoices of each project as a whole (docs/decisions/0030), the smaller projects together.
[[nodiscard]] trace::Flow flowOf(journal::Vouchers const& vouchers, facts::Facts const& facts);

}  // namespace fundtrail::replay::report

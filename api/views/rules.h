// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "api/views/reader.h"
#include "api/views/report.h"
#include "api/views/table.h"

namespace fundtrail::api::views {

/// Every rule and every warning, in the order in which they are asked.
[[nodiscard]] Table rulesTable(Reader const& reader);
/// The same for programs, in both languages: a list.
void printRulesJson(std::ostream& out);

}  // namespace fundtrail::api::views

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "replay/report/dossier.h"

namespace fundtrail::replay::report {

/// The dossier for programs, by docs/schema/audit-report.schema.json: one object, both languages, amounts in fen as
/// strings, in UTF-8 and ending in a line feed. What `verify --format json` prints stands in it under "verify".
[[nodiscard]] std::string toJson(Dossier const& dossier);

}  // namespace fundtrail::replay::report

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ledger/schema/names.h"
#include "replay/report/dossier.h"

namespace fundtrail::replay::report {

/// The dossier as one HTML file in UTF-8 for people: read on a screen and printed on A4. It needs no script, no font
/// and nothing from outside. Whatever a ledger wrote is escaped.
[[nodiscard]] std::string toHtml(Dossier const& dossier, schema::Language language);

}  // namespace fundtrail::replay::report

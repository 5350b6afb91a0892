// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "replay/trace/trail.h"
#include "replay/verify.h"

namespace fundtrail::replay::trace {

/// One object on one line, for programs (docs/OUTPUT.md). The same whatever the language.
[[nodiscard]] std::string toJson(Trail const& trail, Verdict verdict);

}  // namespace fundtrail::replay::trace

// SPDX-License-Identifier: Apache-2.0
// Private to this folder: how a trail names what is no word of the schema.
#pragma once

#include <string_view>

#include "ledger/domain/rule.h"
#include "replay/trace/trail.h"

namespace fundtrail::replay::trace {

[[nodiscard]] domain::Text wordsOf(Account account);
[[nodiscard]] domain::Text wordsOf(PaymentState state);
// For programs.
[[nodiscard]] std::string_view nameOf(Account account);
[[nodiscard]] std::string_view nameOf(PaymentState state);
[[nodiscard]] std::string_view nameOf(Subject::Kind kind);

}  // namespace fundtrail::replay::trace

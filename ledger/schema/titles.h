// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fundtrail::ledger::schema {

/// A camel-case name as English words: "payeeName" → "payee name".
std::string wordsOf(std::string_view camelCase);

}  // namespace fundtrail::ledger::schema

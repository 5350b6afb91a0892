// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace fundtrail::ledger::schema {

/// Where a text stops being one line of plain, well-formed UTF-8 (Unicode 15, table 3-7): the first byte of an
/// ill-formed sequence, of a control character (category Cc), of a line or paragraph separator, of a character that
/// reorders the text around it (so that a name could read differently from what was signed), or of one that has no
/// width (so that two numbers could look the same and differ). Nothing if the whole text is plain.
std::optional<std::size_t> firstNotPlain(std::string_view text);

}  // namespace fundtrail::ledger::schema

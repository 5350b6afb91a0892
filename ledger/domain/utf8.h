// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace fundtrail::ledger::domain {

/// Takes the first code point off the text. nullopt, with the text unchanged, where it is empty or does not begin with
/// well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
std::optional<char32_t> takeCodePoint(std::string_view& utf8);

/// Whether the whole text is well-formed UTF-8. The empty text is.
bool isValidUtf8(std::string_view text);

}  // namespace fundtrail::ledger::domain

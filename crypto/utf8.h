// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <optional>
#include <string_view>

namespace fundtrail::crypto {

/// Takes one code point off the front of a non-empty text. Nothing where the text is not UTF-8 (Unicode 15, table 3-7):
/// overlong forms, surrogates, code points above U+10FFFF, cut-off sequences; the text is then left as it was.
std::optional<char32_t> takeCodePoint(std::string_view& text);

/// Whether the text is UTF-8 without control characters below U+0020, save newlines.
bool isPlainText(std::string_view text);

/// Whether the text is a key name by c2sp.org/signed-note: not empty, UTF-8, no Unicode white space, no control
/// characters, no '+'.
bool isKeyName(std::string_view text);

}  // namespace fundtrail::crypto

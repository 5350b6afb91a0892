// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// Texts of a ledger on their way to a reader. A lawful event holds plain text alone (ledger/schema/plain_text.h); what
// draws and prints does not rely on it.

namespace fundtrail::replay::trace {

/// One line of plain, well-formed UTF-8: whatever is none is replaced by U+FFFD, byte by byte.
[[nodiscard]] std::string plain(std::string_view text);

/// As the text of an XML element, or of an attribute in quotes.
[[nodiscard]] std::string escapedForXml(std::string_view text);

}  // namespace fundtrail::replay::trace

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/domain/utf8.h"

namespace fundtrail::ledger::domain {

/// The form in which names of accounts and payees are compared (rule F3): two names are equal where their normalised
/// names are. Full-width forms U+FF01 … U+FF5E become ASCII, brackets （） among them; white space of every kind is
/// removed; all else stays, 〔〕 too. Normalising again changes nothing. nullopt where the text is not valid UTF-8.
std::optional<std::string> normalisedName(std::string_view utf8);

/// Whether normalisedName() of the text is `normal`; cheaper, as most texts differ in their first character.
[[nodiscard]] bool isSpellingOf(std::string_view utf8, std::string_view normal);

}  // namespace fundtrail::ledger::domain

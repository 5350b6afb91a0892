// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "ledger/schema/names.h"

namespace fundtrail::ledger::commandline {

/// "zh" or "en"; nothing for any other text.
[[nodiscard]] std::optional<schema::Language> languageNamed(std::string_view name);

/// Looks up an environment variable, as std::getenv does.
using Environment = std::function<char const*(char const*)>;

/// The language of a locale: the first of LC_ALL, LC_MESSAGES and LANG that is set and not empty; Chinese if it begins
/// with "zh", English otherwise.
[[nodiscard]] schema::Language languageOfLocale(Environment const& variable);

/// The language that the words of a command line ask for with --lang, else that of the locale. It decides on the help
/// texts, so it is looked for before the command line is parsed; what is wrong with the option, parsing it says.
[[nodiscard]] schema::Language languageOf(std::span<char const* const> words, Environment const& variable);

}  // namespace fundtrail::ledger::commandline

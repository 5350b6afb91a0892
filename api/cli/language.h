// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "ledger/schema/names.h"

namespace fundtrail::api::cli {

using ledger::schema::Language;

/// A text for people in both languages, with fmt's placeholders. Static.
struct Text {
  std::string_view zh;
  std::string_view en;
  [[nodiscard]] constexpr std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
};

/// The text with its placeholders filled in.
template <class... Args>
std::string say(Language language, Text const& text, Args const&... args) {
  return fmt::vformat(text.in(language), fmt::make_format_args(args...));
}

/// "zh" or "en"; nothing for any other text.
std::optional<Language> languageNamed(std::string_view name);

/// The language of a locale: the first of LC_ALL, LC_MESSAGES and LANG that is set and not empty; Chinese if it begins
/// with "zh", English otherwise. `variable` looks one up, as std::getenv does.
Language languageOfLocale(std::function<char const*(char const*)> const& variable);

}  // namespace fundtrail::api::cli

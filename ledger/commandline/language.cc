// SPDX-License-Identifier: Apache-2.0
#include "ledger/commandline/language.h"

namespace fundtrail::ledger::commandline {

using schema::Language;

std::optional<Language> languageNamed(std::string_view name) {
  if (name == "zh") return Language::zh;
  if (name == "en") return Language::en;
  return std::nullopt;
}

Language languageOfLocale(Environment const& variable) {
  for (auto const* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    auto const* const value = variable(name);
    if (value && *value != '\0') return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
  }
  return Language::en;
}

Language languageOf(std::span<char const* const> words, Environment const& variable) {
  constexpr std::string_view kOption = "--lang";
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view value = words[i];
    if (!value.starts_with(kOption)) continue;
    value.remove_prefix(kOption.size());
    if (value.empty() && i + 1 < words.size()) value = words[i + 1];
    if (value.starts_with('=')) value.remove_prefix(1);
    if (auto const language = languageNamed(value)) return *language;
  }
  return languageOfLocale(variable);
}

}  // namespace fundtrail::ledger::commandline

// SPDX-License-Identifier: Apache-2.0
#include "api/cli/language.h"

namespace fundtrail::api::cli {

std::optional<Language> languageNamed(std::string_view name) {
  if (name == "zh") return Language::zh;
  if (name == "en") return Language::en;
  return std::nullopt;
}

Language languageOfLocale(std::function<char const*(char const*)> const& variable) {
  for (auto const* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    auto const* const value = variable(name);
    if (value && *value != '\0') return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
  }
  return Language::en;
}

}  // namespace fundtrail::api::cli

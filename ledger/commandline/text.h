// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "ledger/schema/names.h"

namespace fundtrail::ledger::commandline {

/// A text for people in both languages, with fmt's placeholders. Static.
struct Text {
  std::string_view zh;
  std::string_view en;
  [[nodiscard]] constexpr std::string_view in(schema::Language language) const {
    return language == schema::Language::zh ? zh : en;
  }
};

/// The text with its placeholders filled in.
template <class... Args>
std::string say(schema::Language language, Text const& text, Args const&... args) {
  return fmt::vformat(text.in(language), fmt::make_format_args(args...));
}

}  // namespace fundtrail::ledger::commandline

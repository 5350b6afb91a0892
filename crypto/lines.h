// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace fundtrail::crypto {

/// Takes a line off the front of a text, without its newline. Nothing if no newline is left; the text is then left as
/// it was.
inline std::optional<std::string_view> takeLine(std::string_view& text) {
  std::size_t const end = text.find('\n');
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view const line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace fundtrail::crypto

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace fundtrail::crypto {

/// A place in the source: what std::source_location is, which clang 14 does not have.
struct Place {
  char const* file;
  int line;

  /// As a default argument: the place of the call.
  static constexpr Place here(char const* file = __builtin_FILE(), int line = __builtin_LINE()) { return {file, line}; }
};

/// Reports a bug on standard error, as "file:line: bug: what", and aborts. Never for bad input: that is a Result.
[[noreturn]] void abortOnBug(std::string_view what, Place where = Place::here());

/// An assertion that stays on in release. `what` states the fact that must hold.
constexpr void ensure(bool holds, std::string_view what, Place where = Place::here()) {
  if (!holds) [[unlikely]] {
    abortOnBug(what, where);
  }
}

}  // namespace fundtrail::crypto

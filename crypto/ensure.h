// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <source_location>
#include <string_view>

namespace fundtrail::crypto {

/// Reports a bug on standard error, as "file:line: what", and aborts. Never for bad input: that is a Result.
[[noreturn]] void abortOnBug(std::string_view what, std::source_location where = std::source_location::current());

/// An assertion that stays on in release. `what` states the fact that must hold.
constexpr void ensure(bool holds, std::string_view what, std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]] {
    abortOnBug(what, where);
  }
}

}  // namespace fundtrail::crypto

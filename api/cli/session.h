// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>

#include "api/cli/language.h"
#include "crypto/result.h"

namespace fundtrail::api::cli {

enum class Exit : std::uint8_t {
  ok = 0,
  failed = 1,   // usage, input or output
  refused = 2,  // the ledger's rules refuse it
};

/// One run of the program: whom it speaks to. Commands print their result to `out`, everything else to `err`.
struct Session {
  Language language;
  std::ostream& out;
  std::ostream& err;

  template <class... Args>
  [[nodiscard]] std::string text(Text const& text, Args const&... args) const {
    return say(language, text, args...);
  }
  template <class... Args>
  [[nodiscard]] crypto::Error error(crypto::ErrorKind kind, Text const& text, Args const&... args) const {
    return {kind, say(language, text, args...)};
  }
};

/// What the command line asked for. An error ends the program with Exit::failed.
using Action = std::function<crypto::Result<Exit>(Session const&)>;

}  // namespace fundtrail::api::cli

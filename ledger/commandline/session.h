// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>

#include "crypto/result.h"
#include "ledger/commandline/text.h"
#include "ledger/schema/names.h"

namespace fundtrail::ledger::commandline {

/// One run of the program: whom it speaks to. Commands print their result to `out`, everything else to `err`.
struct Session {
  schema::Language language;
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

}  // namespace fundtrail::ledger::commandline

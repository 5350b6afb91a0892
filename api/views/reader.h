// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "crypto/result.h"
#include "ledger/commandline/session.h"
#include "ledger/commandline/text.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::views {

using ledger::commandline::say;
using ledger::commandline::Text;
using ledger::schema::Language;

/// Bank accounts and who signed: as they are, or hidden.
enum class PrivateData : std::uint8_t { shown, hidden };

/// For whom a view is made: the language, and what of it may be seen. A value.
struct Reader {
  // NOLINTNEXTLINE(google-explicit-constructor): a session's reader, who has the whole log, is meant wherever one is
  Reader(ledger::commandline::Session const& session) : language(session.language) {}
  explicit Reader(Language spoken, PrivateData seen = PrivateData::shown) : language(spoken), privateData(seen) {}

  Language language;
  PrivateData privateData = PrivateData::shown;

  [[nodiscard]] bool seesPrivateData() const { return privateData == PrivateData::shown; }

  template <class... Args>
  [[nodiscard]] std::string text(Text const& text, Args const&... args) const {
    return say(language, text, args...);
  }
  /// Says the same in both languages' words; `message` is in the reader's.
  template <class... Args>
  [[nodiscard]] crypto::Error error(crypto::ErrorKind kind, Text const& text, Args const&... args) const {
    return {kind, say(language, text, args...)};
  }
};

}  // namespace fundtrail::api::views

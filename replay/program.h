// SPDX-License-Identifier: Apache-2.0
// What the commands of the program have in common.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "crypto/result.h"
#include "ledger/commandline/program.h"
#include "ledger/commandline/text.h"
#include "ledger/schema/names.h"

namespace fundtrail::replay {

enum class Exit : std::uint8_t {
  proven = 0,
  cannotRun = 1,
  findings = 2,     // authentic, but something else does not hold, or could not be proven
  tampered = 3,     // tampered with, or not verifiable
  interrupted = 4,  // by Ctrl-C, and a resume file says from where to go on
};

/// One run of the program: whom it speaks to. Results go to standard output, everything else to standard error.
struct Session {
  ledger::schema::Language language;

  template <class... Args>
  [[nodiscard]] std::string text(ledger::commandline::Text const& text, Args const&... args) const {
    return ledger::commandline::say(language, text, args...);
  }
  /// Prints a result. Error: io.
  [[nodiscard]] crypto::Result<void> print(std::string_view text) const;
};

/// What the command line asked for. An error ends the program with Exit::cannotRun.
using Action = std::function<crypto::Result<Exit>(Session const&)>;

// The commands. If the command line names one, `chosen` is what it asked for.
void addBundle(ledger::commandline::Program& program, Action& chosen);
void addCompare(ledger::commandline::Program& program, Action& chosen);
void addDiff(ledger::commandline::Program& program, Action& chosen);
void addExport(ledger::commandline::Program& program, Action& chosen);
void addFsck(ledger::commandline::Program& program, Action& chosen);
void addIndicators(ledger::commandline::Program& program, Action& chosen);
void addReceipt(ledger::commandline::Program& program, Action& chosen);
void addReport(ledger::commandline::Program& program, Action& chosen);
void addState(ledger::commandline::Program& program, Action& chosen);
void addTrace(ledger::commandline::Program& program, Action& chosen);
void addVerify(ledger::commandline::Program& program, Action& chosen);

}  // namespace fundtrail::replay

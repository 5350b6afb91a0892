// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "ledger/schema/names.h"

namespace fundtrail::ledger::commandline {

/// What is wrong with a command line that `program` could not parse, in one phrase; `named` is the command that it got
/// to, or the program. The parser speaks English: its messages are put into the reader's language. A command that there
/// is not is named, with the one that was meant.
[[nodiscard]] std::string problem(CLI::App const& program, CLI::App const& named, CLI::ParseError const& wrong,
                                  schema::Language language);

}  // namespace fundtrail::ledger::commandline

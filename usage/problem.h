// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "ledger/schema/names.h"

namespace fundtrail::usage {

/// What is wrong with a command line that `program` could not parse, in one phrase. The parser speaks English: its
/// messages are put into the reader's language. A command that there is not is named, with the one that was meant.
[[nodiscard]] std::string problem(CLI::App const& program, CLI::ParseError const& wrong,
                                  ledger::schema::Language language);

}  // namespace fundtrail::usage

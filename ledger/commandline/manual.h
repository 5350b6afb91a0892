// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the program's manual page.
#pragma once

#include <string>

#include "ledger/schema/names.h"

namespace CLI {
class App;
}  // namespace CLI

namespace fundtrail::ledger::commandline {

/// In man(7), UTF-8: name, synopsis, options, and every command with its own. It says what --help says, all of it on
/// one page.
[[nodiscard]] std::string manualOf(CLI::App const& program, std::string const& version, schema::Language language);

}  // namespace fundtrail::ledger::commandline

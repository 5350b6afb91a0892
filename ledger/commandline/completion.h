// SPDX-License-Identifier: Apache-2.0
// Private to this folder: completion of command lines in a shell.
#pragma once

#include <string>

namespace CLI {
class App;
}  // namespace CLI

namespace fundtrail::ledger::commandline {

/// A script for bash (and zsh, by its bashcompinit) that completes the program's commands, their options, and the
/// values of options that have a few; files where a value may be anything.
[[nodiscard]] std::string completionOf(CLI::App const& program);

}  // namespace fundtrail::ledger::commandline

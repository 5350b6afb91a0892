// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include "api/cli/session.h"

// The commands, each in a file of its own. Adding one gives the program its name, its options and its help; if the
// command line names it, `chosen` is what it asked for.

namespace fundtrail::api::cli {

void addInit(CLI::App& program, Language language, Command& chosen);
void addKeygen(CLI::App& program, Language language, Command& chosen);
void addSubmit(CLI::App& program, Language language, Command& chosen);
void addStatus(CLI::App& program, Language language, Command& chosen);
void addProject(CLI::App& program, Language language, Command& chosen);
void addPayment(CLI::App& program, Language language, Command& chosen);
void addPayments(CLI::App& program, Language language, Command& chosen);
void addEnterprise(CLI::App& program, Language language, Command& chosen);
void addProvider(CLI::App& program, Language language, Command& chosen);
void addProgress(CLI::App& program, Language language, Command& chosen);
void addWorkList(CLI::App& program, Language language, Command& chosen);
void addExplain(CLI::App& program, Language language, Command& chosen);
void addEvents(CLI::App& program, Language language, Command& chosen);
void addShow(CLI::App& program, Language language, Command& chosen);
void addRules(CLI::App& program, Language language, Command& chosen);
void addSimulate(CLI::App& program, Language language, Command& chosen);

}  // namespace fundtrail::api::cli

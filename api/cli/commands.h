// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/cli/session.h"
#include "ledger/commandline/program.h"

// The commands, each in a file of its own. Adding one gives the program its name, its options and its help; if the
// command line names it, `chosen` is what it asked for.

namespace fundtrail::api::cli {

void addInit(commandline::Program& program, Action& chosen);
void addKeygen(commandline::Program& program, Action& chosen);
void addLogin(commandline::Program& program, Action& chosen);
void addLogout(commandline::Program& program, Action& chosen);
void addWhoAmI(commandline::Program& program, Action& chosen);
void addWatch(commandline::Program& program, Action& chosen);
void addSubmit(commandline::Program& program, Action& chosen);
void addStatus(commandline::Program& program, Action& chosen);
void addProject(commandline::Program& program, Action& chosen);
void addPayment(commandline::Program& program, Action& chosen);
void addPayments(commandline::Program& program, Action& chosen);
void addEnterprise(commandline::Program& program, Action& chosen);
void addProvider(commandline::Program& program, Action& chosen);
void addProgress(commandline::Program& program, Action& chosen);
void addWorkList(commandline::Program& program, Action& chosen);
void addExplain(commandline::Program& program, Action& chosen);
void addEvents(commandline::Program& program, Action& chosen);
void addReceipt(commandline::Program& program, Action& chosen);
void addBackup(commandline::Program& program, Action& chosen);
void addRestore(commandline::Program& program, Action& chosen);
void addBundle(commandline::Program& program, Action& chosen);
void addSpine(commandline::Program& program, Action& chosen);
void addTimestamp(commandline::Program& program, Action& chosen);
void addWitness(commandline::Program& program, Action& chosen);
void addShow(commandline::Program& program, Action& chosen);
void addRules(commandline::Program& program, Action& chosen);
void addSimulate(commandline::Program& program, Action& chosen);
void addPlants(commandline::Program& program, Action& chosen);

}  // namespace fundtrail::api::cli

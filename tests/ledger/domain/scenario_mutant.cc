// SPDX-License-Identifier: Apache-2.0
// scenario_mutant                prints the id of each rule, and of the one that it stands behind if it does
// scenario_mutant RULE [ARG]...  scenario_test with these arguments, where the row RULE of the table objects to nothing
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <span>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "ledger/domain/rule.h"
#include "tests/ledger/domain/stands_behind.h"

namespace fundtrail::tests {

using ledger::domain::Rule;

// The linker calls domain::rules() by the first of these names, and whoever asks for it gets the second (--wrap in
// CMakeLists.txt): so no code of the ledger knows of mutants.
std::span<Rule const> rulesOfTheLedger() asm("__real__ZN9fundtrail6ledger6domain5rulesEv");
std::span<Rule const> rulesAsked() asm("__wrap__ZN9fundtrail6ledger6domain5rulesEv");

namespace {

std::vector<Rule>& table() {
  static auto const all = rulesOfTheLedger();
  static std::vector<Rule> rows(all.begin(), all.end());
  return rows;
}

/// The id stays, as the scenarios name it; the code goes.
bool switchOff(std::string_view id) {
  auto const at = std::ranges::find(table(), id, &Rule::id);
  if (at == table().end()) return false;
  at->examine = nullptr;
  at->judge = nullptr;
  return true;
}

}  // namespace

std::span<Rule const> rulesAsked() {
  return table();
}

}  // namespace fundtrail::tests

int main(int argc, char** argv) {
  using namespace fundtrail::tests;
  if (argc < 2) {
    for (auto const& rule : table()) std::cout << rule.id << ' ' << standsBehind(rule.id) << '\n';
    return EXIT_SUCCESS;
  }
  if (!switchOff(argv[1])) {
    std::cerr << "scenario_mutant: there is no rule " << argv[1] << '\n';
    return EXIT_FAILURE;
  }
  testing::InitGoogleTest(&argc, argv);
  // What a missing rule lets pass may run into an assertion; the row that did is to be told all the same.
  std::signal(SIGABRT, [](int) { ADD_FAILURE() << "is admitted, and stopped by an assertion behind the rules"; });
  return RUN_ALL_TESTS();
}

// SPDX-License-Identifier: Apache-2.0
#include "api/views/rules.h"

#include <array>
#include <memory>

#include "api/cli/commands.h"
#include "api/cli/options.h"
#include "api/cli/rules_page.h"

namespace fundtrail::api::cli {

namespace {

crypto::Result<Exit> printRules(Session const& session, std::string const& format) {
  if (format == "json") {
    views::printRulesJson(session.out);
  } else if (format == "markdown") {
    printRulesPage(session, std::array{session.language});
  } else if (format == "markdown-bilingual") {
    printRulesPage(session, std::array{Language::en, Language::zh});
  } else {
    views::rulesTable(session).printAligned(session.out);
  }
  return Exit::ok;
}

}  // namespace

void addRules(commandline::Program& program, Action& chosen) {
  auto format = std::make_shared<std::string>();
  auto command = program.command("rules", {"列出全部记账规则", "list every rule by which events are judged"});
  addFormat(command, *format, {"table", "json", "markdown", "markdown-bilingual"});
  command.onChosen(
      [format, &chosen] { chosen = [format](Session const& session) { return printRules(session, *format); }; });
}

}  // namespace fundtrail::api::cli

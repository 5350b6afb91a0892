// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <memory>
#include <span>

#include <boost/json.hpp>

#include "api/cli/commands.h"
#include "api/cli/options.h"
#include "api/cli/rules_page.h"
#include "api/cli/table.h"
#include "ledger/domain/rule.h"

namespace fundtrail::api::cli {

namespace {

namespace json = boost::json;
using ledger::domain::Rule;

void addJson(json::array& list, std::span<Rule const> rules, std::string_view kind) {
  for (auto const& rule : rules) {
    list.push_back(json::object{{"id", rule.id},
                                {"clause", rule.clause},
                                {"kind", kind},
                                {"statement", {{"zh", rule.statementZh}, {"en", rule.statementEn}}},
                                {"remedy", {{"zh", rule.remedyZh}, {"en", rule.remedyEn}}}});
  }
}

void printJson(Session const& session) {
  json::array list;
  addJson(list, ledger::domain::rules(), "blocking");
  addJson(list, ledger::domain::warnings(), "warning");
  session.out << json::serialize(list) << '\n';
}

void printTable(Session const& session) {
  // With its clauses, the table is some 100 columns wide.
  Table table{{{session.text({"规则", "Rule"})},
               {session.text({"条款", "Clause"})},
               {session.text({"内容", "What it demands"}), Align::left, 46},
               {session.text({"怎么办", "What to do"}), Align::left, 32}},
              {}};
  for (auto const rules : {ledger::domain::rules(), ledger::domain::warnings()}) {
    for (auto const& rule : rules) {
      table.rows.push_back({std::string(rule.id), std::string(rule.clause),
                            std::string(Text{rule.statementZh, rule.statementEn}.in(session.language)),
                            std::string(Text{rule.remedyZh, rule.remedyEn}.in(session.language))});
    }
  }
  table.printAligned(session.out);
}

crypto::Result<Exit> printRules(Session const& session, std::string const& format) {
  if (format == "json") {
    printJson(session);
  } else if (format == "markdown") {
    printRulesPage(session, std::array{session.language});
  } else if (format == "markdown-bilingual") {
    printRulesPage(session, std::array{Language::en, Language::zh});
  } else {
    printTable(session);
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

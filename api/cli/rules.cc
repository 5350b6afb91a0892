// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include <boost/json.hpp>

#include "api/cli/commands.h"
#include "api/cli/options.h"
#include "api/cli/table.h"
#include "ledger/domain/rule.h"

namespace fundtrail::api::cli {

namespace {

namespace json = boost::json;

crypto::Result<Exit> printRules(Session const& session, std::string const& format) {
  auto const rules = ledger::domain::rules();
  if (format == "json") {
    json::array list;
    for (auto const& rule : rules) {
      list.push_back(json::object{{"id", rule.id},
                                  {"clause", rule.clause},
                                  {"statement", {{"zh", rule.statementZh}, {"en", rule.statementEn}}},
                                  {"remedy", {{"zh", rule.remedyZh}, {"en", rule.remedyEn}}}});
    }
    session.out << json::serialize(list) << '\n';
    return Exit::ok;
  }
  auto const titled = [&](Text const& text) { return Column{session.text(text)}; };
  Table table{{titled({"规则", "Rule"}), titled({"条款", "Clause"}), titled({"内容", "What it demands"}),
               titled({"怎么办", "What to do"})},
              {}};
  bool const zh = session.language == Language::zh;
  for (auto const& rule : rules) {
    table.rows.push_back({std::string(rule.id), std::string(rule.clause),
                          std::string(zh ? rule.statementZh : rule.statementEn),
                          std::string(zh ? rule.remedyZh : rule.remedyEn)});
  }
  if (format == "markdown") {
    table.printMarkdown(session.out);
  } else {
    table.printAligned(session.out);
  }
  return Exit::ok;
}

}  // namespace

void addRules(CLI::App& program, Language language, Command& chosen) {
  auto format = std::make_shared<std::string>();
  auto& command =
      addCommand(program, "rules", language, {"列出全部记账规则", "list every rule by which events are judged"});
  addFormat(command, language, *format, {"table", "json", "markdown"});
  command.callback(
      [format, &chosen] { chosen = [format](Session const& session) { return printRules(session, *format); }; });
}

}  // namespace fundtrail::api::cli

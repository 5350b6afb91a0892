// SPDX-License-Identifier: Apache-2.0
#include "api/views/rules.h"

#include <span>

#include <boost/json.hpp>

#include "ledger/domain/rule.h"

namespace fundtrail::api::views {

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

}  // namespace

Table rulesTable(Reader const& reader) {
  // With its clauses, the table is some 100 columns wide.
  Table table{{{reader.text({"规则", "Rule"})},
               {reader.text({"条款", "Clause"})},
               {reader.text({"内容", "What it demands"}), Align::left, 46},
               {reader.text({"怎么办", "What to do"}), Align::left, 32}},
              {}};
  for (auto const rules : {ledger::domain::rules(), ledger::domain::warnings()}) {
    for (auto const& rule : rules) {
      table.rows.push_back({std::string(rule.id), std::string(rule.clause),
                            std::string(Text{rule.statementZh, rule.statementEn}.in(reader.language)),
                            std::string(Text{rule.remedyZh, rule.remedyEn}.in(reader.language))});
    }
  }
  return table;
}

void printRulesJson(std::ostream& out) {
  json::array list;
  addJson(list, ledger::domain::rules(), "blocking");
  addJson(list, ledger::domain::warnings(), "warning");
  out << json::serialize(list) << '\n';
}

}  // namespace fundtrail::api::views

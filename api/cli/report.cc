// SPDX-License-Identifier: Apache-2.0
#include "api/cli/report.h"

#include <utility>

#include "api/cli/basis.h"

namespace fundtrail::api::cli {

namespace {

namespace json = boost::json;

Table tableOf(Session const& session, Section const& section) {
  Table table;
  for (auto const& field : section.fields) {
    table.columns.push_back({session.text(field.title), field.align, field.widest});
  }
  for (std::size_t i = 0; section.isSingle && i < table.columns.size(); ++i) {
    if (section.rows.front()[i].isFigure) table.columns[i].align = Align::right;
  }
  for (auto const& row : section.rows) {
    auto& cells = table.rows.emplace_back();
    for (auto const& cell : row) cells.push_back(cell.shown);
  }
  return table;
}

/// A single record: a line per field that has a value.
void printSingle(Session const& session, Section const& section) {
  std::size_t widest = 0;
  for (auto const& field : section.fields) widest = std::max(widest, displayWidth(field.title.in(session.language)));
  for (std::size_t i = 0; i < section.fields.size(); ++i) {
    auto const& shown = section.rows.front()[i].shown;
    auto const title = section.fields[i].title.in(session.language);
    if (!shown.empty()) session.out << title << std::string(widest - displayWidth(title) + 2, ' ') << shown << '\n';
  }
}

void printTables(Session const& session, Report const& report) {
  for (auto const& section : report.sections) {
    if (section.rows.empty()) continue;
    if (section.isSingle) {
      printSingle(session, section);
    } else {
      if (&section != &report.sections.front()) session.out << '\n' << session.text(section.title) << '\n';
      tableOf(session, section).printAligned(session.out);
    }
  }
  session.out << '\n'
              << session.text({"金额单位：元\n", "amounts in yuan\n"}) << basisLine(session, report.basis) << '\n';
}

json::object recordOf(Section const& section, std::vector<Cell> const& row) {
  json::object object;
  for (std::size_t i = 0; i < section.fields.size(); ++i) object[section.fields[i].name] = row[i].value;
  return object;
}

void printJson(Session const& session, Report const& report) {
  json::object object{{"basis", jsonOf(report.basis)}};
  for (auto const& section : report.sections) {
    if (section.isSingle) {
      object[section.name] = recordOf(section, section.rows.front());
      continue;
    }
    json::array list;
    for (auto const& row : section.rows) list.push_back(recordOf(section, row));
    object[section.name] = std::move(list);
  }
  session.out << json::serialize(object) << '\n';
}

/// The table with a first column that tells it from the others of its report.
void addName(Session const& session, Table& table, Text const& name) {
  table.columns.insert(table.columns.begin(), {session.text({"表", "table"})});
  for (auto& row : table.rows) row.insert(row.begin(), session.text(name));
}

void printCsv(Session const& session, Report const& report) {
  bool const isOneOfSeveral = report.sections.size() > 1;
  bool isFirst = true;
  for (auto const& section : report.sections) {
    if (isOneOfSeveral && section.rows.empty()) continue;
    auto table = tableOf(session, section);
    if (isOneOfSeveral) addName(session, table, section.title);
    addBasis(session, table, report.basis);
    if (!isFirst) session.out << '\n';
    table.printCsv(session.out, isFirst ? ByteOrderMark::yes : ByteOrderMark::no);
    isFirst = false;
  }
}

}  // namespace

Cell cell() {
  return {};
}

Cell cell(std::string_view text) {
  return {std::string(text), text.empty() ? json::value() : json::value(text)};
}

Cell cell(ledger::domain::Fen amount) {
  return {ledger::domain::formatYuan(amount), json::value(std::to_string(amount.count())), true};
}

Cell cell(ledger::domain::Date date) {
  return cell(date.text());
}

Cell cell(ledger::domain::EventNumber number) {
  return cellOf(number.value());
}

Cell cellOf(std::uint64_t count) {
  return {std::to_string(count), json::value(count), true};
}

Cell markCell(Session const& session, bool isSo) {
  return {isSo ? session.text({"是", "yes"}) : std::string(), boost::json::value(isSo)};
}

Cell cell(Session const& session, Text const& shown, std::string_view name) {
  return {session.text(shown), json::value(name)};
}

void print(Session const& session, Report const& report, std::string_view format) {
  if (format == "json") {
    printJson(session, report);
  } else if (format == "csv") {
    printCsv(session, report);
  } else {
    printTables(session, report);
  }
}

}  // namespace fundtrail::api::cli

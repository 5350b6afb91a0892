// SPDX-License-Identifier: Apache-2.0
#include "api/views/report.h"

#include <utility>

#include "api/views/basis.h"

namespace fundtrail::api::views {

namespace {

namespace json = boost::json;

Table tableOf(Reader const& reader, Section const& section) {
  Table table;
  for (auto const& field : section.fields) {
    table.columns.push_back({reader.text(field.title), field.align, field.widest});
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
void printSingle(std::ostream& out, Reader const& reader, Section const& section) {
  std::size_t widest = 0;
  for (auto const& field : section.fields) widest = std::max(widest, displayWidth(field.title.in(reader.language)));
  for (std::size_t i = 0; i < section.fields.size(); ++i) {
    auto const& shown = section.rows.front()[i].shown;
    auto const title = section.fields[i].title.in(reader.language);
    if (!shown.empty()) out << title << std::string(widest - displayWidth(title) + 2, ' ') << shown << '\n';
  }
}

void printTables(std::ostream& out, Reader const& reader, Report const& report) {
  for (auto const& section : report.sections) {
    if (section.rows.empty()) {
      if (!section.whenEmpty.en.empty()) out << reader.text(section.whenEmpty) << '\n';
      continue;
    }
    if (section.isSingle) {
      printSingle(out, reader, section);
    } else {
      if (&section != &report.sections.front()) out << '\n' << reader.text(section.title) << '\n';
      tableOf(reader, section).printAligned(out);
    }
  }
  out << '\n' << reader.text({"金额单位：元\n", "amounts in yuan\n"}) << basisLine(reader, report.basis) << '\n';
}

json::object recordOf(Section const& section, std::vector<Cell> const& row) {
  json::object object;
  for (std::size_t i = 0; i < section.fields.size(); ++i) object[section.fields[i].name] = row[i].value;
  return object;
}

void printJson(std::ostream& out, Report const& report) {
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
  out << json::serialize(object) << '\n';
}

/// The table with a first column that tells it from the others of its report.
void addName(Reader const& reader, Table& table, Text const& name) {
  table.columns.insert(table.columns.begin(), {reader.text({"表", "table"})});
  for (auto& row : table.rows) row.insert(row.begin(), reader.text(name));
}

void printCsv(std::ostream& out, Reader const& reader, Report const& report) {
  bool const isOneOfSeveral = report.sections.size() > 1;
  bool isFirst = true;
  for (auto const& section : report.sections) {
    if (isOneOfSeveral && section.rows.empty()) continue;
    auto table = tableOf(reader, section);
    if (isOneOfSeveral) addName(reader, table, section.title);
    addBasis(reader, table, report.basis);
    if (!isFirst) out << '\n';
    table.printCsv(out, isFirst ? ByteOrderMark::yes : ByteOrderMark::no);
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

Cell markCell(Reader const& reader, bool isSo) {
  return {isSo ? reader.text({"是", "yes"}) : std::string(), boost::json::value(isSo)};
}

Cell cell(Reader const& reader, Text const& shown, std::string_view name) {
  return {reader.text(shown), json::value(name)};
}

std::optional<Format> formatNamed(std::string_view name) {
  if (name == "table") return Format::table;
  if (name == "json") return Format::json;
  if (name == "csv") return Format::csv;
  return std::nullopt;
}

void print(std::ostream& out, Reader const& reader, Report const& report, Format format) {
  switch (format) {
    case Format::table: return printTables(out, reader, report);
    case Format::json: return printJson(out, report);
    case Format::csv: return printCsv(out, reader, report);
  }
}

std::vector<NamedTable> tablesOf(Reader const& reader, Report const& report) {
  std::vector<NamedTable> tables;
  for (auto const& section : report.sections) {
    if (report.sections.size() > 1 && section.rows.empty()) continue;
    auto table = tableOf(reader, section);
    addBasis(reader, table, report.basis);
    tables.push_back({reader.text(section.title), std::move(table)});
  }
  return tables;
}

}  // namespace fundtrail::api::views

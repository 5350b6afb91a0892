// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "api/views/reader.h"
#include "api/views/table.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/projections/as_of.h"
#include "ledger/schema/names.h"

// What was found, said once and printed as tables, JSON or CSV.

namespace fundtrail::api::views {

/// A value as people read it and as programs do.
struct Cell {
  std::string shown;
  boost::json::value value;  // null: there is none
  bool isFigure = false;     // an amount or a count
};

Cell cell();
Cell cell(std::string_view text);
/// Yuan for people, whole fen, as a text, for programs.
Cell cell(ledger::domain::Fen amount);
Cell cell(ledger::domain::Date date);
Cell cell(ledger::domain::EventNumber number);
Cell cellOf(std::uint64_t count);
/// A mark where it is so, and nothing where it is not; true or false for programs.
Cell markCell(Reader const& reader, bool isSo);
/// A text in both languages, whose name programs read.
Cell cell(Reader const& reader, Text const& shown, std::string_view name);
template <class Value>
Cell cell(std::optional<Value> const& value) {
  return value ? cell(*value) : cell();
}
/// An enumerant of the schema: its title for people, its name for programs; nothing where it is not stated.
template <class Enum>
Cell cellOf(Reader const& reader, Enum value) {
  if (static_cast<std::uint16_t>(value) == 0) return cell();
  return {std::string(ledger::schema::enumerantTitle(value, reader.language)),
          boost::json::value(ledger::schema::enumerantName(value))};
}

struct Field {
  Text title;
  std::string_view name;  // in JSON, and in the order of the cells
  Align align = Align::left;
  std::size_t widest = 0;  // as Column::widest
};

/// A list of records, or a single one.
struct Section {
  std::string_view name;  // in JSON
  Text title;             // for people
  std::vector<Field> fields;
  std::vector<std::vector<Cell>> rows{};
  bool isSingle = false;  // one row, printed as a line per field
  Text whenEmpty{};       // a line for people in the place of an empty list; none: it is left out
};

struct Report {
  std::vector<Section> sections;
  ledger::projections::Basis basis;
};

enum class Format : std::uint8_t { table, json, csv };
/// By "table", "json" or "csv".
[[nodiscard]] std::optional<Format> formatNamed(std::string_view name);

/// A table is for people; empty lists are left out of it, or say so (Section::whenEmpty). Several sections are as many
/// tables in CSV, an empty line between them, empty lists left out; the first column of each names it.
void print(std::ostream& out, Reader const& reader, Report const& report, Format format);

/// As sheets of a workbook, each row with its basis. Empty lists are left out, unless the report is one.
[[nodiscard]] std::vector<NamedTable> tablesOf(Reader const& reader, Report const& report);

}  // namespace fundtrail::api::views

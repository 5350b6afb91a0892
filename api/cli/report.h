// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "api/cli/session.h"
#include "api/cli/table.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/projections/as_of.h"
#include "ledger/schema/names.h"

// What a command found, said once and printed as tables, JSON or CSV.

namespace fundtrail::api::cli {

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
Cell markCell(Session const& session, bool isSo);
/// A text in both languages, whose name programs read.
Cell cell(Session const& session, Text const& shown, std::string_view name);
template <class Value>
Cell cell(std::optional<Value> const& value) {
  return value ? cell(*value) : cell();
}
/// An enumerant of the schema: its title for people, its name for programs; nothing where it is not stated.
template <class Enum>
Cell cellOf(Session const& session, Enum value) {
  if (static_cast<std::uint16_t>(value) == 0) return cell();
  return {std::string(ledger::schema::enumerantTitle(value, session.language)),
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
};

struct Report {
  std::vector<Section> sections;
  ledger::projections::Basis basis;
};

/// As "table" (for people, empty lists left out), "json" or "csv". Several sections are as many tables in CSV, an empty
/// line between them, empty lists left out; the first column of each names it.
void print(Session const& session, Report const& report, std::string_view format);

}  // namespace fundtrail::api::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace fundtrail::api::views {

/// Columns that a text takes up in a terminal: two for East Asian wide and full-width characters (Unicode Standard
/// Annex #11, W and F), none for combining marks, one for all others. The text is UTF-8.
std::size_t displayWidth(std::string_view text);

enum class Align : std::uint8_t { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
  std::size_t widest =
      0;  // columns of the terminal beyond which an aligned cell goes on in a line of its own; 0: never
};

/// Excel takes Chinese for another encoding where a file does not begin with one.
enum class ByteOrderMark : std::uint8_t { yes, no };

/// Rows of texts under titles. Each row has a cell per column.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;

  /// Columns padded to equal width, two spaces between them. Cells that are too wide are broken at a space or beside a
  /// wide character, not before a closing mark nor after an opening one.
  void printAligned(std::ostream& out) const;
  /// RFC 4180, with line feeds. Figures, which are what stands on the right, have no thousands separators. A text that
  /// a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection).
  void printCsv(std::ostream& out, ByteOrderMark mark = ByteOrderMark::yes) const;
  /// A table of Markdown.
  void printMarkdown(std::ostream& out) const;
};

struct NamedTable {
  std::string name;
  Table table;
};

}  // namespace fundtrail::api::views

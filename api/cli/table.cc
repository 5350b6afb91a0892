// SPDX-License-Identifier: Apache-2.0
#include "api/cli/table.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fundtrail::api::cli {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// The blocks of Annex #11 whose characters are W or F; unassigned code points inside them count as wide too.
constexpr auto kWide = std::to_array<Range>({
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},
    {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE10, 0xFE19},
    {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF},
    {0x20000, 0x2FFFD},
    {0x30000, 0x3FFFD},
});
constexpr auto kZeroWidth = std::to_array<Range>({{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}});

template <std::size_t N>
constexpr bool within(std::array<Range, N> const& ranges, char32_t character) {
  auto const at = std::ranges::lower_bound(ranges, character, {}, &Range::last);
  return at != ranges.end() && at->first <= character;
}

/// Takes one character off the front; a byte that begins none counts for itself.
char32_t takeCharacter(std::string_view& text) {
  auto const byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  auto const lead = byte(0);
  std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2U : 1U;
  char32_t character = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length && i < text.size(); ++i) character = character << 6U | (byte(i) & 0x3FU);
  text.remove_prefix(std::min(length, text.size()));
  return character;
}

void printPadded(std::ostream& out, std::string_view text, std::size_t width, Align align, bool last) {
  auto const padding = std::string(width - displayWidth(text), ' ');
  if (align == Align::right) out << padding;
  out << text;
  if (align == Align::left && !last) out << padding;  // no spaces at the end of a line
}

std::string quoted(std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(cell);
  std::string result = "\"";
  for (auto const c : cell) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

/// "1,000.00" as programs read it.
std::string withoutSeparators(std::string figure) {
  std::erase(figure, ',');
  return figure;
}

std::string escaped(std::string_view cell) {
  std::string result;
  for (auto const c : cell) {
    if (c == '|' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

}  // namespace

std::size_t displayWidth(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    auto const character = takeCharacter(text);
    if (!within(kZeroWidth, character)) width += within(kWide, character) ? 2U : 1U;
  }
  return width;
}

void Table::printAligned(std::ostream& out) const {
  std::vector<std::string> titles;
  for (auto const& column : columns) titles.push_back(column.title);
  std::vector<std::size_t> widths(columns.size());
  auto const measure = [&widths](auto const& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], displayWidth(cells[i]));
  };
  measure(titles);
  for (auto const& row : rows) measure(row);

  auto const print = [&](auto const& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out << "  ";
      printPadded(out, cells[i], widths[i], columns[i].align, i + 1 == cells.size());
    }
    out << '\n';
  };
  print(titles);
  for (auto const& row : rows) print(row);
}

void Table::printCsv(std::ostream& out) const {
  out << "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < columns.size(); ++i) out << (i > 0 ? "," : "") << quoted(columns[i].title);
  out << '\n';
  for (auto const& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      out << (i > 0 ? "," : "") << quoted(columns[i].align == Align::right ? withoutSeparators(row[i]) : row[i]);
    out << '\n';
  }
}

void Table::printMarkdown(std::ostream& out) const {
  for (auto const& column : columns) out << "| " << escaped(column.title) << ' ';
  out << "|\n";
  for (auto const& column : columns) out << (column.align == Align::right ? "|---:" : "|---");
  out << "|\n";
  for (auto const& row : rows) {
    for (auto const& cell : row) out << "| " << escaped(cell) << ' ';
    out << "|\n";
  }
}

}  // namespace fundtrail::api::cli

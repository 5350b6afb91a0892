// SPDX-License-Identifier: Apache-2.0
#include "api/views/table.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fundtrail::api::views {

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

std::size_t widthOf(char32_t character) {
  if (within(kZeroWidth, character)) return 0;
  return within(kWide, character) ? 2 : 1;
}

/// Whether a line may end between the two.
bool mayBreak(char32_t before, char32_t after) {
  constexpr std::u32string_view kClosing = U"，。、；：？！）〕》」』】”’,.;:)";
  constexpr std::u32string_view kOpening = U"（〔《「『【“‘(";
  if (before == U' ') return true;
  return (within(kWide, before) || within(kWide, after)) && after != U' ' &&
         kClosing.find(after) == std::u32string_view::npos && kOpening.find(before) == std::u32string_view::npos;
}

/// The text in lines of at most this width; 0: in one line.
std::vector<std::string_view> broken(std::string_view text, std::size_t widest) {
  std::vector<std::string_view> lines;
  while (widest > 0 && displayWidth(text) > widest) {
    std::size_t end = 0;  // the last place where the line may end
    std::size_t used = 0;
    char32_t before = 0;
    auto rest = text;
    while (true) {
      auto const here = text.size() - rest.size();
      auto const character = takeCharacter(rest);
      if (here > 0 && mayBreak(before, character)) end = here;
      used += widthOf(character);
      if (used > widest && character != U' ') {
        if (end == 0) end = std::max<std::size_t>(here, 1);  // one long word
        break;
      }
      before = character;
    }
    auto const line = text.substr(0, end);
    lines.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
    text.remove_prefix(end);
  }
  lines.push_back(text);
  return lines;
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

bool isFigure(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.,") == std::string_view::npos;
}

/// What a spreadsheet shows and does not execute.
std::string inert(std::string_view text) {
  constexpr std::string_view kBeginsFormula = "=+-@\t\r";
  bool const mayBeFormula = !text.empty() && kBeginsFormula.find(text.front()) != std::string_view::npos;
  return (mayBeFormula && !isFigure(text) ? "'" : "") + std::string(text);
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
    width += widthOf(takeCharacter(text));
  }
  return width;
}

void Table::printAligned(std::ostream& out) const {
  using Lines = std::vector<std::string_view>;
  std::vector<std::vector<Lines>> laidOut(1);
  for (auto const& column : columns) laidOut.front().push_back(broken(column.title, column.widest));
  for (auto const& row : rows) {
    auto& cells = laidOut.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(broken(row[i], columns[i].widest));
  }

  std::vector<std::size_t> widths(columns.size());
  for (auto const& cells : laidOut) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (auto const line : cells[i]) widths[i] = std::max(widths[i], displayWidth(line));
    }
  }

  for (auto const& cells : laidOut) {
    auto const height = std::ranges::max(cells, {}, &Lines::size).size();
    for (std::size_t line = 0; line < height; ++line) {
      std::size_t gap = 0;  // spaces that only a further text brings about: there are none at the end of a line
      for (std::size_t i = 0; i < cells.size(); ++i) {
        auto const text = line < cells[i].size() ? cells[i][line] : std::string_view();
        auto const padding = widths[i] - displayWidth(text);
        if (columns[i].align == Align::right) gap += padding;
        if (!text.empty()) out << std::string(std::exchange(gap, 0), ' ') << text;
        if (columns[i].align == Align::left) gap += padding;
        gap += 2;
      }
      out << '\n';
    }
  }
}

void Table::printCsv(std::ostream& out, ByteOrderMark mark) const {
  if (mark == ByteOrderMark::yes) out << "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < columns.size(); ++i) out << (i > 0 ? "," : "") << quoted(columns[i].title);
  out << '\n';
  for (auto const& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      bool const isFigures = columns[i].align == Align::right && isFigure(row[i]);
      out << (i > 0 ? "," : "") << quoted(isFigures ? withoutSeparators(row[i]) : inert(row[i]));
    }
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

}  // namespace fundtrail::api::views

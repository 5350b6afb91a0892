// SPDX-License-Identifier: Apache-2.0
// Private to this folder: writes HTML. Whatever comes from a ledger passes through escaped(), with no exception.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace fundtrail::replay::report {

/// As the text of an element or of an attribute in quotes. Characters that HTML forbids are replaced.
[[nodiscard]] std::string escaped(std::string_view text);

/// Content that is markup already.
struct Markup {
  std::string html;
};

/// A cell: text, which is escaped, or markup of our own.
struct Cell {
  enum class Kind : std::uint8_t { text, number, code, heading };
  Cell(std::string_view text, Kind as = Kind::text) : html(escaped(text)), kind(as) {}
  Cell(std::string const& text, Kind as = Kind::text) : Cell(std::string_view(text), as) {}
  Cell(char const* text, Kind as = Kind::text) : Cell(std::string_view(text), as) {}
  Cell(Markup markup) : html(std::move(markup.html)) {}
  std::string html;
  Kind kind = Kind::text;
};

/// A table with a caption, whose head, if it has one, is repeated on every printed page.
class Table {
 public:
  Table(std::string_view caption, std::initializer_list<std::string_view> headings);
  Table(std::string_view caption, std::vector<Cell> const& headings);

  void row(std::vector<Cell> const& cells) { body_ += rowOf(cells); }
  /// Set off from the rows above: their sum.
  void total(std::vector<Cell> const& cells) { foot_ += rowOf(cells); }
  [[nodiscard]] bool empty() const { return body_.empty(); }
  [[nodiscard]] std::string html(std::string_view cssClass = {}) const;

 private:
  static std::string rowOf(std::vector<Cell> const& cells);
  std::string caption_;
  std::string head_;
  std::string body_;
  std::string foot_;
};

}  // namespace fundtrail::replay::report

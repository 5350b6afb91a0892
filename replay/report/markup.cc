// SPDX-License-Identifier: Apache-2.0
#include "replay/report/markup.h"

#include <fmt/format.h>

namespace fundtrail::replay::report {

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char const c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: {
        auto const byte = static_cast<unsigned char>(c);
        bool const forbidden = (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
        if (forbidden) {
          out += "\xef\xbf\xbd";  // U+FFFD
        } else {
          out += c;
        }
      }
    }
  }
  return out;
}

namespace {

std::string headOf(std::vector<Cell> const& headings) {
  std::string head;
  for (auto const& heading : headings) {
    head += fmt::format("<th scope=\"col\"{}>{}</th>", heading.kind == Cell::Kind::number ? " class=\"n\"" : "",
                        heading.html);
  }
  return head;
}

}  // namespace

Table::Table(std::string_view caption, std::initializer_list<std::string_view> headings) : caption_(escaped(caption)) {
  std::vector<Cell> cells;
  for (auto const heading : headings) cells.emplace_back(heading);
  head_ = headOf(cells);
}

Table::Table(std::string_view caption, std::vector<Cell> const& headings)
    : caption_(escaped(caption)), head_(headOf(headings)) {}

std::string Table::rowOf(std::vector<Cell> const& cells) {
  std::string row = "<tr>";
  for (auto const& cell : cells) {
    switch (cell.kind) {
      case Cell::Kind::text: row += "<td>" + cell.html + "</td>"; break;
      case Cell::Kind::number: row += "<td class=\"n\">" + cell.html + "</td>"; break;
      case Cell::Kind::code: row += "<td><code>" + cell.html + "</code></td>"; break;
      case Cell::Kind::heading: row += "<th scope=\"row\">" + cell.html + "</th>"; break;
    }
  }
  return row + "</tr>\n";
}

std::string Table::html(std::string_view cssClass) const {
  return fmt::format("<table{}>\n<caption>{}</caption>\n{}<tbody>\n{}</tbody>\n{}</table>\n",
                     cssClass.empty() ? std::string() : fmt::format(" class=\"{}\"", cssClass), caption_,
                     head_.empty() ? std::string() : "<thead><tr>" + head_ + "</tr></thead>\n", body_,
                     foot_.empty() ? std::string() : "<tfoot>\n" + foot_ + "</tfoot>\n");
}

}  // namespace fundtrail::replay::report

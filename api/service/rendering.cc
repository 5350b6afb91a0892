// SPDX-License-Identifier: Apache-2.0
#include "api/service/rendering.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <utility>

#include "api/service/paging.h"
#include "api/service/problem.h"
#include "crypto/ensure.h"
#include "ledger/domain/money.h"
#include "ledger/workbook/workbook.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;
namespace workbook = ledger::workbook;

namespace {

constexpr double kNarrowest = 10;
constexpr double kWidest = 60;

/// "1,234.50" is 123450 fen, "14" a count: what stands on the right of a table, as it is shown.
void putFigure(workbook::Sheet& sheet, std::string_view shown) {
  std::string digits;
  bool isAmount = false;
  for (auto const c : shown) {
    if (c == '.') isAmount = true;
    if ((c >= '0' && c <= '9') || c == '-') digits += c;
  }
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  bool const whole = error == std::errc() && end == digits.data() + digits.size() && !digits.empty();
  auto const amount = whole && isAmount ? domain::Fen::from(number) : std::nullopt;
  if (amount) {
    sheet.money(*amount);
  } else if (whole && !isAmount && number >= 0) {
    sheet.number(static_cast<std::uint64_t>(number));
  } else {
    sheet.text(shown);
  }
}

workbook::Column columnOf(views::Table const& table, std::size_t column) {
  auto widest = views::displayWidth(table.columns[column].title);
  for (auto const& row : table.rows) widest = std::max(widest, views::displayWidth(row[column]));
  return {table.columns[column].title, std::clamp(static_cast<double>(widest) + 2, kNarrowest, kWidest)};
}

void put(workbook::Book& book, std::string const& name, views::Table const& table) {
  std::vector<workbook::Column> columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) columns.push_back(columnOf(table, i));
  auto sheet = book.sheet(name, columns);
  for (auto const& row : table.rows) {
    if (sheet.full()) break;
    sheet.next();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (table.columns[i].align == views::Align::right) {
        putFigure(sheet, row[i]);
      } else {
        sheet.text(row[i]);
      }
    }
  }
  sheet.filter();
}

}  // namespace

http::Response jsonResponse(std::uint16_t status, boost::json::object const& body) {
  return {status, "application/json", boost::json::serialize(body) + '\n'};
}

views::Format formatOf(Media media) {
  switch (media) {
    case Media::csv: return views::Format::csv;
    case Media::text: return views::Format::table;
    default: return views::Format::json;
  }
}

http::Response printed(Call const& call, std::string text) {
  auto const type = mediaType(call.media);
  bool const isText = call.media != Media::json;
  return {200, std::string(type) + (isText ? "; charset=utf-8" : ""), std::move(text)};
}

http::Response workbookOf(Call const& call, std::vector<views::NamedTable> const& tables) {
  auto book = workbook::Book::inMemory();
  if (!book) return answer(call.reader, problemOf(call.reader, book.error()));
  for (std::size_t i = 0; i < tables.size(); ++i) {
    // Two sheets of one name there cannot be.
    auto const name = tables[i].name.empty() ? std::string("fundtrail") : tables[i].name;
    bool const again =
        std::ranges::find(tables.begin(), tables.begin() + static_cast<std::ptrdiff_t>(i), tables[i].name,
                          &views::NamedTable::name) != tables.begin() + static_cast<std::ptrdiff_t>(i);
    put(*book, again ? name + ' ' + std::to_string(i + 1) : name, tables[i].table);
  }
  auto bytes = book->finish();
  if (!bytes) return answer(call.reader, problemOf(call.reader, bytes.error()));
  http::Response response{200, std::string(mediaType(Media::workbook)), *std::move(bytes)};
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"fundtrail.xlsx\"");
  return response;
}

http::Response rendered(Call const& call, views::Report const& report) {
  if (call.media == Media::workbook) return workbookOf(call, views::tablesOf(call.reader, report));
  std::ostringstream out;
  views::print(out, call.reader, report, formatOf(call.media));
  return printed(call, std::move(out).str());
}

http::Response renderedPage(Call const& call, views::Report report, std::span<std::string_view const> keys) {
  crypto::ensure(report.sections.size() == 1, "a page is cut of one list");
  auto const next = cutPage(call.reader, report.sections.front(), keys, call.arguments);
  if (!next) return answer(call.reader, problemOf(call.reader, next.error()));
  auto response = rendered(call, report);
  if (*next) linkNext(response, call, "after", **next);
  return response;
}

void linkNext(http::Response& response, Call const& call, std::string_view parameter, std::string const& value) {
  response.headers.emplace_back(
      "Link",
      '<' + call.request.path + call.arguments.queryWith({{std::string(parameter), value}}) + ">; rel=\"next\"");
}

}  // namespace fundtrail::api::service

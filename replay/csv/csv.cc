// SPDX-License-Identifier: Apache-2.0
#include "replay/csv/csv.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/domain/utf8.h"

namespace fundtrail::replay::csv {

using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

Error atLine(std::size_t line, std::string const& en, std::string const& zh) {
  return {ErrorKind::badInput, fmt::format("line {}: {}", line, en), fmt::format("第 {} 行：{}", line, zh)};
}

std::optional<Error> whyNotText(std::size_t line, std::string_view text) {
  if (!ledger::domain::isValidUtf8(text))
    return atLine(line, "is not UTF-8: save the table as UTF-8", "不是 UTF-8：请另存为 UTF-8");
  auto const isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::ranges::any_of(text, isControl)) {
    return atLine(line, "holds a control character, a tab perhaps: separate fields by commas",
                  "含有控制字符（例如制表符）：请用逗号分隔");
  }
  return std::nullopt;
}

/// One line, its end cut off.
Result<std::vector<std::string>> fieldsOf(std::size_t line, std::string_view text) {
  std::vector<std::string> fields;
  std::size_t at = 0;
  while (true) {
    std::string field;
    if (at < text.size() && text[at] == '"') {
      ++at;
      while (true) {
        auto const mark = text.find('"', at);
        if (mark == std::string_view::npos) {
          return atLine(line, "a quotation mark is not closed on its line", "引号没有在本行内闭合");
        }
        field += text.substr(at, mark - at);
        at = mark + 1;
        if (at == text.size() || text[at] != '"') break;
        field += '"';
        ++at;
      }
      if (at < text.size() && text[at] != ',') {
        return atLine(line, "something follows a closing quotation mark", "闭合引号之后还有内容");
      }
    } else {
      auto const end = std::min(text.find(',', at), text.size());
      field = text.substr(at, end - at);
      if (field.find('"') != std::string::npos) {
        return atLine(line, "a quotation mark stands within a field that does not begin with one",
                      "引号出现在未以引号开头的字段中");
      }
      at = end;
    }
    fields.push_back(std::move(field));
    if (at == text.size()) return fields;
    ++at;  // the comma
  }
}

/// For each column that was asked for, its place in the file.
Result<std::vector<std::size_t>> placesOf(std::vector<std::string> const& named,
                                          std::span<std::string_view const> columns) {
  std::vector<std::size_t> places;
  for (auto const& column : columns) {
    auto const at = std::ranges::find(named, column);
    if (at != named.end()) places.push_back(static_cast<std::size_t>(at - named.begin()));
  }
  // As many as asked for, all of them found: each stands there once, and no other does.
  if (named.size() != columns.size() || places.size() != columns.size()) {
    return atLine(1, fmt::format("must name these columns and no others: {}", fmt::join(columns, ",")),
                  fmt::format("应恰好列出这些列：{}", fmt::join(columns, ",")));
  }
  return places;
}

}  // namespace

Result<std::vector<Row>> read(std::string_view text, std::span<std::string_view const> columns) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  std::vector<Row> rows;
  std::optional<std::vector<std::size_t>> places;
  std::optional<std::size_t> emptyLine;
  for (std::size_t line = 1; !text.empty(); ++line) {
    auto const end = std::min(text.find('\n'), text.size());
    auto content = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (content.ends_with('\r')) content.remove_suffix(1);
    if (content.empty()) {
      if (!emptyLine) emptyLine = line;
      continue;
    }
    if (emptyLine) return atLine(*emptyLine, "is empty", "是空行");
    if (auto error = whyNotText(line, content)) return *std::move(error);
    auto fields = fieldsOf(line, content);
    if (!fields) return fields.error();
    if (!places) {
      auto found = placesOf(*fields, columns);
      if (!found) return found.error();
      places = *std::move(found);
      continue;
    }
    if (fields->size() != places->size()) {
      return atLine(line, fmt::format("has {} fields, the first line names {}", fields->size(), places->size()),
                    fmt::format("有 {} 个字段，首行列出 {} 个", fields->size(), places->size()));
    }
    Row row{line, {}};
    for (auto const place : *places) row.fields.push_back(std::move((*fields)[place]));
    rows.push_back(std::move(row));
  }
  if (!places) {
    return atLine(1, fmt::format("must name the columns: {}", fmt::join(columns, ",")),
                  fmt::format("应列出各列名称：{}", fmt::join(columns, ",")));
  }
  return rows;
}

Error wrong(Row const& row, std::string const& en, std::string const& zh) {
  return atLine(row.line, en, zh);
}

}  // namespace fundtrail::replay::csv

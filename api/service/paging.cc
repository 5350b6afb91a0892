// SPDX-License-Identifier: Apache-2.0
#include "api/service/paging.h"

#include <algorithm>
#include <charconv>
#include <compare>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "ledger/schema/json_text.h"

namespace fundtrail::api::service {

namespace json = boost::json;
using crypto::ErrorKind;
using views::Cell;

namespace {

constexpr std::uint64_t kRows = 100;

struct Order {
  std::size_t field;
  bool falls = false;
};

/// Amounts are texts of whole fen.
std::optional<std::int64_t> wholeNumberIn(json::value const& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_uint64()) return static_cast<std::int64_t>(value.get_uint64());
  if (!value.is_string()) return std::nullopt;
  auto const& text = value.get_string();
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.begin(), text.end(), number);
  return error == std::errc() && end == text.end() && !text.empty() ? std::optional(number) : std::nullopt;
}

/// What there is none of comes first; numbers by their size, all else by its text.
std::strong_ordering compare(json::value const& a, json::value const& b) {
  if (a.is_null() || b.is_null()) return !a.is_null() <=> !b.is_null();
  auto const x = wholeNumberIn(a);
  auto const y = wholeNumberIn(b);
  if (x && y && *x != *y) return *x <=> *y;
  return json::serialize(a) <=> json::serialize(b);
}

using Key = std::vector<json::value>;

std::strong_ordering compare(Key const& a, Key const& b, std::vector<Order> const& orders) {
  for (std::size_t i = 0; i < orders.size(); ++i) {
    auto const order = compare(a[i], b[i]);
    if (order != 0) return orders[i].falls ? 0 <=> order : order;
  }
  return std::strong_ordering::equal;
}

std::string cursorOf(Key const& key) {
  auto const text = json::serialize(json::array(key.begin(), key.end()));
  return crypto::toHex(crypto::asBytes(text));
}

std::optional<Key> keyOf(std::string_view cursor, std::size_t fields) {
  auto const bytes = crypto::fromHex(cursor);
  if (!bytes) return std::nullopt;
  auto const parsed = ledger::schema::parseJson(crypto::asText(*bytes));
  if (!parsed || !parsed->is_array() || parsed->get_array().size() != fields) return std::nullopt;
  auto const scalar = [](json::value const& value) { return !value.is_array() && !value.is_object(); };
  if (!std::ranges::all_of(parsed->get_array(), scalar)) return std::nullopt;
  return Key(parsed->get_array().begin(), parsed->get_array().end());
}

std::optional<std::size_t> fieldNamed(views::Section const& list, std::string_view name) {
  auto const at = std::ranges::find(list.fields, name, &views::Field::name);
  return at == list.fields.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - list.fields.begin()));
}

}  // namespace

crypto::Result<std::optional<std::string>> cutPage(views::Reader const& reader, views::Section& list,
                                                   std::span<std::string_view const> keys, Arguments const& arguments) {
  std::vector<Order> orders;
  auto sort = std::string_view(arguments.text("sort"));
  while (!sort.empty()) {
    auto name = sort.substr(0, sort.find(','));
    sort = name.size() == sort.size() ? std::string_view() : sort.substr(name.size() + 1);
    bool const falls = name.starts_with('-');
    if (falls) name.remove_prefix(1);
    auto const field = fieldNamed(list, name);
    if (!field) {
      return reader.error(ErrorKind::badInput,
                          {"查询参数 sort：没有字段 {}", "the query parameter sort: there is no field {}"}, name);
    }
    orders.push_back({*field, falls});
  }
  for (auto const key : keys) orders.push_back({*fieldNamed(list, key)});

  auto const keyOfRow = [&](std::vector<Cell> const& row) {
    Key key;
    for (auto const& order : orders) key.push_back(row[order.field].value);
    return key;
  };
  struct Row {
    Key key;
    std::size_t at;
  };
  std::optional<Key> after;
  if (auto const& cursor = arguments.text("after"); !cursor.empty()) {
    after = keyOf(cursor, orders.size());
    if (!after) {
      return reader.error(ErrorKind::badInput,
                          {"查询参数 after 不是本列表此排序的游标：请用上一页给出的链接",
                           "the query parameter after is no cursor of this list in this order: use "
                           "the link that the page before gave"});
    }
  }
  std::vector<Row> rows;
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    auto key = keyOfRow(list.rows[i]);
    if (!after || compare(key, *after, orders) > 0) rows.push_back({std::move(key), i});
  }
  auto const limit = std::min<std::size_t>(arguments.number("limit").value_or(kRows), rows.size());
  auto const before = [&](Row const& a, Row const& b) { return compare(a.key, b.key, orders) < 0; };
  std::ranges::partial_sort(rows, rows.begin() + static_cast<std::ptrdiff_t>(limit), before);
  std::optional<std::string> next;
  if (limit < rows.size()) next = cursorOf(rows[limit - 1].key);
  std::vector<std::vector<Cell>> page;
  page.reserve(limit);
  for (std::size_t i = 0; i < limit; ++i) page.push_back(std::move(list.rows[rows[i].at]));
  list.rows = std::move(page);
  return next;
}

}  // namespace fundtrail::api::service

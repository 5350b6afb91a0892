// SPDX-License-Identifier: Apache-2.0
#include "api/service/arguments.h"

#include <algorithm>
#include <charconv>

#include "crypto/digest.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;
using crypto::ErrorKind;
using crypto::Result;
using views::Text;

namespace {

constexpr std::size_t kMostText = 200;
constexpr std::uint64_t kMostNumber = std::uint64_t{1} << 53U;
constexpr std::uint64_t kMostRows = 1000;

std::optional<std::uint64_t> numberIn(std::string_view text) {
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = error == std::errc() && end == text.data() + text.size();
  bool const plain = !text.empty() && (text.size() == 1 || text.front() != '0');
  return whole && plain && value <= kMostNumber ? std::optional(value) : std::nullopt;
}

bool isEvent(std::string_view text) {
  return numberIn(text) || (text.size() == 2 * crypto::Digest::kSize && crypto::fromHex(text));
}

/// What such a value is; nothing where it is one.
std::optional<Text> objectionTo(Parameter const& parameter, std::string const& value) {
  switch (parameter.kind) {
    case Kind::text:
    case Kind::sort:
    case Kind::cursor:
    case Kind::tilePath:
      if (value.size() <= kMostText) return std::nullopt;
      return Text{"最多 200 字节", "has at most 200 bytes"};
    case Kind::event:
      if (isEvent(value)) return std::nullopt;
      return Text{"应为事件序号，或 64 位十六进制哈希",
                  "is an event's number, or the 64 hexadecimal digits of its hash"};
    case Kind::number:
      if (numberIn(value)) return std::nullopt;
      return Text{"应为十进制整数", "is a whole decimal number"};
    case Kind::limit:
      if (auto const number = numberIn(value); number && *number >= 1 && *number <= kMostRows) return std::nullopt;
      return Text{"应为 1 至 1000", "is a number from 1 to 1000"};
    case Kind::date:
      if (domain::Date::parse(value)) return std::nullopt;
      return Text{"应为 2025-06-30 这样的日期", "is a date as 2025-06-30"};
    case Kind::city:
      if (auto const code = domain::CityCode::parse(value); code && !code->isCounty()) return std::nullopt;
      return Text{"应为六位城市代码，如 441900", "is the six digits of a city's code, as 441900"};
    case Kind::uscc:
      if (domain::Uscc::parse(value)) return std::nullopt;
      return Text{"应为 18 位统一社会信用代码", "is a unified social credit code of 18 characters"};
    case Kind::boolean:
      if (value == "true" || value == "false") return std::nullopt;
      return Text{"应为 true 或 false", "is true or false"};
    case Kind::choice: {
      auto const choices = parameter.choices();
      if (std::ranges::find(choices, value) != choices.end()) return std::nullopt;
      return Text{"不在允许的取值之内（见 /openapi.json）", "is none of the values that /openapi.json lists"};
    }
  }
  return std::nullopt;
}

Parameter const* named(std::span<Parameter const> parameters, std::string_view name) {
  auto const at = std::ranges::find(parameters, name, &Parameter::name);
  return at == parameters.end() ? nullptr : &*at;
}

std::string const& valueIn(auto const& map, std::string_view name) {
  static std::string const none;
  auto const at = map.find(name);
  return at == map.end() ? none : at->second;
}

}  // namespace

Result<Arguments> Arguments::read(views::Reader const& reader, std::span<Parameter const> inPath,
                                  std::map<std::string, std::string, std::less<>> const& path,
                                  std::span<Parameter const> inQuery, Query const& query) {
  Arguments arguments;
  for (auto const& [name, value] : path) {
    auto const* const parameter = named(inPath, name);
    if (parameter == nullptr) continue;
    if (auto const wrong = objectionTo(*parameter, value)) {
      return reader.error(ErrorKind::notFound, {"路径中的 {} {}", "{} in the path {}"}, name,
                          wrong->in(reader.language));
    }
    arguments.path_.emplace(name, value);
  }
  for (auto const& [name, value] : query) {
    auto const* const parameter = named(inQuery, name);
    if (parameter == nullptr) {
      return reader.error(ErrorKind::badInput,
                          {"没有查询参数 {}：见 /openapi.json", "there is no query parameter {}: see /openapi.json"},
                          name);
    }
    auto const wrong =
        value.empty() ? std::optional(Text{"不能为空", "must not be empty"}) : objectionTo(*parameter, value);
    if (wrong) {
      return reader.error(ErrorKind::badInput, {"查询参数 {} {}", "the query parameter {} {}"}, name,
                          wrong->in(reader.language));
    }
    arguments.query_.emplace(name, value);
  }
  return arguments;
}

std::string const& Arguments::text(std::string_view name) const {
  auto const& inQuery = valueIn(query_, name);
  return inQuery.empty() ? valueIn(path_, name) : inQuery;
}

std::optional<std::uint64_t> Arguments::number(std::string_view name) const {
  return numberIn(text(name));
}

std::optional<domain::Date> Arguments::date(std::string_view name) const {
  return domain::Date::parse(text(name));
}

std::optional<domain::CityCode> Arguments::city(std::string_view name) const {
  return domain::CityCode::parse(text(name));
}

std::optional<domain::Uscc> Arguments::uscc(std::string_view name) const {
  return domain::Uscc::parse(text(name));
}

std::string Arguments::canonical() const {
  std::string all;
  for (auto const* map : {&path_, &query_}) {
    for (auto const& [name, value] : *map) {
      all += '\n';
      all += name;
      all += '=';
      all += value;
    }
  }
  return all;
}

std::string Arguments::queryWith(std::map<std::string, std::string, std::less<>> const& changed) const {
  auto fields = query_;
  for (auto const& [name, value] : changed) fields.insert_or_assign(name, value);
  std::string query;
  for (auto const& [name, value] : fields) {
    query += (query.empty() ? "?" : "&") + encoded(name) + '=' + encoded(value);
  }
  return query;
}

}  // namespace fundtrail::api::service

// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/json_text.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <fmt/format.h>

namespace fundtrail::ledger::schema {

namespace {

namespace json = boost::json;
using json::error_code;
using json::string_view;

/// What Boost.JSON's own handler does, and a look at the names: Boost.JSON lets the last of two equal ones win.
class Handler {
 public:
  static constexpr auto max_object_size = json::object::max_size();
  static constexpr auto max_array_size = json::array::max_size();
  static constexpr auto max_key_size = json::string::max_size();
  static constexpr auto max_string_size = json::string::max_size();

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    open_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t size, error_code&) {
    open_.pop_back();
    values_.push_object(size);
    return true;
  }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t size, error_code&) {
    values_.push_array(size);
    return true;
  }
  bool on_key_part(string_view part, std::size_t, error_code&) {
    values_.push_chars(part);
    key_.append(part.data(), part.size());
    return true;
  }
  bool on_key(string_view rest, std::size_t, error_code& error) {
    values_.push_key(rest);
    key_.append(rest.data(), rest.size());
    if (!open_.back().insert(key_).second) {
      duplicate_ = std::move(key_);
      error = json::error::syntax;
      return false;
    }
    key_.clear();
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) {
    values_.push_chars(part);
    return true;
  }
  bool on_string(string_view rest, std::size_t, error_code&) {
    values_.push_string(rest);
    return true;
  }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, string_view, error_code&) {
    values_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, string_view, error_code&) {
    values_.push_uint64(number);
    return true;
  }
  bool on_double(double number, string_view, error_code&) {
    values_.push_double(number);
    return true;
  }
  bool on_bool(bool value, error_code&) {
    values_.push_bool(value);
    return true;
  }
  bool on_null(error_code&) {
    values_.push_null();
    return true;
  }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

  json::value release() { return values_.release(); }
  void begin() { values_.reset(); }
  std::string const& duplicate() const { return duplicate_; }

 private:
  json::value_stack values_;
  std::vector<std::set<std::string>> open_;
  std::string key_;
  std::string duplicate_;
};

}  // namespace

crypto::Result<json::value> parseJson(std::string_view text) {
  json::basic_parser<Handler> parser{json::parse_options{}};
  parser.handler().begin();
  error_code error;
  auto const parsed = parser.write_some(false, text.data(), text.size(), error);
  if (!error && parsed < text.size()) {
    error = json::error::extra_data;
  }
  if (!error) {
    return parser.handler().release();
  }
  auto const before = text.substr(0, parsed);
  auto const line = 1 + std::ranges::count(before, '\n');
  auto const column = before.size() - (before.find_last_of('\n') + 1) + 1;
  auto const& duplicate = parser.handler().duplicate();
  auto const refuse = [&](std::string const& problem, std::string const& zh) {
    return crypto::Error{crypto::ErrorKind::badInput, problem, zh}.of(
        fmt::format("JSON, line {}, column {}", line, column), fmt::format("JSON 第 {} 行第 {} 列", line, column));
  };
  if (!duplicate.empty()) {
    return refuse(fmt::format("\"{}\" stands here twice: keep one", duplicate),
                  fmt::format("“{}”重复出现，请保留一个", duplicate));
  }
  return refuse(error.message() + ": check commas, quotes and brackets, and that the file is UTF-8",
                error == json::error::incomplete
                    ? "内容不完整，请补齐引号和括号"
                    : "格式有误，请核对逗号、引号、括号（均为半角），文件须存为 UTF-8 编码");
}

}  // namespace fundtrail::ledger::schema

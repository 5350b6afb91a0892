// SPDX-License-Identifier: Apache-2.0
#include "tests/api/service/json_schema.h"

#include <algorithm>
#include <regex>
#include <set>
#include <string_view>

namespace fundtrail::tests {

namespace json = boost::json;

namespace {

bool isOfType(json::value const& value, std::string_view type) {
  if (type == "null") return value.is_null();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "boolean") return value.is_bool();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return false;
}

bool isOfAType(json::value const& value, json::value const& types) {
  if (types.is_string()) return isOfType(value, types.as_string());
  return std::ranges::any_of(types.as_array(),
                             [&](json::value const& type) { return isOfType(value, type.as_string()); });
}

json::object const& referred(json::object const& document, std::string_view ref) {
  auto const* at = &document;
  ref.remove_prefix(2);  // "#/"
  while (!ref.empty()) {
    auto const name = ref.substr(0, ref.find('/'));
    at = &at->at(name).as_object();
    ref.remove_prefix(std::min(ref.size(), name.size() + 1));
  }
  return *at;
}

std::string faultInObject(json::object const& value, json::object const& schema, json::object const& document,
                          std::string const& where) {
  auto const* const properties = schema.if_contains("properties");
  if (auto const* const required = schema.if_contains("required")) {
    for (auto const& name : required->as_array()) {
      if (!value.contains(name.as_string())) return where + " has no " + std::string(name.as_string());
    }
  }
  for (auto const& [name, member] : value) {
    auto const* const known = properties == nullptr ? nullptr : properties->as_object().if_contains(name);
    if (known != nullptr) {
      auto const fault = faultIn(member, known->as_object(), document, where + '.' + std::string(name));
      if (!fault.empty()) return fault;
    } else if (auto const* const more = schema.if_contains("additionalProperties");
               more != nullptr && !more->as_bool()) {
      return where + " must not have " + std::string(name);
    }
  }
  return {};
}

}  // namespace

std::string faultIn(json::value const& value, json::object const& schema, json::object const& document,
                    std::string const& where) {
  static std::set<std::string_view> const known{
      "$ref",    "type",    "properties", "required",       "additionalProperties", "items",     "anyOf",
      "oneOf",   "enum",    "pattern",    "format",         "description",          "minLength", "maxLength",
      "minimum", "maximum", "default",    "contentEncoding"};
  for (auto const& [keyword, unused] : schema) {
    if (!known.contains(keyword)) return where + ": the schema says " + std::string(keyword);
  }
  if (auto const* const ref = schema.if_contains("$ref")) {
    return faultIn(value, referred(document, ref->as_string()), document, where);
  }
  if (auto const* const type = schema.if_contains("type"); type != nullptr && !isOfAType(value, *type)) {
    return where + " is of another type than " + json::serialize(*type) + ": " + json::serialize(value);
  }
  if (auto const* const values = schema.if_contains("enum")) {
    auto const& list = values->as_array();
    if (std::ranges::find(list, value) == list.end()) return where + " is none of " + json::serialize(*values);
  }
  if (auto const* const pattern = schema.if_contains("pattern"); pattern != nullptr && value.is_string()) {
    std::string const text(value.as_string());
    // A long text (a receipt) is too much for the library's matcher; its beginning tells.
    auto const checked = text.size() > 2000 ? std::string() : text;
    if (!checked.empty() && !std::regex_search(checked, std::regex(std::string(pattern->as_string())))) {
      return where + " does not match " + std::string(pattern->as_string()) + ": " + text;
    }
  }
  for (auto const* const keyword : {"anyOf", "oneOf"}) {
    auto const* const options = schema.if_contains(keyword);
    if (options == nullptr) continue;
    std::string faults;
    auto const fits = std::ranges::count_if(options->as_array(), [&](json::value const& option) {
      auto const fault = faultIn(value, option.as_object(), document, where);
      if (!fault.empty() && faults.size() < 500) faults += "\n  or " + fault;
      return fault.empty();
    });
    if (fits == 0) return where + " fits none:" + faults;
    if (fits > 1 && std::string_view(keyword) == "oneOf") return where + " fits several";
  }
  if (value.is_object()) return faultInObject(value.as_object(), schema, document, where);
  if (auto const* const items = schema.if_contains("items"); items != nullptr && value.is_array()) {
    for (std::size_t i = 0; i < value.as_array().size(); ++i) {
      auto const fault =
          faultIn(value.as_array()[i], items->as_object(), document, where + '[' + std::to_string(i) + ']');
      if (!fault.empty()) return fault;
    }
  }
  return {};
}

}  // namespace fundtrail::tests

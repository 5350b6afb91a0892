// SPDX-License-Identifier: Apache-2.0
#include "tests/api/service/description.h"

#include <algorithm>
#include <stdexcept>

#include "tests/api/service/json_schema.h"

namespace fundtrail::tests {

namespace json = boost::json;

namespace {

std::string upper(std::string_view text) {
  std::string out;
  for (auto const c : text) out += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return out;
}

std::string withoutParameters(std::string_view contentType) {
  return std::string(contentType.substr(0, contentType.find(';')));
}

}  // namespace

std::vector<json::object const*> Operation::parametersIn(std::string_view where) const {
  std::vector<json::object const*> all;
  auto const* const parameters = described->if_contains("parameters");
  if (parameters == nullptr) return all;
  for (auto const& parameter : parameters->as_array()) {
    if (parameter.at("in").as_string() == where) all.push_back(&parameter.as_object());
  }
  return all;
}

std::vector<std::string> Operation::typesOf(unsigned status) const {
  std::vector<std::string> types;
  auto const* const response = described->at("responses").as_object().if_contains(std::to_string(status));
  auto const* const content = response == nullptr ? nullptr : response->as_object().if_contains("content");
  if (content == nullptr) return types;
  for (auto const& [type, unused] : content->as_object()) types.emplace_back(type);
  return types;
}

Description::Description(std::string_view document) : document_(json::parse(document).as_object()) {
  for (auto const& [path, methods] : document_.at("paths").as_object()) {
    for (auto const& [method, operation] : methods.as_object()) {
      operations_.push_back({std::string(path), upper(method), &operation.as_object()});
    }
  }
}

Operation const& Description::operation(std::string_view id) const {
  auto const at = std::ranges::find_if(operations_, [&](Operation const& operation) { return operation.id() == id; });
  if (at == operations_.end()) throw std::out_of_range("there is no operation " + std::string(id));
  return *at;
}

std::string Description::faultInProblem(std::string_view contentType, std::string_view body) const {
  if (contentType != "application/problem+json") return "a problem as " + std::string(contentType);
  boost::system::error_code error;
  auto const problem = json::parse(body, error);
  if (error) return "a problem that is no JSON";
  auto const& schema = document_.at("components").at("schemas").at("Problem").as_object();
  return tests::faultIn(problem, schema, document_);
}

std::string Description::faultIn(Operation const& operation, unsigned status, std::string_view contentType,
                                 std::string_view body) const {
  auto const* const response = operation.described->at("responses").as_object().if_contains(std::to_string(status));
  if (response == nullptr) return "a status that is not described: " + std::to_string(status);
  if (status >= 400) return faultInProblem(contentType, body);
  auto const* const content = response->as_object().if_contains("content");
  if (content == nullptr) return body.empty() ? "" : "a body where none is described";
  auto const type = withoutParameters(contentType);
  auto const* const form = content->as_object().if_contains(type);
  if (form == nullptr) return "a type that is not described: " + type;
  auto const& schema = form->at("schema").as_object();
  if (type != "application/json") return {};
  boost::system::error_code error;
  auto const value = json::parse(body, error);
  return error ? "no JSON" : tests::faultIn(value, schema, document_);
}

std::vector<std::string> const& hostileValues() {
  static std::vector<std::string> const values{"",
                                               "x",
                                               "-1",
                                               "1e9",
                                               "99999999999999999999",
                                               "0x10",
                                               "null",
                                               "../../etc/passwd",
                                               "%2e%2e%2f",
                                               "'; drop table payments; --",
                                               "<script>alert(1)</script>",
                                               "${jndi:ldap://x}",
                                               "%00",
                                               std::string("\0", 1),
                                               "%ff%fe",
                                               "%",
                                               "%zz",
                                               "\xff\xfe",
                                               std::string(100'000, 'a'),
                                               std::string(300, '9'),
                                               "441900\r\nSet-Cookie: a=b",
                                               "441900%0d%0aSet-Cookie:%20a=b",
                                               "市",
                                               "۱۲۳",
                                               "\xE2\x80\xAE"};
  return values;
}

std::vector<std::string> const& hostileBodies() {
  static std::vector<std::string> const bodies{"",
                                               "{",
                                               "[]",
                                               "null",
                                               "0",
                                               R"("text")",
                                               "{}",
                                               R"({"key":null})",
                                               R"({"key":"00","key":"11"})",
                                               R"({"events":[]})",
                                               R"({"events":[null]})",
                                               R"({"events":[{"occurredOn":20260803}]})",
                                               "\xff\xfe",
                                               std::string(1, '\0'),
                                               std::string(200'000, '['),
                                               R"({"nonce":"","key":"","signature":""})",
                                               "{\"events\":[" + std::string(100'000, ' ') + "]}"};
  return bodies;
}

}  // namespace fundtrail::tests

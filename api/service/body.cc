// SPDX-License-Identifier: Apache-2.0
#include "api/service/body.h"

#include <algorithm>

#include "api/service/negotiation.h"
#include "crypto/bytes.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/json_text.h"
#include "ledger/schema/limits.h"

namespace fundtrail::api::service {

namespace json = boost::json;
using crypto::ErrorKind;

namespace {

bool isBase64(json::value const& value) {
  return value.is_string() && crypto::fromBase64(value.get_string()).has_value();
}

bool fits(BodyField field, json::value const& value) {
  switch (field) {
    case BodyField::text: return value.is_string();
    case BodyField::digest: return value.is_string() && ledger::domain::KeyId::parse(value.get_string()).has_value();
    case BodyField::base64: return isBase64(value);
    case BodyField::base64List:
      return value.is_array() && value.get_array().size() <= ledger::schema::kMaxBatchEvents &&
             std::ranges::all_of(value.get_array(), isBase64);
    case BodyField::optionalBoolean: return value.is_bool();
  }
  return false;
}

views::Text kindOf(BodyField field) {
  switch (field) {
    case BodyField::text: return {"应为文本", "is a text"};
    case BodyField::digest: return {"应为 64 位十六进制哈希", "is a hash of 64 hexadecimal digits"};
    case BodyField::base64: return {"应为 Base64（RFC 4648 第 4 节）", "is base64 (RFC 4648, section 4)"};
    case BodyField::base64List: return {"应为 Base64 文本的列表", "is a list of base64 texts"};
    case BodyField::optionalBoolean: return {"应为 true 或 false", "is true or false"};
  }
  return {};
}

}  // namespace

crypto::Result<json::object> readBody(Call const& call, std::initializer_list<BodyMember> members) {
  auto parsed = ledger::schema::parseJson(call.request.body);
  if (!parsed) return parsed.error();
  auto const& reader = call.reader;
  if (!parsed->is_object()) {
    return reader.error(ErrorKind::badInput, {"请求体应为一个 JSON 对象", "the body must be one JSON object"});
  }
  auto& body = parsed->get_object();
  for (auto const& [name, value] : body) {
    std::string_view const stated = name;
    if (std::ranges::find(members, stated, &BodyMember::name) == members.end()) {
      return reader.error(ErrorKind::badInput, {"请求体没有成员 {}", "the body has no member {}"}, stated);
    }
  }
  for (auto const& member : members) {
    auto const* const value = body.if_contains(member.name);
    if (value == nullptr && member.field == BodyField::optionalBoolean) continue;
    if (value == nullptr || !fits(member.field, *value)) {
      return reader.error(ErrorKind::badInput, {"请求体的 {} {}", "{} in the body {}"}, member.name,
                          kindOf(member.field).in(reader.language));
    }
  }
  return std::move(body);
}

std::string contentTypeOf(http::Request const& request) {
  std::string type(request.headers.find("Content-Type").value_or(""));
  type.resize(std::min(type.find(';'), type.size()));
  while (type.ends_with(' ') || type.ends_with('\t')) type.pop_back();
  for (auto& c : type) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return type;
}

std::optional<std::string_view> sessionTokenOf(http::Request const& request) {
  if (auto const authorization = request.headers.find("Authorization")) return bearerToken(*authorization);
  if (auto const cookies = request.headers.find("Cookie")) return cookieNamed(*cookies, kSessionCookie);
  return std::nullopt;
}

}  // namespace fundtrail::api::service

// SPDX-License-Identifier: Apache-2.0
#include "api/service/openapi.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/service/body.h"
#include "api/service/endpoint.h"
#include "api/service/handlers.h"
#include "api/service/json_schema.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::service {

namespace json = boost::json;

namespace {

json::object problemRef() {
  return {{"$ref", "#/components/responses/Problem"}};
}

std::string both(views::Text const& text) {
  return std::string(text.zh) + " / " + std::string(text.en);
}

json::object schemaOf(Parameter const& parameter) {
  switch (parameter.kind) {
    case Kind::text:
    case Kind::sort:
    case Kind::cursor: return {{"type", "string"}, {"minLength", 1}, {"maxLength", 200}};
    case Kind::tilePath:
      return {{"type", "string"}, {"pattern", "^([0-9]+|entries)(/x[0-9]{3})*/[0-9]{3}(\\.p/[0-9]+)?$"}};
    case Kind::event: return {{"type", "string"}, {"pattern", "^([0-9]{1,16}|[0-9a-fA-F]{64})$"}};
    case Kind::number: return {{"type", "integer"}, {"minimum", 0}, {"maximum", 9007199254740992}};
    case Kind::limit: return {{"type", "integer"}, {"minimum", 1}, {"maximum", 1000}, {"default", 100}};
    case Kind::date: return {{"type", "string"}, {"format", "date"}};
    case Kind::city: return {{"type", "string"}, {"pattern", "^44[0-9]{4}$"}};
    case Kind::uscc: return {{"type", "string"}, {"pattern", "^[0-9A-HJ-NPQRTUWXY]{18}$"}};
    case Kind::boolean: return {{"enum", json::array{"true", "false"}}};
    case Kind::choice: {
      json::array choices;
      for (auto const& choice : parameter.choices()) choices.push_back(json::value(choice));
      return {{"enum", std::move(choices)}};
    }
  }
  return {};
}

void addParameters(json::array& list, std::vector<Parameter> const& parameters, std::string_view where) {
  for (auto const& parameter : parameters) {
    list.push_back(json::object{{"name", parameter.name},
                                {"in", where},
                                {"required", where == "path"},
                                {"description", both(parameter.summary)},
                                {"schema", schemaOf(parameter)}});
  }
}

json::object schemaRef(std::string_view name) {
  return {{"schema", json::object{{"$ref", "#/components/schemas/" + std::string(name)}}}};
}

json::object answered(Endpoint const& endpoint) {
  json::object content;
  for (auto const media : endpoint.media) {
    auto const type = mediaType(media);
    if (media == Media::json && !endpoint.responseSchema.empty()) {
      content[type] = schemaRef(endpoint.responseSchema);
    } else {
      content[type] = json::object{{"schema", json::object{{"type", "string"}}}};
    }
  }
  if (endpoint.media.empty() && !endpoint.ownType.empty()) {
    bool const isJson = endpoint.ownType == "application/json";
    content[endpoint.ownType] = json::object{{"schema", json::object{{"type", isJson ? "object" : "string"}}}};
  }
  json::object response{{"description", both(endpoint.summary)}};
  if (!content.empty()) response["content"] = std::move(content);
  return response;
}

bool takes(std::vector<Parameter> const& parameters, std::string_view name) {
  return std::ranges::find(parameters, name, &Parameter::name) != parameters.end();
}

/// With which status a request can fail, problem details in the body.
std::vector<std::uint16_t> failures(Endpoint const& endpoint) {
  // Of every request: what it asks cannot be read, is too large or too much at once, or the server fails.
  std::vector<std::uint16_t> all{400, 413, 417, 429, 431, 500, 501, 503};
  bool const opensSession = endpoint.operation == "postSession";
  if (endpoint.caller != Caller::anyone || opensSession) all.push_back(401);
  if (endpoint.caller == Caller::roles || endpoint.method != http::Method::get) all.push_back(403);
  if (!endpoint.inPath.empty() || takes(endpoint.inQuery, "asOf")) all.push_back(404);
  if (!endpoint.media.empty()) all.push_back(406);
  if (!endpoint.requestSchema.empty()) all.push_back(415);
  if (endpoint.operation == "postBatch") all.insert(all.end(), {409, 422});
  if (endpoint.operation == "postPrepare") all.insert(all.end(), {404, 409});
  std::ranges::sort(all);
  return all;
}

json::object responses(Endpoint const& endpoint) {
  json::object all;
  if (endpoint.operation == "postBatch") {
    all["200"] = answered(endpoint);
    all["201"] = answered(endpoint);
  } else if (endpoint.operation == "postSession") {
    all["201"] = answered(endpoint);
  } else if (endpoint.operation == "deleteSession") {
    all["204"] = json::object{{"description", both(endpoint.summary)}};
  } else {
    all["200"] = answered(endpoint);
  }
  if (endpoint.cost == Cost::kept) {
    all["304"] = json::object{{"description", "与 If-None-Match 所持的相同 / as the one that If-None-Match names"}};
  }
  for (auto const status : failures(endpoint)) all[std::to_string(status)] = problemRef();
  return all;
}

/// Who may, in the words of the schema's roles.
std::string whoMay(Endpoint const& endpoint) {
  if (endpoint.caller == Caller::anyone) return "公开 / public";
  if (endpoint.caller == Caller::signedIn) return "须登录 / whoever has signed in";
  std::string text = "角色 / roles: ";
  bool first = true;
  for (auto const role : rolesOfSchema()) {
    if (!endpoint.roles.contains(role)) continue;
    text += (first ? "" : ", ") + std::string(ledger::schema::enumerantName(role));
    first = false;
  }
  if (endpoint.records == Records::seen) text += "；只含本人所辖 / records of one's own region alone";
  return text;
}

json::object operationOf(Endpoint const& endpoint) {
  json::object operation{{"operationId", endpoint.operation},
                         {"summary", both(endpoint.summary)},
                         {"description", whoMay(endpoint)},
                         {"responses", responses(endpoint)}};
  json::array parameters;
  addParameters(parameters, endpoint.inPath, "path");
  addParameters(parameters, endpoint.inQuery, "query");
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (endpoint.caller == Caller::anyone) {
    operation["security"] = json::array();
  } else {
    operation["security"] =
        json::array{json::object{{"bearer", json::array()}}, json::object{{"cookie", json::array()}}};
  }
  if (!endpoint.requestSchema.empty()) {
    json::object content;
    for (auto const type : contentTypesOf(endpoint)) {
      content[type] = type == kParcelType
                          ? json::object{{"schema", json::object{{"type", "string"}, {"format", "binary"}}}}
                          : schemaRef(endpoint.requestSchema);
    }
    operation["requestBody"] = json::object{{"required", true}, {"content", std::move(content)}};
  }
  return operation;
}

std::string lower(std::string_view text) {
  std::string out;
  for (auto const c : text) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

}  // namespace

json::object openApi() {
  json::object paths;
  for (auto const& endpoint : endpoints()) {
    auto& path = paths[endpoint.path];
    if (!path.is_object()) path.emplace_object();
    path.get_object()[lower(nameOf(endpoint.method))] = operationOf(endpoint);
  }
  return {
      {"openapi", "3.1.0"},
      {"info", json::object{{"title", "fundtrail"},
                            {"version", FUNDTRAIL_VERSION},
                            {"description",
                             "财政专项资金可验证账本 / a verifiable ledger for public money. Amounts are whole fen, as "
                             "texts. Every figure names its basis. Answers and problems are in the language of "
                             "Accept-Language (zh, en)."}}},
      {"paths", std::move(paths)},
      {"components",
       json::object{
           {"schemas", schemas()},
           {"responses", json::object{{"Problem", json::object{{"description", "RFC 9457"},
                                                               {"content", json::object{{"application/problem+json",
                                                                                         schemaRef("Problem")}}}}}}},
           {"securitySchemes", json::object{{"bearer", json::object{{"type", "http"}, {"scheme", "bearer"}}},
                                            {"cookie", json::object{{"type", "apiKey"},
                                                                    {"in", "cookie"},
                                                                    {"name", kSessionCookie},
                                                                    {"description",
                                                                     "Unsafe methods need the header "
                                                                     "X-Fundtrail-Request as well."}}}}}}}};
}

http::Response getOpenApi(Context const&, Call const&) {
  static std::string const text = json::serialize(openApi()) + '\n';
  http::Response response{200, "application/json", text};
  response.headers.emplace_back("Cache-Control", "public, max-age=300");
  return response;
}

}  // namespace fundtrail::api::service

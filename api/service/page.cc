// SPDX-License-Identifier: Apache-2.0
#include "api/service/page.h"

#include <string_view>

#include <boost/json.hpp>

#include "api/service/endpoint.h"
#include "api/service/handlers.h"
#include "api/service/openapi.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::service {

namespace json = boost::json;
using views::Text;

namespace {

constexpr std::string_view kStyle =
    "body{font:15px/1.5 sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1d2733}"
    "h1{font-size:1.5rem}details{border-top:1px solid #d8dee6;padding:.4rem 0}summary{cursor:pointer}"
    "code{background:#edf1f5;padding:0 .25rem}table{border-collapse:collapse;margin:.5rem 0}"
    "td,th{border:1px solid #d8dee6;padding:.2rem .5rem;text-align:left;vertical-align:top}"
    "pre{background:#edf1f5;padding:.5rem;overflow:auto;font-size:13px}.m{display:inline-block;min-width:4.5rem;"
    "font-weight:bold}";

std::string escaped(std::string_view text) {
  std::string out;
  for (auto const c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string whoMay(views::Reader const& reader, Endpoint const& endpoint) {
  if (endpoint.caller == Caller::anyone) return reader.text({"公开", "public"});
  if (endpoint.caller == Caller::signedIn) return reader.text({"须登录", "whoever has signed in"});
  std::string text;
  for (auto const role : rolesOfSchema()) {
    if (!endpoint.roles.contains(role)) continue;
    if (!text.empty()) text += reader.text({"、", ", "});
    text += ledger::schema::enumerantTitle(role, reader.language);
  }
  if (endpoint.records == Records::seen) text += reader.text({"（只含本人所辖）", " (records of one's own region)"});
  return text;
}

std::string parametersOf(views::Reader const& reader, Endpoint const& endpoint) {
  std::string rows;
  for (auto const* list : {&endpoint.inPath, &endpoint.inQuery}) {
    for (auto const& parameter : *list) {
      rows += "<tr><td><code>" + escaped(parameter.name) + "</code></td><td>" +
              escaped(parameter.summary.in(reader.language)) + "</td></tr>";
    }
  }
  return rows.empty() ? rows : "<table>" + rows + "</table>";
}

std::string endpointOf(views::Reader const& reader, Endpoint const& endpoint, json::object const& schemas) {
  std::string text = "<details><summary><span class=m>" + std::string(nameOf(endpoint.method)) + "</span> <code>" +
                     escaped(endpoint.path) + "</code> " + escaped(endpoint.summary.in(reader.language)) +
                     "</summary><p>" + escaped(whoMay(reader, endpoint)) + "</p>" + parametersOf(reader, endpoint);
  for (auto const name : {endpoint.requestSchema, endpoint.responseSchema}) {
    if (name.empty()) continue;
    text += "<p>" + escaped(name) + "</p><pre>" + escaped(json::serialize(schemas.at(name))) + "</pre>";
  }
  return text + "</details>\n";
}

}  // namespace

std::string pageOf(views::Reader const& reader) {
  auto const document = openApi();
  auto const& schemas = document.at("components").at("schemas").as_object();
  std::string page =
      "<!doctype html>\n<html lang=\"" + reader.text({"zh", "en"}) +
      "\"><meta charset=utf-8><title>fundtrail</title><style>" + std::string(kStyle) +
      "</style>\n<h1>fundtrail</h1>\n<p>" +
      escaped(reader.text({"本服务器的接口。机器可读的描述：", "What this server can be asked for. For programs: "})) +
      "<a href=\"/openapi.json\">/openapi.json</a></p>\n";
  for (auto const& endpoint : endpoints()) page += endpointOf(reader, endpoint, schemas);
  return page + "</html>\n";
}

http::Response getPage(Context const&, Call const& call) {
  http::Response response{200, "text/html; charset=utf-8", pageOf(call.reader)};
  response.headers.emplace_back("Cache-Control", "public, max-age=300");
  return response;
}

}  // namespace fundtrail::api::service

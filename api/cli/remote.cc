// SPDX-License-Identifier: Apache-2.0
#include "api/cli/remote.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "api/views/city.h"
#include "ledger/programme/programme.h"

namespace fundtrail::api::cli {

namespace json = boost::json;
using client::Server;
using client::Target;
using crypto::Result;

namespace {

std::string_view mediaOf(std::string_view format) {
  if (format == "json") return "application/json";
  return format == "csv" ? "text/csv" : "text/plain";
}

/// Where the page after this one is: the target of a Link header (RFC 8288) that says so.
std::optional<Target> nextOf(ledger::http::Answer const& answer) {
  auto const link = answer.headers.find("link");
  if (link == answer.headers.end() || link->second.find("rel=\"next\"") == std::string::npos) return std::nullopt;
  auto const end = link->second.find('>');
  if (!link->second.starts_with("</") || end == std::string::npos) return std::nullopt;
  return Target(std::string_view(link->second).substr(1, end - 1));
}

/// The lists of a page go behind those of the pages before.
void append(json::object& all, json::object page) {
  for (auto& [name, value] : page) {
    auto* const list = value.if_array();
    auto* const before = all.if_contains(name);
    if (list == nullptr || before == nullptr || !before->is_array()) continue;
    auto& into = before->as_array();
    into.insert(into.end(), std::make_move_iterator(list->begin()), std::make_move_iterator(list->end()));
  }
}

/// A page's rows without the line that names the columns.
std::string_view rowsOf(std::string_view csv) {
  auto const end = csv.find('\n');
  return end == std::string_view::npos ? std::string_view() : csv.substr(end + 1);
}

}  // namespace

Result<Exit> at(Session const& session, Place const& place, std::function<Result<Exit>()> const& inDirectory,
                std::function<Result<Exit>(Server const& server)> const& atServer) {
  auto url = place.server;
  if (place.ledger.empty() && url.empty()) {
    auto const* const variable = std::getenv("FUNDTRAIL_SERVER");
    url = variable == nullptr ? "" : variable;
  }
  if (place.ledger.empty() == url.empty()) {
    return session.error(crypto::ErrorKind::badInput,
                         {"请用 --ledger DIR 指明账本目录，或用 --server URL 指明服务器，二者取一",
                          "name a ledger: --ledger DIR, or --server URL, one of the two"});
  }
  if (url.empty()) return inDirectory();
  auto const server = Server::open(session, std::move(url));
  if (!server) return server.error();
  return atServer(*server);
}

Result<Exit> showFrom(Session const& session, Server const& server, Target const& target, std::string_view format,
                      Pages pages) {
  std::optional<json::object> whole;
  std::optional<Target> next(target);
  for (bool isFirst = true; next; isFirst = false) {
    auto const answer = server.get(*next, mediaOf(format));
    if (!answer) return answer.error();
    if (answer->status != 200) return server.errorOf(server.problemOf(*answer));
    next = pages == Pages::all ? nextOf(*answer) : std::nullopt;
    if (format != "json") {
      session.out << (format == "csv" && !isFirst ? rowsOf(answer->body) : std::string_view(answer->body));
    } else if (isFirst && !next) {
      session.out << answer->body;
    } else {
      auto page = server.object(answer);
      if (!page) return page.error();
      if (whole) {
        append(*whole, *std::move(page));
      } else {
        whole = *std::move(page);
      }
    }
  }
  if (whole) session.out << json::serialize(*whole) << '\n';
  return Exit::ok;
}

void addTo(Target& target, AsOfOptions const& options) {
  target.with("asOf", options.position).with("on", options.on);
}

Result<std::string> cityCode(Session const& session, std::string const& city) {
  if (city.empty()) return std::string();
  std::vector<ledger::domain::CityCode> codes;
  for (auto const& pilot : ledger::programme::pilotCities()) codes.push_back(pilot.code);
  auto const code = views::cityNamed(session, codes, city);
  if (!code) return code.error();
  return std::to_string(code->number());
}

}  // namespace fundtrail::api::cli

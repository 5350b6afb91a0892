// SPDX-License-Identifier: Apache-2.0
// What is recorded at a server, as it is recorded.
#include <chrono>
#include <memory>
#include <optional>
#include <thread>

#include "api/cli/commands.h"
#include "api/cli/options.h"
#include "api/cli/remote.h"
#include "api/client/event_stream.h"

namespace fundtrail::api::cli {

namespace {

namespace json = boost::json;
using client::Server;
using client::ServerEvent;
using client::Target;
using crypto::Result;

constexpr std::chrono::seconds kFirstWait{1};
constexpr std::chrono::seconds kLongestWait{30};

struct Options {
  std::string server;
  std::string format;
  std::optional<std::uint64_t> count;  // changes after which it ends
};

/// "position 11990, checkpoint size 3134, root …, last accepted …"; nothing for what is no change.
std::optional<std::string> lineOf(Session const& session, ServerEvent const& event, std::string_view format) {
  if (event.type != "position") return std::nullopt;
  if (format == "json") return event.data;
  boost::system::error_code code;
  auto const value = json::parse(event.data, code);
  auto const* const basis = code ? nullptr : value.if_object();
  if (basis == nullptr || !basis->contains("position") || !basis->contains("treeSize")) return std::nullopt;
  auto const* const at = basis->if_contains("acceptedAt");
  return session.text({"共 {} 个事件，检查点大小 {}，{}", "{} events, checkpoint size {}, {}"},
                      json::serialize(basis->at("position")), json::serialize(basis->at("treeSize")),
                      at != nullptr && at->is_string() ? std::string(at->as_string()) : std::string("—"));
}

/// Shows changes until so many were, or the connection breaks. Whether there were enough.
Result<bool> follow(Session const& session, Server const& server, Options const& options, std::string& lastId,
                    std::uint64_t& shown) {
  client::EventStream stream;
  auto const take = [&](std::string_view part) {
    for (auto const& event : stream.take(part)) {
      // The first of a new connection repeats where the ledger stands.
      bool const isKnown = !lastId.empty() && event.id == lastId;
      lastId = event.id;
      auto const line = isKnown ? std::nullopt : lineOf(session, event, options.format);
      if (!line) continue;
      session.out << *line << std::endl;
      ++shown;
      if ((options.count && shown >= *options.count) || !session.out) return false;
    }
    return true;
  };
  auto const answer = server.follow(Target("/v1/changes"), lastId, take);
  if (!answer) return answer.error();
  if (answer->status != 200) return server.errorOf(server.problemOf(*answer));
  return options.count && shown >= *options.count;
}

Result<Exit> watch(Session const& session, Options const& options) {
  auto const server = Server::open(session, options.server);
  if (!server) return server.error();
  std::string lastId;
  std::uint64_t shown = 0;
  for (auto wait = kFirstWait;;) {
    auto const before = shown;
    auto const enough = follow(session, *server, options, lastId, shown);
    if (enough && *enough) return Exit::ok;
    if (!session.out) return Exit::ok;  // which its caller complains of
    // A server that was there comes again; one that never was is another's business.
    if (!enough && (lastId.empty() || enough.error().kind != crypto::ErrorKind::io)) return enough.error();
    if (shown > before) wait = kFirstWait;
    session.err << session.text({"连接中断，{} 秒后重连\n", "the connection broke; again in {} s\n"}, wait.count());
    std::this_thread::sleep_for(wait);
    wait = std::min(wait * 2, kLongestWait);
  }
}

}  // namespace

void addWatch(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("watch", {"实时显示账本的每一步，断线自动重连，按 Ctrl-C 结束",
                                           "show each step of a server's ledger as it is recorded, until Ctrl-C"});
  command.option("--server", options->server, {"服务器，https://主机:端口", "the server, https://host:port"})
      .required()
      .valueName("URL");
  command.option("--count", options->count, {"显示 N 步后结束", "end after N of them"}).wholeNumber().valueName("N");
  addFormat(command, options->format, {"text", "json"});
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return watch(session, *options); }; });
}

}  // namespace fundtrail::api::cli

// SPDX-License-Identifier: Apache-2.0
// Signing in at a server, and what one is there.
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "api/cli/commands.h"
#include "api/cli/options.h"
#include "api/cli/remote.h"
#include "api/keys/key_file.h"
#include "api/keys/password.h"
#include "ledger/files/files.h"

namespace fundtrail::api::cli {

namespace {

namespace json = boost::json;
using client::Server;
using client::Target;
using crypto::Result;

constexpr std::size_t kMostCertificates = 1'000'000;

struct Options {
  Place place;
  std::filesystem::path key;
  std::optional<std::filesystem::path> certificate;
  std::string format;
  keys::PasswordSource password;
};

std::string textOf(json::value const& value) {
  return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

Result<Exit> login(Session const& session, Options const& options) {
  std::string certificates;
  if (options.certificate) {
    auto read = ledger::files::readFile(*options.certificate, kMostCertificates);
    if (!read) return read.error();
    certificates = *std::move(read);
  }
  auto server = Server::open(session, options.place.server, std::move(certificates));
  if (!server) return server.error();
  auto const key = keys::readKeyFile(session, options.key, options.password);
  if (!key) return key.error();
  if (auto const done = server->signInWith(*key, Server::Remember::yes); !done) return done.error();
  auto const& signIn = server->signIn();
  session.out << session.text({"已登录 {}：{}，至 {}\n", "signed in at {}: {}, until {}\n"}, signIn.server,
                              signIn.person, signIn.expiresAt);
  return Exit::ok;
}

Result<Exit> logout(Session const& session, Options const& options) {
  auto server = Server::open(session, options.place.server);
  if (!server) return server.error();
  if (!server->isSignedIn()) {
    session.out << session.text({"没有登录\n", "nobody was signed in\n"});
    return Exit::ok;
  }
  if (auto const done = server->signOut(); !done) return done.error();
  session.out << session.text({"已退出登录\n", "signed out\n"});
  return Exit::ok;
}

Result<Exit> whoami(Session const& session, Options const& options) {
  auto const server = Server::open(session, options.place.server);
  if (!server) return server.error();
  auto const me = server->object(server->get(Target("/v1/session"), "application/json"));
  if (!me) return me.error();
  if (options.format == "json") {
    session.out << json::serialize(*me) << '\n';
    return Exit::ok;
  }
  session.out << session.text({"{}，{}\n", "{}, {}\n"}, textOf(me->at("person")), textOf(me->at("organisation")));
  for (auto const& each : me->at("roles").as_array()) {
    auto const& role = each.as_object();
    session.out << session.text({"  {}  地区 {}  至 {}\n", "  {}  region {}  until {}\n"}, textOf(role.at("role")),
                                textOf(role.at("region")), textOf(role.at("validTo")));
  }
  return Exit::ok;
}

void addServer(commandline::Command& command, std::string& server) {
  command.option("--server", server, {"服务器，https://主机:端口", "the server, https://host:port"})
      .required()
      .valueName("URL");
}

using Run = Result<Exit> (*)(Session const&, Options const&);

void choose(commandline::Command& command, std::shared_ptr<Options> const& options, Action& chosen, Run run) {
  command.onChosen(
      [options, &chosen, run] { chosen = [options, run](Session const& session) { return run(session, *options); }; });
}

}  // namespace

void addLogin(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("login", {"用自己的密钥登录服务器，之后的命令可用 --server",
                                           "sign in at a server with one's key, for the commands with --server"});
  addServer(command, options->place.server);
  command.option("--key", options->key, {"本人的私钥文件", "one's private key"}).required().valueName("FILE");
  command
      .option("--certificate", options->certificate,
              {"服务器的证书或其签发机构的证书（PEM），此后只信任它；没有时信任系统的机构",
               "the server's certificate, or its authority's (PEM), trusted alone from now on; without it the system's "
               "authorities are"})
      .valueName("FILE");
  addPasswordFile(command, options->password.file);
  choose(command, options, chosen, &login);
}

void addLogout(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("logout", {"退出登录", "sign out"});
  addServer(command, options->place.server);
  choose(command, options, chosen, &logout);
}

void addWhoAmI(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("whoami", {"本人在服务器上的身份和角色", "who one is at a server, and one's roles"});
  addServer(command, options->place.server);
  addFormat(command, options->format, {"text", "json"});
  choose(command, options, chosen, &whoami);
}

}  // namespace fundtrail::api::cli

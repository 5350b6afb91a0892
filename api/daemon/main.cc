// SPDX-License-Identifier: Apache-2.0
// fundtraild: the server of a ledger.

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "api/config/config.h"
#include "api/daemon/daemon.h"
#include "ledger/commandline/language.h"
#include "ledger/commandline/program.h"
#include "ledger/commandline/session.h"
#include "ledger/files/files.h"

namespace fundtrail::api::daemon {

namespace commandline = ledger::commandline;
using commandline::Session;
using crypto::Result;
using ledger::schema::Language;

namespace {

constexpr std::size_t kMostConfig = 1'000'000;

using Action = std::function<Result<void>(Session const&)>;

struct Options {
  std::optional<std::filesystem::path> config;
  std::optional<std::filesystem::path> ledger;
  bool checkConfig = false;
};

/// The file, the environment over it, the command line over both.
Result<config::Config> configOf(Options const& options) {
  config::Config config;
  if (options.config) {
    auto const text = ledger::files::readFile(*options.config, kMostConfig);
    if (!text) return text.error();
    auto read = config::parse(*text, *options.config);
    if (!read) return read.error();
    config = *std::move(read);
  }
  if (auto const applied = config::applyEnvironment(config, config::processEnvironment()); !applied) {
    return applied.error();
  }
  if (options.ledger) config.ledger.directory = *options.ledger;
  if (auto const holds = config::check(config); !holds) return holds.error();
  return config;
}

void addServe(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("serve", {"运行服务，直到收到 SIGTERM；SIGHUP 重新读取证书",
                                           "serve the ledger until SIGTERM; SIGHUP reads the certificate anew"});
  command
      .option("--config", options->config,
              {"配置文件（TOML）；环境变量 FUNDTRAIL_节_项 优先于它",
               "the configuration, a TOML file; variables FUNDTRAIL_SECTION_KEY go before it"})
      .valueName("FILE");
  command
      .option("--ledger", options->ledger,
              {"账本目录，优先于配置", "the ledger's directory, whatever the configuration says"})
      .valueName("DIR");
  command.flag(
      "--check-config", options->checkConfig,
      {"只检查配置，打印生效的设置，不运行", "check the configuration, print what is in force, and serve nothing"});
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) -> Result<void> {
      auto const config = configOf(*options);
      if (!config) return config.error();
      if (!options->checkConfig) return serve(session, *config);
      session.out << config::format(*config, config::Comments::none);
      return {};
    };
  });
}

void addSettings(commandline::Program& program, Action& chosen) {
  auto command =
      program.command("settings", {"打印配置文件样本：全部设置、默认值及说明",
                                   "print a configuration file: every setting with its default and meaning"});
  command.onChosen([&chosen] {
    chosen = [](Session const& session) -> Result<void> {
      session.out << config::format({}, config::Comments::both);
      return {};
    };
  });
}

int fail(Session const& session, crypto::Error const& error) {
  session.err << "fundtraild: " << (session.language == Language::zh && !error.zh.empty() ? error.zh : error.message)
              << '\n';
  return EXIT_FAILURE;
}

int run(Session const& session, int argc, char const* const* argv) {
  commandline::Program program(
      "fundtraild", FUNDTRAIL_VERSION, session.language,
      {"fundtraild：公共资金账本的服务器", "fundtraild: the server of a ledger of public money"});
  program.footer({"退出码：0 正常结束；1 没能运行。", "Exit codes: 0 it ended as it was told; 1 it could not run."});
  Action chosen;
  for (auto const add : {addServe, addSettings}) add(program, chosen);
  auto const parsed = program.parse(argc, argv);
  switch (parsed.kind) {
    case commandline::Parsed::Kind::shown: session.out << parsed.text; return EXIT_SUCCESS;
    case commandline::Parsed::Kind::wrong:
      return fail(session, {crypto::ErrorKind::badInput, "usage: " + parsed.text, "用法有误：" + parsed.text});
    case commandline::Parsed::Kind::command: break;
  }
  auto const done = chosen(session);
  return done ? EXIT_SUCCESS : fail(session, done.error());
}

}  // namespace

}  // namespace fundtrail::api::daemon

int main(int argc, char** argv) {
  namespace commandline = fundtrail::ledger::commandline;
  auto const language = commandline::languageOf({argv, static_cast<std::size_t>(argc)}, &std::getenv);
  commandline::Session const session{language, std::cout, std::cerr};
  try {
    return fundtrail::api::daemon::run(session, argc, argv);
  } catch (std::exception const& exception) {
    return fundtrail::api::daemon::fail(
        session, {fundtrail::crypto::ErrorKind::io, fmt::format("{}: free memory, then try again", exception.what()),
                  fmt::format("{}：请腾出内存后重试", exception.what())});
  }
}

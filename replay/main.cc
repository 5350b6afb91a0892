// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay: proves a ledger from a copy of its log. Opens no socket; writes no file but those that it is asked
// for by name.

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <span>
#include <string>

#include <fmt/format.h>

#include "ledger/commandline/language.h"
#include "ledger/commandline/program.h"
#include "replay/program.h"

namespace fundtrail::replay {

namespace commandline = ledger::commandline;
using crypto::Error;
using ledger::schema::Language;

namespace {

Session sessionOf(int argc, char const* const* argv) {
  return {commandline::languageOf({argv, static_cast<std::size_t>(argc)}, &std::getenv)};
}

int cannotRun(Session const& session, Error const& error) {
  fmt::print(stderr, "fundtrail-replay: {}\n",
             session.language == Language::zh && !error.zh.empty() ? error.zh : error.message);
  return static_cast<int>(Exit::cannotRun);
}

int run(int argc, char** argv) {
  auto const session = sessionOf(argc, argv);
  commandline::Program program(
      "fundtrail-replay", FUNDTRAIL_VERSION, session.language,
      {"fundtrail-replay：只凭日志副本和您另行掌握的信息，重新证明一本专项资金账本",
       "fundtrail-replay: proves a ledger of public money from a copy of its log, trusting only what you bring"});
  program.footer(
      {"退出码：0 证明成立；2 记录真实，但有不符之处，或某一部分未能证明；3 被篡改或无法验证；4 被中断，可以续验；\n"
       "1 没能运行。",
       "Exit codes: 0 proven; 2 authentic, but something does not hold or a part could not be proven;\n"
       "3 tampered with or not verifiable; 4 interrupted, to be resumed; 1 it could not run."});
  Action chosen;
  for (auto const add : {addVerify, addFsck, addReceipt, addCompare, addBundle, addIndicators, addState, addDiff,
                         addTrace, addReport, addExport}) {
    add(program, chosen);
  }
  auto const parsed = program.parse(argc, argv);
  switch (parsed.kind) {
    case commandline::Parsed::Kind::shown: fmt::print("{}", parsed.text); return static_cast<int>(Exit::proven);
    case commandline::Parsed::Kind::wrong:
      fmt::print(stderr, "fundtrail-replay: {}{}\n", session.text({"用法有误：", "usage: "}), parsed.text);
      return static_cast<int>(Exit::cannotRun);
    case commandline::Parsed::Kind::command: break;
  }
  auto const exit = chosen(session);
  return exit ? static_cast<int>(*exit) : cannotRun(session, exit.error());
}

}  // namespace

}  // namespace fundtrail::replay

int main(int argc, char** argv) {
  namespace replay = fundtrail::replay;
  try {
    return replay::run(argc, argv);
  } catch (std::exception const& exception) {
    return replay::cannotRun(replay::sessionOf(argc, argv),
                             {fundtrail::crypto::ErrorKind::io,
                              fmt::format("{}: free memory or disk space, then try again", exception.what()),
                              fmt::format("{}：请腾出内存或磁盘空间后重试", exception.what())});
  }
}

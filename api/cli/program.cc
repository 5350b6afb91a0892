// SPDX-License-Identifier: Apache-2.0
#include "api/cli/program.h"

#include <cstdlib>
#include <string>
#include <string_view>

#include "api/cli/commands.h"
#include "api/cli/options.h"
#include "ledger/commandline/language.h"
#include "ledger/commandline/program.h"

namespace fundtrail::api::cli {

namespace {

/// Said before the message of an error.
Text kindOf(crypto::ErrorKind kind) {
  using crypto::ErrorKind;
  switch (kind) {
    case ErrorKind::badInput: return {"输入有误", "bad input"};
    case ErrorKind::notFound: return {"未找到", "not found"};
    case ErrorKind::io: return {"读写失败", "input or output failed"};
    case ErrorKind::denied: return {"拒绝访问", "denied"};
    case ErrorKind::conflict: return {"冲突", "conflict"};
    case ErrorKind::corrupt: return {"数据损坏", "damaged data"};
    case ErrorKind::unsupported: return {"不支持", "not supported"};
  }
  return {"错误", "error"};
}

int fail(std::ostream& err, Language language, Text const& kind, std::string_view message) {
  err << "fundtrail: " << say(language, {"{}：{}", "{}: {}"}, kind.in(language), message) << '\n';
  return static_cast<int>(Exit::failed);
}

}  // namespace

int run(int argc, char const* const* argv, std::ostream& out, std::ostream& err) {
  auto const language = commandline::languageOf({argv + 1, argv + argc}, &std::getenv);
  commandline::Program program(
      "fundtrail", FUNDTRAIL_VERSION, language,
      {"fundtrail：财政专项资金可验证账本", "fundtrail: a verifiable ledger for public money"});
  program.footer({"退出码：0 完成；1 没能完成（用法、文件、口令等）；2 违反规则，未予记录。",
                  "Exit codes: 0 done; 1 it could not (usage, files, passwords); 2 a rule refused it."});
  Action chosen;
  for (auto const add : {addInit,       addKeygen,   addSubmit,   addStatus,   addProject, addPayment, addPayments,
                         addEnterprise, addProvider, addProgress, addWorkList, addExplain, addEvents,  addShow,
                         addReceipt,    addSpine,    addBundle,   addBackup,   addRestore, addWitness, addTimestamp,
                         addRules,      addSimulate, addPlants,   addLogin,    addLogout,  addWhoAmI,  addWatch}) {
    add(program, chosen);
  }
  auto const parsed = program.parse(argc, argv);
  switch (parsed.kind) {
    case commandline::Parsed::Kind::shown: out << parsed.text; return static_cast<int>(Exit::ok);
    case commandline::Parsed::Kind::wrong: return fail(err, language, {"用法有误", "usage"}, parsed.text);
    case commandline::Parsed::Kind::command: break;
  }

  auto const exit = chosen(Session{language, out, err});
  out.flush();
  if (!exit) {
    auto const& error = exit.error();
    bool const inChinese = language == Language::zh && !error.zh.empty();
    return fail(err, language, kindOf(error.kind), inChinese ? error.zh : error.message);
  }
  if (!out)
    return fail(err, language, kindOf(crypto::ErrorKind::io),
                say(language,
                    {"无法写出结果：请检查输出位置", "the result could not be written: check where the output goes"}));
  return static_cast<int>(*exit);
}

}  // namespace fundtrail::api::cli

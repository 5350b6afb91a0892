// SPDX-License-Identifier: Apache-2.0
#include "api/cli/program.h"

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/cli/commands.h"
#include "api/cli/options.h"
#include "usage/problem.h"

namespace fundtrail::api::cli {

namespace {

/// The language in which to speak: it decides on the help texts, so it is looked for before the command line is parsed.
Language languageOf(std::vector<std::string_view> const& arguments) {
  constexpr std::string_view kOption = "--lang";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto value = arguments[i];
    if (!value.starts_with(kOption)) continue;
    value.remove_prefix(kOption.size());
    if (value.empty() && i + 1 < arguments.size()) value = arguments[i + 1];
    if (value.starts_with('=')) value.remove_prefix(1);
    if (auto const language = languageNamed(value)) return *language;
  }
  return languageOfLocale(&std::getenv);
}

std::shared_ptr<CLI::Formatter> formatterIn(Language language) {
  auto formatter = std::make_shared<CLI::Formatter>();
  if (language == Language::zh) {
    formatter->label("Usage", "用法");
    formatter->label("OPTIONS", "选项");
    formatter->label("SUBCOMMAND", "命令");
    formatter->label("Positionals", "参数");
    formatter->label("REQUIRED", "必填");
    formatter->label("TEXT", "文本");
    formatter->label("UINT", "N");
  }
  return formatter;
}

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
  auto const language = languageOf({argv + 1, argv + argc});
  CLI::App program(
      describe(language, {"fundtrail：财政专项资金可验证账本", "fundtrail: a verifiable ledger for public money"}),
      "fundtrail");
  program.formatter(formatterIn(language));
  program.option_defaults()->group(describe(language, {"选项", "Options"}));
  program.footer(
      describe(language, {"退出码：0 完成；1 没能完成（用法、文件、口令等）；2 违反规则，未予记录。",
                          "Exit codes: 0 done; 1 it could not (usage, files, passwords); 2 a rule refused it."}));
  program.set_help_flag("-h,--help", describe(language, {"显示帮助", "print this help"}));
  program.set_version_flag("--version", "fundtrail " FUNDTRAIL_VERSION,
                           describe(language, {"显示版本", "print the version"}));
  std::string lang;
  program
      .add_option(
          "--lang", lang,
          describe(language, {"语言；默认按 LC_ALL、LC_MESSAGES、LANG", "language; else by LC_ALL, LC_MESSAGES, LANG"}))
      ->check(CLI::IsMember({"zh", "en"}));
  program.fallthrough();  // --lang may also come after the command

  Command chosen;
  for (auto const add :
       {addInit, addKeygen, addSubmit, addStatus, addProject, addPayment, addPayments, addEnterprise, addProvider,
        addProgress, addWorkList, addExplain, addEvents, addShow, addRules, addSimulate}) {
    add(program, language, chosen);
  }
  try {
    program.parse(argc, argv);
  } catch (CLI::CallForHelp const&) {
    auto const& named = program.get_subcommands();
    out << (named.empty() ? program.help() : named.front()->help("fundtrail"));
    return static_cast<int>(Exit::ok);
  } catch (CLI::CallForVersion const& version) {
    out << version.what() << '\n';
    return static_cast<int>(Exit::ok);
  } catch (CLI::ParseError const& wrong) {
    auto const help =
        "fundtrail " +
        (program.get_subcommands().empty() ? std::string() : program.get_subcommands().front()->get_name() + " ") +
        "--help";
    return fail(err, language, {"用法有误", "usage"},
                say(language, {"{}；见 {}", "{}; see {}"}, usage::problem(program, wrong, language), help));
  }

  if (!chosen) {
    return fail(err, language, {"用法有误", "usage"},
                Text{"缺少命令；见 fundtrail --help", "a command is missing; see fundtrail --help"}.in(language));
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
